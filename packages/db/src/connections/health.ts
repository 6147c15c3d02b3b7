import { translateDatabaseError } from '../database-errors/translate-database-error.ts'
import { DbError, type DbErrorCode } from '../errors.ts'
import { withDeadline } from './deadline.ts'

/** The part of a Prisma client that a health check calls. */
export interface HealthClient {
  $queryRawUnsafe(sql: string): PromiseLike<unknown>
}

export interface PingOptions {
  /** How long the database may take to answer. @default 1000 */
  readonly timeoutMs?: number
}

/** Whether a database answers. Safe to show: nothing in it comes from the database or its address. */
export interface Health {
  readonly ok: boolean
  readonly latencyMs: number
  /** Why it is not ok. `DATABASE_TIMEOUT` when no answer came in time. */
  readonly error?: DbErrorCode
}

/**
 * Asks a database for an answer, by its cheapest statement, and fails without one: what a readiness check wants,
 * `healthRoutes({ database: () => ping(prisma) })`. `connections.health()` tells it instead, and how long it took.
 *
 * A question that nobody answers keeps its connection until the driver's own timeout ends it: set one.
 *
 * @throws DbError `DATABASE_TIMEOUT` when no answer came in time, `DATABASE_UNAVAILABLE`, `DATABASE_BUSY`; `DATABASE_ERROR`
 *   for whatever else it threw
 */
export async function ping(client: HealthClient, { timeoutMs = 1000 }: PingOptions = {}): Promise<void> {
  try {
    await withDeadline(ask(client), timeoutMs)
  } catch (error) {
    throw dbErrorOf(error)
  }
}

/** Checks that overlap share one question, so that many of them cannot use up the pool. Never throws. */
export function createProbe(client: HealthClient): (options?: PingOptions) => Promise<Health> {
  let asked: Promise<unknown> | undefined
  return async function probe({ timeoutMs = 1000 } = {}) {
    const start = performance.now()
    const answer = asked ?? ask(client)
    asked = answer
    try {
      await withDeadline(answer, timeoutMs)
      return { ok: true, latencyMs: performance.now() - start }
    } catch (error) {
      return { ok: false, latencyMs: performance.now() - start, error: dbErrorOf(error).code }
    } finally {
      // One that hangs is not asked again: the database may have recovered, and only its connection be lost.
      if (asked === answer) asked = undefined
    }
  }
}

/** `async`, so that a client that throws at once is no exception. */
async function ask(client: HealthClient): Promise<void> {
  await client.$queryRawUnsafe('SELECT 1')
}

function dbErrorOf(error: unknown): DbError {
  const translated = translateDatabaseError(error)
  if (translated instanceof DbError) return translated
  return new DbError('DATABASE_ERROR', 'The database gave no answer', { cause: error })
}
