import { readSessionsOf } from '../connections/read-your-writes.ts'
import type { Condition } from '../filter/condition.ts'
import { countQuery } from '../filter/key-query.ts'
import type { Metadata, ModelMetadata } from '../metadata/metadata.ts'
import { isHooked } from '../prisma-internals.ts'
import { ran } from './ran.ts'
import { both, exactWhere, type RowsRequest, wheresOf } from './read-rows.ts'
import { delegateOf, rowsOf, type Source } from './source.ts'

type CountRequest = Pick<RowsRequest, 'condition' | 'where'>

/**
 * Counts rows by one statement of ours, which costs less than Prisma's: that counts what a subquery returns. Calls
 * Prisma's for the caller's own `where`, and where it should be asked and can say the condition.
 */
export function countRows(client: object, source: Source, request: CountRequest): Promise<number> {
  const { condition, where } = request
  return where || (source.asksPrismaToCount && exactWhere(source, condition))
    ? countByPrisma(client, source, request)
    : countBySql(client, source, condition)
}

/** Whether an extension of the client is to know of counts, or a table without its schema might be another one. */
export function mustPrismaCount(
  client: object,
  { provider, defaultSchema }: Metadata,
  model: ModelMetadata,
): boolean {
  const knowsTable = provider === 'sqlite' || (model.schema ?? defaultSchema) !== undefined
  if (!knowsTable) return true
  const clients = [client, ...(readSessionsOf(client)?.replicas ?? [])]
  return clients.some((each) => isHooked(each, model.delegate, 'count'))
}

async function countBySql(client: object, source: Source, condition: Condition): Promise<number> {
  const query = countQuery(source.metadata, rowsOf(source, condition))
  const { $queryRawUnsafe: run } = client as RawClient
  const [row] = ran(await run.call(client, query.sql, ...query.values))
  return Number(row?.['count'] ?? 0)
}

async function countByPrisma(
  client: object,
  source: Source,
  { condition, where: own }: CountRequest,
): Promise<number> {
  const delegate = delegateOf(client, source)
  let sum = 0
  for (const where of await wheresOf(client, source, condition)) {
    sum += ran(await delegate.count({ where: both(where, own) }))
  }
  return sum
}

interface RawClient {
  $queryRawUnsafe(sql: string, ...values: readonly unknown[]): Promise<Readonly<Record<string, unknown>>[]>
}
