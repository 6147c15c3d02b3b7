import sql, { join, raw, type Sql } from 'sql-template-tag'
import type { SortStep } from '../parse-order.ts'
import { and, type Compiling, column, type Place } from './compiling.ts'
import { expression } from './expression.ts'
import { sourceOf } from './source.ts'

/** One step of an order, compiled. */
export interface CompiledStep {
  readonly step: SortStep
  readonly expression: Sql
  readonly nullable: boolean
  readonly descending: boolean
}

export interface CompiledOrder {
  readonly steps: readonly CompiledStep[]
  /** The tables that hold fields of related rows, with `left join` in front. */
  readonly joins: readonly Sql[]
}

/** Compiles an order, or its exact reverse. A to-one relation is a join: PostgreSQL is slow at subqueries here. */
export function orderOf(
  compiling: Compiling,
  root: Place,
  { steps, reverse }: { readonly steps: readonly SortStep[]; readonly reverse: boolean },
): CompiledOrder {
  const joined = new Map<string, Place>([['', root]])
  const joins: Sql[] = []
  const compiled = steps.map((step): CompiledStep => {
    const place = step.relations.reduce((from, relation, at) => {
      const path = step.path.slice(0, at + 1).join('.')
      const found = joined.get(path)
      if (found) return found
      const source = sourceOf(compiling, from, relation)
      const on = [...source.link.map(([mine, theirs]) => sql`${theirs} = ${mine}`), ...source.live]
      joins.push(sql` left join ${source.from} on ${and(on)}`)
      joined.set(path, source.place)
      return source.place
    }, root)
    return {
      step,
      expression: sortExpression(compiling, place, step),
      nullable: !step.field.required || step.translated || step.relations.length > 0,
      descending: step.descending !== reverse,
    }
  })
  return { steps: compiled, joins }
}

/** Null is the smallest value, as SQLite and MariaDB have it. PostgreSQL must be told, and needs an index of that order. */
export function orderBySql({ provider }: Compiling, steps: readonly CompiledStep[]): Sql {
  const nulls = (descending: boolean) => (descending ? ' desc nulls last' : ' asc nulls first')
  return join(
    steps.map(({ expression: value, nullable, descending }) => {
      const direction =
        provider === 'postgresql' && nullable ? nulls(descending) : descending ? ' desc' : ' asc'
      return sql`${value}${raw(direction)}`
    }),
    ', ',
  )
}

/** An enum's place in its declaration. Databases differ in what they sort by, MariaDB even from its own `<`. */
function sortExpression(compiling: Compiling, place: Place, step: SortStep): Sql {
  const { enumValues } = step.field
  if (!enumValues || step.translated) return expression(compiling, place, step)
  const cases = [...enumValues.values()].map((stored, at) => sql`when ${stored} then ${raw(String(at))}`)
  return sql`case ${column(compiling, place, step.field)} ${join(cases, ' ')} end`
}
