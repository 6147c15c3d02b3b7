import { translateDatabaseError } from '../database-errors/translate-database-error.ts'
import { DbError, type DbErrorCode } from '../errors.ts'
import { withDeadline } from './deadline.ts'

/** The part of a Prisma client that a health check calls. */
export interface HealthClient {
  $queryRawUnsafe(sql: string): PromiseLike<unknown>
}

export interface HealthOptions {
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
 * Asks a database for an answer, by its cheapest statement. Never throws.
 *
 * A question that nobody answers keeps its connection until the driver's own timeout ends it: set one.
 */
export function checkHealth(client: HealthClient, options: HealthOptions = {}): Promise<Health> {
  return createProbe(client)(options)
}

/** Checks that overlap share one question, so that many of them cannot use up the pool. */
export function createProbe(client: HealthClient): (options?: HealthOptions) => Promise<Health> {
  let asked: Promise<unknown> | undefined
  return async function probe({ timeoutMs = 1000 } = {}) {
    const start = performance.now()
    const answer = asked ?? ask(client)
    asked = answer
    try {
      await withDeadline(answer, timeoutMs)
      return { ok: true, latencyMs: performance.now() - start }
    } catch (error) {
      return { ok: false, latencyMs: performance.now() - start, error: codeOf(error) }
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

function codeOf(error: unknown): DbErrorCode {
  const translated = translateDatabaseError(error)
  return translated instanceof DbError ? translated.code : 'DATABASE_ERROR'
}
