import sql, { raw, type Sql } from 'sql-template-tag'
import { type Comparison, isTextLookup } from '../condition.ts'
import type { Compiling, Place } from './compiling.ts'
import { expression } from './expression.ts'
import { memberSql } from './member.ts'
import { parameter } from './parameter.ts'
import { textSql } from './text.ts'

const operators = { eq: raw('='), lt: raw('<'), lte: raw('<='), gt: raw('>'), gte: raw('>=') } as const

/** Compiles one comparison. It is NULL or false for a row without a value. */
export function comparisonSql(compiling: Compiling, place: Place, comparison: Comparison): Sql {
  const { field, lookup, value, translated } = comparison
  const { provider } = compiling
  const left = expression(compiling, place, comparison)
  if (lookup === 'is_null') return value === true ? sql`${left} is null` : sql`${left} is not null`
  if (isTextLookup(lookup)) {
    // As Prisma does: types that are not text have no LIKE, `citext` has one that ignores case.
    const text = provider === 'postgresql' && !translated ? sql`${left}::text` : left
    return textSql(provider, lookup, { text, value: value as string })
  }
  const compared = translated ? { ...field, type: 'String' } : field
  if (lookup === 'in') return memberSql(compiling, compared, { left, values: value as readonly unknown[] })
  const right = parameter(compiling, compared, value)
  if (compared.type === 'Json') return jsonSql(compiling, left, right)
  return sql`${left} ${operators[lookup]} ${right}`
}

/** SQLite compares the text, in which the order of keys matters. */
function jsonSql({ provider }: Compiling, left: Sql, right: unknown): Sql {
  if (provider === 'postgresql') return sql`${left} = ${right}`
  // In a WHERE of MariaDB's, JSON_EQUALS alone counts NULL as true.
  return provider === 'sqlite' ? sql`json(${left}) = ${right}` : sql`json_equals(${left}, ${right}) = 1`
}
