import { DbError } from '../errors.ts'
import { isPlainObject } from '../filter/json.ts'
import { fits } from '../filter/value.ts'
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
  return model.whereKeys.get(name)?.length === 1 ? { [name]: value } : (value as Record<string, unknown>)
}

function whereUnique(
  model: ModelMetadata,
  key: Record<string, unknown>,
): Record<string, unknown> | undefined {
  const [name, ...others] = Object.keys(key)
  const fields = name === undefined ? undefined : model.whereKeys.get(name)
  if (name === undefined || !fields || others.length > 0) throw unknownKey(model)
  const value = key[name]
  if (fields.length === 1) return holds(model, name, value) ? { [name]: value } : undefined
  if (!isPlainObject(value) || Object.keys(value).length !== fields.length) throw unknownKey(model)
  if (fields.some((field) => !(field in value))) throw unknownKey(model)
  const fitting = fields.every((field) => holds(model, field, value[field]))
  return fitting ? { [name]: Object.fromEntries(fields.map((field) => [field, value[field]])) } : undefined
}

function holds({ fields }: ModelMetadata, name: string, value: unknown): boolean {
  return fits(fields.get(name) as FieldMetadata, value, false)
}

function unknownKey({ name, whereKeys, key }: ModelMetadata): DbError {
  const [only, ...more] = key
  const alone = only !== undefined && more.length === 0 ? [`a value of "${only}"`] : []
  const named = [...whereKeys].map(([where, fields]) =>
    fields.length === 1 ? `{ ${where} }` : `{ ${where}: { ${fields.join(', ')} } }`,
  )
  return new DbError('UNKNOWN_FIELD', `A key of ${name} is ${[...alone, ...named].join(' or ')}`)
}
