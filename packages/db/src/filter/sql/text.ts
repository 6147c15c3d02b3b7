import sql, { raw, type Sql } from 'sql-template-tag'
import type { Provider } from '../../metadata/metadata.ts'
import type { TextLookup } from '../condition.ts'
import { globPattern, likePattern, type PatternPart, patternParts } from '../like-pattern.ts'

/**
 * Compares text literally, and with the case of its letters except for the `i…` lookups, whatever the column's
 * collation. Each database needs words of its own for it.
 */
export function textSql(
  provider: Provider,
  lookup: TextLookup,
  { text, value }: { text: Sql; value: string },
): Sql {
  const folds = lookup.startsWith('i')
  const kind = (folds ? lookup.slice(1) : lookup) as Kind
  if (value === '' && (kind === 'contains' || kind === 'startswith' || kind === 'endswith')) {
    return sql`${text} is not null`
  }
  if (provider === 'sqlite') return onSqlite(kind, folds, { text, value })
  const pattern = likePattern(partsOf(kind, value))
  if (provider === 'postgresql') return sql`${text} ${raw(folds ? 'ilike' : 'like')} ${pattern} escape '!'`
  return folds
    ? sql`convert(lower(${text}) using utf8mb4) collate utf8mb4_bin like lower(${pattern}) escape '!'`
    : sql`${text} like ${pattern} collate utf8mb4_bin escape '!'`
}

type Kind = 'contains' | 'startswith' | 'endswith' | 'exact' | 'like'

/** SQLite's LIKE ignores case; only a setting of the connection, which Prisma's queries share, would change that. */
function onSqlite(kind: Kind, folds: boolean, { text, value }: { text: Sql; value: string }): Sql {
  const [left, right] = folds ? [sql`lower(${text})`, sql`lower(${value})`] : [text, sql`${value}`]
  switch (kind) {
    case 'contains':
      return sql`instr(${left}, ${right}) > 0`
    case 'startswith':
      return sql`substr(${left}, 1, length(${value})) = ${right}`
    case 'endswith':
      return sql`substr(${left}, -length(${value})) = ${right}`
    case 'exact':
      return sql`${left} = ${right}`
    case 'like': {
      const glob = globPattern(patternParts(value))
      return folds ? sql`${left} glob lower(${glob})` : sql`${left} glob ${glob}`
    }
  }
}

function partsOf(kind: Kind, value: string): PatternPart[] {
  if (kind === 'like') return patternParts(value)
  const text = { text: value }
  if (kind === 'exact') return [text]
  return [
    ...(kind === 'startswith' ? [] : ['%' as const]),
    text,
    ...(kind === 'endswith' ? [] : ['%' as const]),
  ]
}
