import type { Condition } from '../filter/condition.ts'
import type { CursorValue } from '../filter/cursor-value.ts'
import { findByKeys, type Selection } from '../filter/find-by-keys.ts'
import { keyQuery } from '../filter/key-query.ts'
import type { SortStep } from '../filter/parse-order.ts'
import type { Position } from './cursor.ts'
import { delegateOf, rowsOf, type Source } from './source.ts'

export interface CollectRequest {
  readonly condition: Condition
  /** Prisma's own, AND-ed. */
  readonly where?: object | undefined
  readonly order: readonly SortStep[]
  readonly selection: Selection
  /** From 1. Undefined: no limit. */
  readonly limit: number | undefined
  /** Where to start. @default at the first row */
  readonly from?: Position | undefined
}

export interface Collected {
  /** In the order that was asked for. */
  readonly rows: object[]
  /** What each of them is ordered by. */
  readonly values: (readonly CursorValue[])[]
  /** Beyond them, on the side they were collected towards, there are more. */
  readonly hasMore: boolean
}

/**
 * Reads the rows next to a position, two statements at a time, until there are enough: rows that went between the two
 * statements, and those that Prisma's own `where` does not match, are made up for by those behind them.
 */
export async function collectRows(
  client: object,
  source: Source,
  { condition, where, order, selection, limit, from }: CollectRequest,
): Promise<Collected> {
  const side = from?.side ?? 'after'
  const found: { row: object; values: readonly CursorValue[] }[] = []
  // Whether a key beyond the limit is one more row is for Prisma's own `where` to say.
  const wanted = limit === undefined ? Number.POSITIVE_INFINITY : where ? limit + 1 : limit
  let position = from?.values
  let hasMore = true
  while (hasMore && found.length < wanted) {
    const missing = Math.min(Math.max(wanted - found.length, where ? 100 : 1), atOnce)
    const query = keyQuery(source.metadata, {
      ...rowsOf(source, condition),
      orderBy: order,
      limit: missing + 1, // one more tells whether there are more
      ...(position && { [side]: position }),
    })
    const delegate = delegateOf(client, source)
    const next = await findByKeys(client, query, {
      limit: missing,
      args: selection,
      where,
      findMany: (args) => delegate.findMany(args),
    })
    const entries = next.rows.map((row, at) => ({ row, values: next.values[at] as readonly CursorValue[] }))
    found.push(...(side === 'after' ? entries : entries.reverse()))
    position = side === 'after' ? next.last : next.first
    hasMore = next.hasMore
  }
  if (limit !== undefined && found.length > limit) {
    found.length = limit
    hasMore = true
  }
  if (side === 'before') found.reverse()
  return { rows: found.map(({ row }) => row), values: found.map(({ values }) => values), hasMore }
}

/** The most rows read by one pair of statements. */
const atOnce = 500
