import { addDecimals } from '../filter/decimal.ts'

type Values = Readonly<Record<string, unknown>>

export interface Aggregating {
  readonly aggregate: (args: object) => Promise<Values>
  /** Prisma's `where` for one of the rows that match. */
  readonly keyOf: (where: object) => Promise<object>
}

/** Prisma's functions over rows that one statement cannot name, from those over parts of them. */
export async function mergeAggregates(
  wheres: readonly object[],
  functions: Values,
  { aggregate, keyOf }: Aggregating,
): Promise<Values> {
  const { _count, _sum, _avg, _min, _max } = functions as Readonly<Record<string, Values | true | undefined>>
  const averaged = fieldsOf(_avg)
  // An average needs the sum, and how many values are not null.
  const sums = { ...flags(averaged), ...flags(fieldsOf(_sum)) }
  const counted = { ...(_count === true ? { _all: true } : _count), ...flags(averaged) }
  const parts: Values[] = []
  for (const where of wheres) {
    parts.push(
      await aggregate({
        where,
        ...(Object.keys(counted).length > 0 && { _count: counted }),
        ...(Object.keys(sums).length > 0 && { _sum: sums }),
        ...(_min && { _min }),
        ...(_max && { _max }),
      }),
    )
  }
  const total = (name: string, field: string) => valuesOf(parts, name, field).reduce(add, null)
  const each = async (asked: unknown, value: (field: string) => unknown) =>
    Object.fromEntries(
      await Promise.all(fieldsOf(asked).map(async (field) => [field, await value(field)] as const)),
    )
  return {
    ...(_count === true && { _count: total('_count', '_all') }),
    ...(_count && _count !== true && { _count: await each(_count, (field) => total('_count', field)) }),
    ...(_sum && { _sum: await each(_sum, (field) => total('_sum', field)) }),
    ...(_avg && {
      _avg: await each(_avg, (field) => divide(total('_sum', field), total('_count', field) as number)),
    }),
    ...(_min && { _min: await each(_min, (field) => outermost('_min', field)) }),
    ...(_max && { _max: await each(_max, (field) => outermost('_max', field)) }),
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
