import sql, { raw, type Sql } from 'sql-template-tag'
import type { FieldMetadata } from '../../metadata/metadata.ts'
import { plainDecimal } from '../decimal.ts'
import type { Dialect } from './compiling.ts'

/** What stands in a template of `sql` to be compared with the column of a field: the value, or SQL around it. */
export function parameter(dialect: Dialect, field: FieldMetadata, value: unknown): unknown {
  const { provider } = dialect
  const bound = boundValue(dialect, field, value)
  if (field.type === 'Json' && provider === 'postgresql') return sql`${bound}::jsonb`
  if (field.type === 'Json' && provider === 'sqlite') return sql`json(${bound})`
  // MariaDB compares a decimal with a list of texts as doubles.
  if (field.type === 'Decimal' && provider === 'mysql') return asDecimal(String(bound))
  return bound
}

/** The value as it travels: what the database stores for an enum, decimals with all their digits. */
export function boundValue({ provider }: Dialect, field: FieldMetadata, value: unknown): unknown {
  if (field.enumValues) return field.enumValues.get(value as string)
  if (field.type === 'Json') return JSON.stringify(value)
  if (field.type !== 'Decimal') return value
  // SQLite stores decimals as doubles.
  return provider === 'sqlite' ? Number(value) : plainDecimal(value)
}

function asDecimal(text: string): Sql {
  const places = Math.min(30, text.split('.')[1]?.length ?? 0)
  return sql`cast(${text} as decimal(65, ${raw(String(places))}))`
}
