import { addDecimals } from '../filter/decimal.ts'

type Values = Readonly<Record<string, unknown>>

export interface Aggregating {
  readonly aggregate: (args: object) => Promise<Values>
  /** Prisma's `where` for one of the rows that match. */
  readonly keyOf: (where: object) => Promise<object>
}

type Functions = Readonly<Record<string, Values | true | undefined>>

const names = ['_count', '_sum', '_avg', '_min', '_max'] as const

/** Prisma's functions over rows that one statement cannot name, from those over parts of them. */
export async function mergeAggregates(
  wheres: readonly object[],
  functions: Values,
  { aggregate, keyOf }: Aggregating,
): Promise<Values> {
  const asked = functions as Functions
  const ofPart = functionsOfPart(asked)
  const parts: Values[] = []
  for (const where of wheres) parts.push(await aggregate({ where, ...ofPart }))

  const merged: Record<string, unknown> = {}
  for (const name of names) {
    const fields = asked[name]
    if (fields === true && name === '_count') merged[name] = total(parts, '_count', '_all')
    else if (fields) merged[name] = await eachField(fields, (field) => merge(name, field))
  }
  return merged

  async function merge(name: (typeof names)[number], field: string): Promise<unknown> {
    switch (name) {
      case '_count':
      case '_sum':
        return total(parts, name, field)
      case '_avg':
        return divide(total(parts, '_sum', field), total(parts, '_count', field) as number)
      default:
        return outermost(name, field)
    }
  }

  /** The database knows the order of its texts: it is asked for the outermost of the rows that have one of them. */
  async function outermost(name: '_min' | '_max', field: string): Promise<unknown> {
    const found = parts.map((part) => (part[name] as Values)[field])
    const values = found.filter((value) => value !== null)
    if (typeof values[0] !== 'string') return values.reduce(name === '_min' ? smaller : larger, null)
    const rows: object[] = []
    for (const [at, value] of found.entries()) {
      if (value !== null) rows.push(await keyOf({ AND: [wheres[at], { [field]: value }] }))
    }
    const last = await aggregate({ where: { OR: rows }, [name]: { [field]: true } })
    return (last[name] as Values)[field]
  }
}

/** What each part is asked for. An average needs the sum, and how many values are not null. */
function functionsOfPart({ _count, _sum, _avg, _min, _max }: Functions): Values {
  const averaged = flags(fieldsOf(_avg))
  const sums = { ...averaged, ...flags(fieldsOf(_sum)) }
  const counts = { ...(_count === true ? { _all: true } : _count), ...averaged }
  return {
    ...(Object.keys(counts).length > 0 && { _count: counts }),
    ...(Object.keys(sums).length > 0 && { _sum: sums }),
    ...(_min && { _min }),
    ...(_max && { _max }),
  }
}

async function eachField(asked: unknown, value: (field: string) => Promise<unknown>): Promise<Values> {
  const entries = fieldsOf(asked).map(async (field) => [field, await value(field)] as const)
  return Object.fromEntries(await Promise.all(entries))
}

function total(parts: readonly Values[], name: string, field: string): unknown {
  return valuesOf(parts, name, field).reduce(add, null)
}

function fieldsOf(asked: unknown): string[] {
  return Object.entries((asked ?? {}) as Values).flatMap(([field, wanted]) =>
    wanted === true ? [field] : [],
  )
}

function flags(fields: readonly string[]): Readonly<Record<string, true>> {
  return Object.fromEntries(fields.map((field) => [field, true as const]))
}

/** What the parts say of a field, without null. */
function valuesOf(parts: readonly Values[], name: string, field: string): unknown[] {
  return parts.map((part) => (part[name] as Values)[field]).filter((value) => value !== null)
}

interface DecimalLike {
  readonly constructor: new (text: string) => DecimalLike
  div(other: number): DecimalLike
}

/** A Decimal's own addition rounds to 20 digits. */
function add(sum: unknown, value: unknown): unknown {
  if (sum === null) return value
  if (typeof sum === 'object') return new (sum as DecimalLike).constructor(addDecimals(sum, value))
  return typeof sum === 'bigint' ? sum + (value as bigint) : (sum as number) + (value as number)
}

function smaller(left: unknown, right: unknown): unknown {
  return left === null || isLess(right, left) ? right : left
}

function larger(left: unknown, right: unknown): unknown {
  return left === null || isLess(left, right) ? right : left
}

function isLess(left: unknown, right: unknown): boolean {
  const decimal = left as { lt?: (other: unknown) => boolean }
  return typeof decimal.lt === 'function' ? decimal.lt(right) : (left as number) < (right as number)
}

/** Prisma averages everything but decimals as floating-point numbers. */
function divide(sum: unknown, count: number): unknown {
  if (sum === null) return null
  return typeof sum === 'object' ? (sum as DecimalLike).div(count) : Number(sum) / count
}
