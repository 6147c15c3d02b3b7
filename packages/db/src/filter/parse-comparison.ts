import { DbError } from '../errors.ts'
import type { FieldMetadata } from '../metadata/metadata.ts'
import { type Comparer, type Comparison, type Condition, isTextLookup } from './condition.ts'
import { expected, fits } from './value.ts'

/** Values in one list. More of them belong into a table. */
const maxValues = 40_000

interface Request {
  readonly field: FieldMetadata
  /** One of the field's own, which the caller has checked. */
  readonly lookup: string
  readonly value: unknown
  readonly translated: boolean
}

/** Turns one lookup into a condition. @throws DbError `FILTER_VALUE` */
export function comparison(request: Request): Condition {
  const { lookup, value } = request
  switch (lookup) {
    case 'eq':
      return value === null ? isNull(request, true) : compare(request, 'eq', one(request))
    case 'ne':
      return value === null ? isNull(request, false) : not(compare(request, 'eq', one(request)))
    case 'is_null':
      if (typeof value !== 'boolean') throw refused(request, 'true or false')
      return isNull(request, value)
    case 'in':
      return among(request)
    case 'not_in':
      return not(among(request))
    case 'between':
      return between(request)
    default:
      if (isTextLookup(lookup)) return compare(request, lookup, text(request))
      return compare(request, lookup as Comparer, one(request))
  }
}

function among(request: Request): Condition {
  const { value } = request
  if (!Array.isArray(value)) throw refused(request, `a list of ${kindOf(request)}`)
  if (value.length > maxValues) throw refused(request, `a list of at most ${maxValues} values`)
  const distinct = new Map<unknown, unknown>()
  for (const item of value) distinct.set(identityOf(item), item === null ? null : one(request, item))
  const values = [...distinct.values()].filter((item) => item !== null)
  const found = membership(request, values)
  return values.length === distinct.size ? found : { kind: 'any', of: [found, isNull(request, true)] }
}

/** Prisma knows no `in` for booleans. */
function membership(request: Request, values: readonly unknown[]): Condition {
  if (values.length > 0 && request.field.type !== 'Boolean') return compare(request, 'in', values)
  return { kind: 'any', of: values.map((value) => compare(request, 'eq', value)) }
}

function between(request: Request): Condition {
  const { value } = request
  if (!Array.isArray(value) || value.length !== 2) throw refused(request, `a pair of ${kindOf(request)}`)
  return {
    kind: 'all',
    of: [compare(request, 'gte', one(request, value[0])), compare(request, 'lte', one(request, value[1]))],
  }
}

function one(request: Request, value: unknown = request.value): unknown {
  if (fits(request.field, value, request.translated)) return value
  throw refused(request, kindOf(request))
}

function text(request: Request): unknown {
  if (fits(request.field, request.value, true)) return request.value
  throw refused(request, kindOf(request))
}

function compare({ field, translated }: Request, lookup: Comparer, value: unknown): Comparison {
  return { kind: 'compare', field, lookup, value, translated }
}

function isNull(request: Request, value: boolean): Condition {
  return compare(request, 'is_null', value)
}

function not(of: Condition): Condition {
  return { kind: 'not', of }
}

/** Equal values have equal identities, dates and decimals too. */
function identityOf(value: unknown): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value
  return typeof value === 'object' && value !== null
    ? `${value.constructor?.name} ${Number(value)} ${value}`
    : value
}

function kindOf({ field, translated }: Request): string {
  return expected(field, translated)
}

function refused({ field, lookup }: Request, takes: string): DbError {
  return new DbError('FILTER_VALUE', `${field.model}.${field.name} with "${lookup}" takes ${takes}`, {
    params: { field: field.name, lookup, expected: takes },
  })
}
