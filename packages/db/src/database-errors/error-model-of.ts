import { liveColumnsOf } from '../metadata/live-columns.ts'
import type { ModelMetadata } from '../metadata/metadata.ts'
import type { ErrorModel } from './error-model.ts'

/** What the translation of errors wants to know of a model: the names its table, columns and keys have in the database. */
export function errorModelOf(model: ModelMetadata): ErrorModel {
  const { name, table, fields, key, uniques } = model
  const base = new Map([...liveColumnsOf(model)].map(([column, live]) => [live, column]))
  const known = (field: string) => base.get(field) ?? field
  const named = uniques.flatMap(({ map, fields: of }) =>
    map === undefined ? [] : [{ name: map, fields: of.map(known) }],
  )
  return {
    name,
    dbName: table,
    fields: new Map(
      [...fields].map(([field, { column }]) => [field, { name: known(field), dbName: column }]),
    ),
    uniques: [...named, { name: 'PRIMARY', fields: key }, { name: `${table}_pkey`, fields: key }],
  }
}
