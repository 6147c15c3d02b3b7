import type { Condition } from '../filter/condition.ts'
import { findByKeys, keysOf, type Selection, whereKeys } from '../filter/find-by-keys.ts'
import { keyQuery } from '../filter/key-query.ts'
import type { SortStep } from '../filter/parse-order.ts'
import { prismaWhere } from '../filter/prisma-where.ts'
import type { Shape } from '../rewrite/shape.ts'
import { narrowed } from '../rewrite/where.ts'
import { collectRows } from './collect-rows.ts'
import { prismaOrder } from './prisma-order.ts'
import { delegateOf, rowsOf, type Source } from './source.ts'

export interface RowsRequest {
  readonly condition: Condition
  /** Prisma's own, AND-ed. */
  readonly where?: object | undefined
  readonly order: readonly SortStep[]
  /** @default no limit */
  readonly limit?: number | undefined
  readonly offset?: number
  readonly selection: Selection
}

/** Reads rows by Prisma's own `findMany` where that can say the request exactly, else by keys: one statement more. */
export function readRows(client: object, source: Source, request: RowsRequest): Promise<object[]> {
  const { condition, where: own, order, limit, offset = 0, selection } = request
  const where = exactWhere(source, condition)
  const orderBy = prismaOrder(order, source.metadata.provider)
  if (!where || !orderBy) return readByKeys(client, source, request)
  return delegateOf(client, source).findMany({
    where: both(where, own),
    orderBy,
    ...selection,
    ...(offset > 0 && { skip: offset }),
    ...(limit !== undefined && { take: limit }),
  })
}

async function readByKeys(
  client: object,
  source: Source,
  { condition, where: own, order, limit, offset = 0, selection }: RowsRequest,
): Promise<object[]> {
  if (own) {
    // Which rows to skip is known only once Prisma's own `where` has been asked.
    const all = limit === undefined ? undefined : offset + limit
    const { rows } = await collectRows(client, source, {
      condition,
      where: own,
      order,
      selection,
      limit: all,
    })
    return rows.slice(offset)
  }
  const query = keyQuery(source.metadata, {
    ...rowsOf(source, condition),
    orderBy: order,
    ...(limit !== undefined && { limit }),
    offset,
  })
  const delegate = delegateOf(client, source)
  const found = await findByKeys(client, query, {
    args: selection,
    findMany: (args) => delegate.findMany(args),
  })
  return [...found.rows]
}

/**
 * Prisma's `where` for what is done to all rows of a condition. What Prisma cannot say is found first, by keys, and
 * said for so many keys at a time: rows that come to match in between are left out, those that cease to match are not.
 */
export async function wheresOf(client: object, source: Source, condition: Condition): Promise<object[]> {
  const where = exactWhere(source, condition)
  if (where) return [where]
  const query = keyQuery(source.metadata, rowsOf(source, condition))
  return whereKeys(source.model, await keysOf(client, query))
}

export function exactWhere({ metadata, softDelete }: Source, condition: Condition): object | undefined {
  return prismaWhere(condition, metadata.provider, { softDelete })
}

/** The caller's stays at the top: within another, Prisma takes an OR of nothing for everything. */
export function both(where: object, own: object | undefined): object {
  return own ? narrowed(own, {}, [where as Shape]) : where
}
