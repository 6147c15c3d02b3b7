import sql, { type Sql } from 'sql-template-tag'
import type { Condition, Related } from '../condition.ts'
import { comparisonSql } from './comparison.ts'
import { and, type Compiling, not, or, type Place } from './compiling.ts'
import { sourceOf } from './source.ts'

/** Compiles a condition on the rows of a table. Where it is NULL, it counts as false: every negation sees to that. */
export function conditionSql(compiling: Compiling, place: Place, condition: Condition): Sql {
  switch (condition.kind) {
    case 'all':
      return and(condition.of.map((part) => conditionSql(compiling, place, part)))
    case 'any':
      return or(condition.of.map((part) => conditionSql(compiling, place, part)))
    case 'not':
      return not(conditionSql(compiling, place, condition.of))
    case 'compare':
      return comparisonSql(compiling, place, condition)
    case 'related':
      return relatedSql(compiling, place, condition)
  }
}

/**
 * IN rather than EXISTS where one column links the tables: SQLite runs a correlated EXISTS for each row, the others
 * plan both alike.
 */
function relatedSql(compiling: Compiling, place: Place, { relation, quantifier, of }: Related): Sql {
  const { place: target, from, link, live } = sourceOf(compiling, place, relation)
  const wanted = [...live, ...innerSql(compiling, target, { quantifier, of })]
  const [only] = link
  const exists =
    link.length === 1 && only
      ? sql`${only[0]} in (select ${only[1]} from ${from} where ${and(wanted)})`
      : sql`exists (select 1 from ${from} where ${and([...link.map(([mine, theirs]) => sql`${theirs} = ${mine}`), ...wanted])})`
  return quantifier === 'some' ? exists : not(exists)
}

/** Nothing is said of related rows that need only be there. */
function innerSql(
  compiling: Compiling,
  target: Place,
  { quantifier, of }: Pick<Related, 'quantifier' | 'of'>,
): Sql[] {
  if (quantifier === 'every') return [not(conditionSql(compiling, target, of))]
  return isEverything(of) ? [] : [conditionSql(compiling, target, of)]
}

export function isEverything(condition: Condition): boolean {
  return condition.kind === 'all' && condition.of.length === 0
}
