import type { ErrorModel } from '../database-errors/model.ts'
import type { ModelMetadata } from '../metadata/metadata.ts'

/** What the translation of errors wants to know of a model: the names its table, columns and keys have in the database. */
export function errorModelOf({ name, table, fields, key, uniques }: ModelMetadata): ErrorModel {
  const named = uniques.flatMap(({ map, fields: of }) =>
    map === undefined ? [] : [{ name: map, fields: of }],
  )
  return {
    name,
    dbName: table,
    fields: new Map([...fields].map(([field, { column }]) => [field, { name: field, dbName: column }])),
    uniques: [...named, { name: 'PRIMARY', fields: key }, { name: `${table}_pkey`, fields: key }],
  }
}
