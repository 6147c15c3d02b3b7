import type { ErrorModel } from '../database-errors/model.ts'
import type { ModelMetadata } from '../metadata/metadata.ts'

/** What the translation of errors wants to know of a model: the names its table and columns have in the database. */
export function errorModelOf({ name, table, fields, uniques }: ModelMetadata): ErrorModel {
  return {
    name,
    dbName: table,
    fields: new Map([...fields].map(([field, { column }]) => [field, { name: field, dbName: column }])),
    uniques: uniques.flatMap(({ map, fields: own }) =>
      map === undefined ? [] : [{ name: map, fields: own }],
    ),
  }
}
