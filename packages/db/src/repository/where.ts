import { DbError } from '../errors.ts'
import type { FieldInfo, ModelInfo } from '../prisma-internals.ts'
import { expectedValue, isValueOf } from './value.ts'

/** The lookups, by name, and Prisma's word for each. `between` and `eq` are spelled out below. */
const operators = {
  eq: 'equals',
  in: 'in',
  lt: 'lt',
  lte: 'lte',
  gt: 'gt',
  gte: 'gte',
  between: 'between',
  startswith: 'startsWith',
} as const

type Lookup = keyof typeof operators

/**
 * Turns a filter into Prisma's `where`. Every name and value is checked against the model first, so that nothing
 * but a column, a lookup and a value of the column's own type can come out, whatever goes in.
 *
 * @throws DbError `UNKNOWN_FIELD`, `UNKNOWN_LOOKUP`, `FILTER_VALUE`
 */
export function compileWhere(model: ModelInfo, filter: Readonly<Record<string, unknown>> = {}): object {
  const conditions = Object.entries(filter).map(([key, value]) => {
    const { field, lookup } = parseKey(model, key)
    check(model, field, lookup, value)
    return { [field.name]: condition(lookup, value) }
  })
  return conditions.length === 0 ? {} : { AND: conditions }
}

/** Splits `createdAt__gte`. A column whose own name holds `__` wins over a lookup. */
function parseKey(model: ModelInfo, key: string): { field: FieldInfo; lookup: Lookup } {
  const whole = filterable(model, key)
  if (whole) return { field: whole, lookup: 'eq' }
  const at = key.lastIndexOf('__')
  const field = at > 0 ? filterable(model, key.slice(0, at)) : undefined
  if (!field) {
    const names = [...model.fields.values()].filter(isFilterable).map(({ name }) => name)
    throw new DbError(
      'UNKNOWN_FIELD',
      `${model.name} cannot be filtered by "${key}"; its fields: ${names.join(', ')}`,
    )
  }
  const lookup = key.slice(at + 2)
  if (!lookupsOf(field).some((name) => name === lookup)) {
    throw new DbError(
      'UNKNOWN_LOOKUP',
      `${model.name}.${field.name} has no lookup "${lookup}"; it has: ${lookupsOf(field).join(', ')}`,
    )
  }
  return { field, lookup: lookup as Lookup }
}

function filterable(model: ModelInfo, name: string): FieldInfo | undefined {
  const field = model.fields.get(name)
  return field && isFilterable(field) ? field : undefined
}

export function isFilterable({ kind, type }: FieldInfo): boolean {
  return (kind === 'scalar' && type !== 'Json' && type !== 'Bytes') || kind === 'enum'
}

function lookupsOf({ kind, type }: FieldInfo): readonly Lookup[] {
  if (kind === 'enum' || type === 'Boolean') return ['eq', 'in']
  const ordered: Lookup[] = ['eq', 'in', 'lt', 'lte', 'gt', 'gte', 'between']
  return type === 'String' ? [...ordered, 'startswith'] : ordered
}

function check(model: ModelInfo, field: FieldInfo, lookup: Lookup, value: unknown): void {
  const one = (candidate: unknown) => isValueOf(field, candidate, model.enums)
  const fits =
    lookup === 'eq'
      ? value === null || one(value)
      : lookup === 'in'
        ? Array.isArray(value) && value.every(one)
        : lookup === 'between'
          ? Array.isArray(value) && value.length === 2 && value.every(one)
          : one(value)
  if (fits) return
  const expected = expectedValue(field, model.enums)
  throw new DbError(
    'FILTER_VALUE',
    `${model.name}.${field.name} with "${lookup}" takes ${quantity(lookup)}${expected}`,
    {
      params: { field: field.name, lookup, expected },
    },
  )
}

function quantity(lookup: Lookup): string {
  if (lookup === 'in') return 'a list of '
  return lookup === 'between' ? 'a pair of ' : ''
}

function condition(lookup: Lookup, value: unknown): unknown {
  if (lookup === 'between') {
    const [gte, lte] = value as [unknown, unknown]
    return { gte, lte }
  }
  return { [operators[lookup]]: value }
}
