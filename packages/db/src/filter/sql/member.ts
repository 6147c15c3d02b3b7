import sql, { join, type Sql } from 'sql-template-tag'
import type { FieldMetadata } from '../../metadata/metadata.ts'
import type { Compiling } from './compiling.ts'
import { boundValue, parameter } from './parameter.ts'

/** Longer lists travel as one JSON parameter on SQLite, which allows only so many. */
const manyForSqlite = 500

/** Compiles membership in a list of values, which is not empty. */
export function memberSql(
  compiling: Compiling,
  field: FieldMetadata,
  { left, values }: { readonly left: Sql; readonly values: readonly unknown[] },
): Sql {
  const { provider } = compiling
  if (provider === 'postgresql') {
    // In sql-template-tag a list is one value.
    return sql`${left} = any(${values.map((value) => boundValue(compiling, field, value))})`
  }
  if (provider === 'sqlite' && values.length > manyForSqlite && field.type !== 'DateTime') {
    const list = values.map((value) => jsonText(boundValue(compiling, field, value))).join(',')
    return sql`${left} in (select value from json_each(${`[${list}]`}))`
  }
  const parameters = values.map((value) => parameter(compiling, field, value))
  return sql`${left} in (${join(parameters, ', ')})`
}

/** JSON has room for any integer, only `JSON.stringify` does not. SQLite stores booleans as 0 and 1. */
function jsonText(value: unknown): string {
  if (typeof value === 'bigint') return value.toString()
  return typeof value === 'boolean' ? String(Number(value)) : JSON.stringify(value)
}
