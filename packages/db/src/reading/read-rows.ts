import type { Condition } from '../filter/condition.ts'
import { findByKeys, keysOf, type Selection, whereKeys } from '../filter/find-by-keys.ts'
import { countQuery, keyQuery } from '../filter/key-query.ts'
import type { SortStep } from '../filter/parse-order.ts'
import { prismaWhere } from '../filter/prisma-where.ts'
import { isExtended } from '../prisma-internals.ts'
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
 * Counts rows by one statement of ours, which is faster than Prisma's: that counts what a subquery returns. By Prisma's
 * where only that can say the request, or where an extension wants to know.
 */
export function countRows(client: object, source: Source, counted: Counted): Promise<number> {
  const { condition, where: own } = counted
  return own || (isPrismasToCount(client, source) && exactWhere(source, condition))
    ? countByPrisma(client, source, counted)
    : countBySql(client, source, condition)
}

type Counted = Pick<RowsRequest, 'condition' | 'where'>

async function countBySql(client: object, source: Source, condition: Condition): Promise<number> {
  const query = countQuery(source.metadata, rowsOf(source, condition))
  const { $queryRawUnsafe: run } = client as RawClient
  const [row] = await run.call(client, query.sql, ...query.values)
  return Number(row?.['count'] ?? 0)
}

async function countByPrisma(
  client: object,
  source: Source,
  { condition, where: own }: Counted,
): Promise<number> {
  const delegate = delegateOf(client, source)
  let sum = 0
  for (const where of await wheresOf(client, source, condition)) {
    sum += await delegate.count({ where: both(where, own) })
  }
  return sum
}

/** Where an extension hooks the call, or Prisma may look for the table elsewhere than the connection does. */
function isPrismasToCount(client: object, { metadata, model }: Source): boolean {
  const { provider, defaultSchema } = metadata
  const knowsTable = provider === 'sqlite' || (model.schema ?? defaultSchema) !== undefined
  return !knowsTable || isExtended(client, model.delegate, 'count')
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

function exactWhere({ metadata, softDelete }: Source, condition: Condition): object | undefined {
  return prismaWhere(condition, metadata.provider, { softDelete })
}

/** The caller's stays at the top: within another, Prisma takes an OR of nothing for everything. */
function both(where: object, own: object | undefined): object {
  return own ? narrowed(own, {}, [where as Shape]) : where
}

interface RawClient {
  $queryRawUnsafe(sql: string, ...values: readonly unknown[]): Promise<Readonly<Record<string, unknown>>[]>
}
