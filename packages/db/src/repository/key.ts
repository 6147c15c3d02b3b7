import { DbError } from '../errors.ts'
import { isPlainObject } from '../filter/json.ts'
import { fits } from '../filter/value.ts'
import { liveColumnsOf } from '../metadata/live-columns.ts'
import type { FieldMetadata, ModelMetadata } from '../metadata/metadata.ts'

/**
 * Prisma's `where` for one row. A key is the key's own value, or an object that names one unique of the model and
 * nothing else, as Prisma spells it: `{ row_number: { row: 1, number: 2 } }`. Anything beside it would be a filter.
 *
 * @returns `undefined` for a key that its columns cannot hold: it belongs to no row.
 * @throws DbError `UNKNOWN_FIELD` for an object of other names
 */
export function whereKey(model: ModelMetadata, key: unknown): Record<string, unknown> | undefined {
  if (typeof key === 'object' && key !== null && isPlainObject(key)) return whereUnique(model, key)
  const [only, ...more] = model.key
  if (only === undefined || more.length > 0) throw unknownKey(model)
  return holds(model, only, key) ? { [only]: key } : undefined
}

/** The columns of a unique and their values, out of Prisma's `where` for it. */
export function valuesOfKey(
  model: ModelMetadata,
  where: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const [[name, value] = ['', undefined]] = Object.entries(where)
  const values = model.whereKeys.get(name)?.length === 1 ? { [name]: value } : (value as object)
  const base = new Map([...liveColumnsOf(model)].map(([column, live]) => [live, column]))
  return Object.fromEntries(Object.entries(values).map(([field, given]) => [base.get(field) ?? field, given]))
}

function whereUnique(
  model: ModelMetadata,
  key: Record<string, unknown>,
): Record<string, unknown> | undefined {
  const [name, ...others] = Object.keys(key)
  const unique = name === undefined ? undefined : uniqueNamed(model, name)
  if (name === undefined || !unique || others.length > 0) throw unknownKey(model)
  const { where, columns } = unique
  const value = key[name]
  const single = columns.length === 1
  const given = single ? { [columns[0]?.name as string]: value } : value
  if (!isPlainObject(given) || Object.keys(given).length !== columns.length) throw unknownKey(model)
  if (columns.some((column) => !(column.name in given))) throw unknownKey(model)
  if (!columns.every((column) => holds(model, column.name, given[column.name]))) return undefined
  const values = Object.fromEntries(columns.map((column) => [column.where, given[column.name]]))
  return single ? values : { [where]: values }
}

interface Unique {
  /** Prisma's name of it. */
  readonly where: string
  /** What a key says, and the column that Prisma looks in. */
  readonly columns: readonly { readonly name: string; readonly where: string }[]
}

/** A unique by its own name, or by that of the columns that its calculated ones stand for. */
function uniqueNamed(model: ModelMetadata, name: string): Unique | undefined {
  const own = model.whereKeys.get(name)
  if (own) return { where: name, columns: own.map((field) => ({ name: field, where: field })) }
  const base = new Map([...liveColumnsOf(model)].map(([column, live]) => [live, column]))
  for (const [where, fields] of model.whereKeys) {
    const columns = fields.map((field) => ({ name: base.get(field) ?? field, where: field }))
    if (columns.map((column) => column.name).join('_') === name) return { where, columns }
  }
  return undefined
}

function holds({ fields }: ModelMetadata, name: string, value: unknown): boolean {
  return fits(fields.get(name) as FieldMetadata, value, false)
}

function unknownKey({ name, whereKeys, key }: ModelMetadata): DbError {
  const [only, ...more] = key
  const byValue = only !== undefined && more.length === 0 ? [`a value of "${only}"`] : []
  const named = [...whereKeys].map(([where, fields]) =>
    fields.length === 1 ? `{ ${where} }` : `{ ${where}: { ${fields.join(', ')} } }`,
  )
  return new DbError('UNKNOWN_FIELD', `A key of ${name} is ${[...byValue, ...named].join(' or ')}`)
}
