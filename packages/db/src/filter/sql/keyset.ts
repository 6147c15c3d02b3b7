import sql, { raw, type Sql } from 'sql-template-tag'
import { DbError } from '../../errors.ts'
import type { FieldMetadata } from '../../metadata/metadata.ts'
import { type CursorValue, readCursorValue } from '../cursor-value.ts'
import { and, type Compiling, or } from './compiling.ts'
import type { CompiledStep } from './order.ts'
import { parameter } from './parameter.ts'

/** Compiles "comes after the row with these values", which are those a key query returned for that row. */
export function keysetSql(
  compiling: Compiling,
  steps: readonly CompiledStep[],
  values: readonly CursorValue[],
): Sql {
  if (values.length !== steps.length)
    throw new DbError('FILTER_VALUE', 'A cursor holds one value for each step of the order')
  const at = steps.map((step, index): Position => position(compiling, step, values[index] ?? null))
  const branches = at.map((last, index) => and([...at.slice(0, index).map(same), past(last)]))
  return and([...leadingRange(at[0] as Position), or(branches)])
}

interface Position extends CompiledStep {
  /** Undefined for null. */
  readonly value: Sql | undefined
}

/** Redundant, but it lets an index start at the cursor, which no database finds out from the OR alone. */
function leadingRange({ expression, value, nullable, descending }: Position): Sql[] {
  if (!value || (descending && nullable)) return []
  return [sql`${expression} ${raw(descending ? '<=' : '>=')} ${value}`]
}

function same({ expression, value }: Position): Sql {
  return value ? sql`${expression} = ${value}` : sql`${expression} is null`
}

/** Null is smaller than any value. */
function past({ expression, value, nullable, descending }: Position): Sql {
  if (!value) return descending ? sql`1 = 0` : sql`${expression} is not null`
  if (!descending) return sql`${expression} > ${value}`
  return nullable ? sql`(${expression} < ${value} or ${expression} is null)` : sql`${expression} < ${value}`
}

function position(compiling: Compiling, compiled: CompiledStep, value: CursorValue): Position {
  const { field, path, translated } = compiled.step
  if (value === null && compiled.nullable) return { ...compiled, value: undefined }
  const read = value === null ? undefined : readCursorValue(compiled.step, value)
  if (read === undefined) {
    throw new DbError('FILTER_VALUE', `A cursor holds no such value for ${path.join('__')}`)
  }
  if (translated || field.enumValues) return { ...compiled, value: sql`${read}` }
  if (field.type === 'DateTime') return { ...compiled, value: dateParameter(compiling, field, read) }
  return { ...compiled, value: sql`${parameter(compiling, field, read)}` }
}

/**
 * Dates travel as the database's own text: it may keep microseconds, which a Date would lose, and with them the place
 * in the list.
 */
function dateParameter(
  { provider }: Compiling,
  { nativeType = 'Timestamp' }: FieldMetadata,
  value: unknown,
): Sql {
  return provider === 'postgresql' ? sql`${value}::${raw(nativeType.toLowerCase())}` : sql`${value}`
}

/** What a key query returns for a step, so that it can be the value of a cursor. */
export function cursorValueSql({ provider }: Compiling, { step, expression }: CompiledStep): Sql {
  if (step.field.type !== 'DateTime') return expression
  return sql`cast(${expression} as ${raw(provider === 'mysql' ? 'char' : 'text')})`
}
