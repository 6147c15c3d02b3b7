import type { Shape } from './shape.ts'

/**
 * What holds for the rows of one model, wherever a query reaches them. The functions are asked anew by every call, so
 * they may read a context, such as the tenant of a request.
 */
export interface ModelRules {
  /**
   * Columns and the values they have in every row that exists: a row that differs is not seen, not changed and not
   * connected. `{ deletedAt: null }`, `{ tenantId: 7 }`.
   */
  readonly exists?: () => Columns
  /**
   * The data a new row is created with. May throw to refuse it. `filled` are columns that Prisma takes from the row it is
   * created for, and does not take from data.
   */
  readonly create?: (data: Shape, moment: Moment, filled?: readonly string[]) => Shape
  /** The data a row is changed with. May throw to refuse it. */
  readonly update?: (data: Shape, moment: Moment) => Shape
  /**
   * Collects the rows written to this model, `Rewritten.writtenRows`, for what has to look at the database before it can
   * complete them.
   */
  readonly collectsWrites?: true
  /** What becomes of each row that comes back, in place. Asked once for each call; `undefined`: nothing. */
  readonly read?: (moment: Moment) => ReadRow | undefined
  /** The change that a deletion means instead. Goes through `update` as well. */
  readonly delete?: (moment: Moment) => Shape
}

/** The same throughout a call, however long it waits. */
export interface Moment {
  readonly now: Date
  /** Of texts that are written and read. */
  readonly locale?: string | undefined
}

export type ReadRow = (row: Record<string, unknown>) => void

export type Columns = Readonly<Record<string, ColumnValue>>

export type ColumnValue = string | number | bigint | boolean | Date | null

/** Several rules of one model as one: rows exist for all of them, data goes from one to the next. */
export function combineRules(rules: readonly ModelRules[]): ModelRules {
  const [first, ...more] = rules
  return more.length === 0 ? (first ?? {}) : more.reduce(both, first as ModelRules)
}

function both(one: ModelRules, two: ModelRules): ModelRules {
  const { exists = two.exists, create = two.create, update = two.update } = one
  const remove = one.delete ?? two.delete
  const read = one.read ?? two.read
  return {
    ...(exists && { exists: one.exists && two.exists ? existsForBoth(one.exists, two.exists) : exists }),
    ...(create && { create: one.create && two.create ? inTurn(one.create, two.create) : create }),
    ...(update && { update: one.update && two.update ? inTurn(one.update, two.update) : update }),
    ...(remove && { delete: remove }),
    ...((one.collectsWrites || two.collectsWrites) && { collectsWrites: true }),
    ...(read && { read: one.read && two.read ? readForBoth(one.read, two.read) : read }),
  }
}

type Change = (data: Shape, moment: Moment, filled?: readonly string[]) => Shape

function existsForBoth(one: () => Columns, two: () => Columns): () => Columns {
  return () => ({ ...one(), ...two() })
}

function readForBoth(one: Reading, two: Reading): Reading {
  return (moment) => {
    const [first, second] = [one(moment), two(moment)]
    if (!first || !second) return first ?? second
    return (row) => {
      first(row)
      second(row)
    }
  }
}

type Reading = NonNullable<ModelRules['read']>

function inTurn(one: Change, two: Change): Change {
  return (data, moment, filled) => two(one(data, moment, filled), moment, filled)
}

/** The change that a deletion means, as the rules write it; `undefined` where it just is a deletion. */
export function deletionOf({ update, delete: change }: ModelRules, moment: Moment): Shape | undefined {
  return change && { ...update?.({}, moment), ...change(moment) }
}

/** Whether a row that was read exists. It has to carry the columns. */
export function holds(columns: Columns, row: Shape): boolean {
  return Object.entries(columns).every(([name, value]) => same(row[name], value))
}

function same(found: unknown, value: ColumnValue): boolean {
  if (value instanceof Date) return found instanceof Date && found.getTime() === value.getTime()
  return found === value
}
