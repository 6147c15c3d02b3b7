import { DbError } from '../errors.ts'
import { type HookCall, queryBeside } from '../prisma-internals.ts'
import type { Pointer } from '../rewrite/graph.ts'
import { narrowed } from '../rewrite/where.ts'

/**
 * Looks up the rows that foreign keys point to, with one statement for each model they are of.
 *
 * Another call may delete such a row between the look and the write: this spares users mistakes, and is no lock.
 *
 * @throws DbError `FOREIGN_KEY_VIOLATION` when one of them is deleted, or was never there
 */
export async function checkPointers(
  hooked: HookCall,
  pointers: readonly Pointer[],
  softDelete: ReadonlyMap<string, string>,
): Promise<void> {
  for (const [model, field] of softDelete) {
    const own = pointers.filter(({ target }) => target === model)
    if (own.length > 0) await checkModel(hooked, own, { model, field })
  }
}

async function checkModel(
  hooked: HookCall,
  pointers: readonly Pointer[],
  { model, field }: { readonly model: string; readonly field: string },
): Promise<void> {
  const names = [...new Set(pointers.flatMap(({ row }) => Object.keys(row)))]
  const select = Object.fromEntries(names.map((name) => [name, true]))
  const where = narrowed({ OR: distinct(pointers) }, { [field]: null })
  const call = { model, operation: 'findMany', args: { where, select } }
  const live = (await queryBeside(call, hooked)) as Pointer['row'][]
  const missing = pointers.find(
    ({ row }) =>
      !live.some((found) => Object.entries(row).every(([name, value]) => same(found[name], value))),
  )
  if (!missing) return
  const { model: owner, fields } = missing
  throw new DbError('FOREIGN_KEY_VIOLATION', `${fields.join(', ')} points to no live ${model}`, {
    params: { model: owner, fields },
    issues: fields.map((name) => ({
      path: [name],
      code: 'FOREIGN_KEY',
      message: `There is no such ${model}`,
    })),
  })
}

/** Makes the name of the argument that asks for the check: one nobody can guess. */
export function createCheckKey(): string {
  return `~check:${crypto.randomUUID()}`
}

function distinct(pointers: readonly Pointer[]): Pointer['row'][] {
  const rows = pointers.map(({ row }): [string, Pointer['row']] => [
    Object.values(row).map(String).join('\n'),
    row,
  ])
  return [...new Map(rows).values()]
}

/** Numbers may come as text or as a bigint. */
function same(found: unknown, value: unknown): boolean {
  return String(found) === String(value)
}
