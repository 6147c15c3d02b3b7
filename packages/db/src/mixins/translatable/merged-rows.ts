import { fits } from '../../filter/value.ts'
import type { ModelMetadata } from '../../metadata/metadata.ts'
import { type HookCall, queryBeside } from '../../prisma-internals.ts'
import { isShape, type Shape } from '../../rewrite/shape.ts'

/**
 * The columns of a condition that addresses one row and says nothing that SQL would not understand the same way:
 * `{ id: 1, deletedAt: null }`. `undefined` for any other.
 */
export function plainRow({ fields, whereKeys }: ModelMetadata, where: unknown): Shape | undefined {
  if (!isShape(where)) return undefined
  const columns = Object.entries(where)
    .filter(([, value]) => value !== undefined)
    .flatMap(([name, value]) =>
      !fields.has(name) && whereKeys.has(name) && isShape(value) ? Object.entries(value) : [[name, value]],
    ) as [string, unknown][]
  const plain = columns.every(([name, value]) => {
    const field = fields.get(name)
    if (field?.kind !== 'scalar' || field.list || field.type === 'Json') return false
    return value === null || (plainTypes.includes(field.type) && fits(field, value, false))
  })
  return plain ? Object.fromEntries(columns) : undefined
}

const plainTypes: readonly string[] = ['String', 'Int', 'BigInt']

/** The key of the row that a condition addresses. */
export async function findRow(on: HookCall, model: ModelMetadata, where: unknown): Promise<Shape | null> {
  const args = { where, select: selectKey(model) }
  return (await queryBeside({ model: model.name, operation: 'findUnique', args }, on)) as Shape | null
}

/** The keys of all rows that match, in their order, in which every call locks them then. */
export async function findRows(
  on: HookCall,
  model: ModelMetadata,
  { where, limit }: { readonly where: unknown; readonly limit: unknown },
): Promise<readonly Shape[]> {
  const orderBy = model.key.map((name) => ({ [name]: 'asc' }))
  const args = { where, orderBy, select: selectKey(model), ...(limit !== undefined && { take: limit }) }
  return (await queryBeside({ model: model.name, operation: 'findMany', args }, on)) as Shape[]
}

export function whereRows({ key }: ModelMetadata, rows: readonly Shape[]): Shape {
  const [only = ''] = key
  return key.length === 1 ? { [only]: { in: rows.map((row) => row[only]) } } : { OR: rows }
}

function selectKey({ key }: ModelMetadata): Readonly<Record<string, true>> {
  return Object.fromEntries(key.map((name) => [name, true]))
}
