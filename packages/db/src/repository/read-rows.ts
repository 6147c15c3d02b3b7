import type { Condition } from '../filter/condition.ts'
import { findByKeys, type Selection, whereOfKeys } from '../filter/find-by-keys.ts'
import { countQuery, keyQuery } from '../filter/key-query.ts'
import type { SortStep } from '../filter/parse-order.ts'
import { prismaWhere } from '../filter/prisma-where.ts'
import type { Metadata, ModelMetadata } from '../metadata/metadata.ts'
import { prismaOrder } from './prisma-order.ts'

/** What a repository reads from: a model, and the fields that mark rows as deleted, by model. */
export interface Source {
  readonly metadata: Metadata
  readonly model: ModelMetadata
  readonly softDelete: ReadonlyMap<string, string>
}

export interface RowsRequest {
  readonly condition: Condition
  readonly order: readonly SortStep[]
  /** @default no limit */
  readonly limit?: number | undefined
  readonly offset?: number | undefined
  readonly selection: Selection
}

/** The part of a Prisma client that is read from. */
export interface Rows {
  findMany(args: object): Promise<object[]>
  count(args: object): Promise<number>
}

/** Reads rows by Prisma's own `findMany` where that can say the request exactly, else by keys: one statement more. */
export async function readRows(client: object, source: Source, request: RowsRequest): Promise<object[]> {
  const { provider } = source.metadata
  const where = exactWhere(source, request.condition)
  const orderBy = prismaOrder(request.order, provider)
  const { limit, offset, selection } = request
  if (where && orderBy) {
    return rowsOf(client, source).findMany({
      where,
      orderBy,
      ...selection,
      ...(offset && { skip: offset }),
      ...(limit !== undefined && { take: limit }),
    })
  }
  return readByKeys(client, source, request)
}

export async function countRows(client: object, source: Source, condition: Condition): Promise<number> {
  const where = exactWhere(source, condition)
  if (where) return rowsOf(client, source).count({ where })
  const query = countQuery(source.metadata, {
    model: source.model.name,
    condition,
    softDelete: source.softDelete,
  })
  const { $queryRawUnsafe: run } = client as RawClient
  const [row] = await run.call(client, query.sql, ...query.values)
  return Number(row?.['count'] ?? 0)
}

/**
 * Prisma's `where` for a bulk write. What it cannot say is found first, by keys: rows that come to match between the
 * two statements are left out, and those that cease to match are not.
 */
export async function bulkWhere(client: object, source: Source, condition: Condition): Promise<object> {
  const where = exactWhere(source, condition)
  if (where) return where
  const { metadata, model, softDelete } = source
  return whereOfKeys(client, keyQuery(metadata, { model: model.name, condition, softDelete }))
}

async function readByKeys(client: object, source: Source, request: RowsRequest): Promise<object[]> {
  const { metadata, model, softDelete } = source
  const { condition, order, limit, offset, selection } = request
  const query = keyQuery(metadata, {
    model: model.name,
    condition,
    softDelete,
    ...(order.length > 0 && { orderBy: order }),
    ...(limit !== undefined && { limit }),
    ...(offset !== undefined && { offset }),
  })
  const rows = rowsOf(client, source)
  const found = await findByKeys(client, query, {
    args: selection,
    findMany: (args) => inBatches(rows, args as KeyArgs),
  })
  return [...found.rows]
}

/** Prisma itself would also find rows by related rows that are deleted; a key query does not. */
function exactWhere({ metadata, softDelete }: Source, condition: Condition): object | undefined {
  return reachesDeleted(condition, softDelete) ? undefined : prismaWhere(condition, metadata.provider)
}

function reachesDeleted(condition: Condition, softDelete: ReadonlyMap<string, string>): boolean {
  switch (condition.kind) {
    case 'all':
    case 'any':
      return condition.of.some((part) => reachesDeleted(part, softDelete))
    case 'not':
      return reachesDeleted(condition.of, softDelete)
    case 'related':
      return softDelete.has(condition.relation.target) || reachesDeleted(condition.of, softDelete)
    case 'compare':
      return false
  }
}

/** Databases and drivers take only so many parameters. */
const batch = 500

interface KeyArgs {
  readonly where: { readonly OR?: readonly object[] } & Readonly<Record<string, unknown>>
}

async function inBatches(rows: Rows, args: KeyArgs): Promise<object[]> {
  const { OR: pairs, ...single } = args.where
  const [[field, condition] = []] = Object.entries(single)
  const keys = pairs ?? (condition as { in: readonly unknown[] }).in
  const found: object[] = []
  for (let at = 0; at < keys.length; at += batch) {
    const some = keys.slice(at, at + batch)
    const where = pairs ? { OR: some } : { [field as string]: { in: some } }
    found.push(...(await rows.findMany({ ...args, where })))
  }
  return found
}

interface RawClient {
  $queryRawUnsafe(sql: string, ...values: readonly unknown[]): Promise<Readonly<Record<string, unknown>>[]>
}

function rowsOf(client: object, { model }: Source): Rows {
  return (client as Record<string, Rows>)[model.delegate] as Rows
}
