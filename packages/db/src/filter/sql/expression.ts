import sql, { join, raw, type Sql } from 'sql-template-tag'
import { DbError } from '../../errors.ts'
import type { FieldMetadata } from '../../metadata/metadata.ts'
import { type Compiling, column, type Place } from './compiling.ts'

interface Read {
  readonly field: FieldMetadata
  readonly translated: boolean
  readonly locales?: readonly string[]
}

/**
 * What is compared and sorted by: the column, or the text that would be read from a translated one. MariaDB compares
 * the latter by its bytes, spaces at the end aside. In no locale there is no text.
 */
export function expression(
  compiling: Compiling,
  place: Place,
  { field, translated, locales = compiling.locales }: Read,
): Sql {
  const whole = column(compiling, place, field)
  if (!translated) return whole
  if (locales.length === 0) return compiling.provider === 'postgresql' ? sql`null::text` : sql`null`
  const entries = locales.map((locale) => entry(compiling, whole, locale))
  return entries.length === 1 ? (entries[0] as Sql) : sql`coalesce(${join(entries, ', ')})`
}

/** A literal, not a parameter, so that an index on the same expression can serve. */
function entry({ provider }: Compiling, whole: Sql, locale: string): Sql {
  if (!/^[A-Za-z0-9-]+$/.test(locale)) throw new DbError('FILTER_VALUE', `"${locale}" is no name of a locale`)
  if (provider === 'postgresql') return sql`${whole} ->> ${raw(`'${locale}'`)}`
  const read = raw(provider === 'mysql' ? 'json_value' : 'json_extract')
  return sql`${read}(${whole}, ${raw(`'$."${locale}"'`)})`
}
