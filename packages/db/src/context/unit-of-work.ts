import type { RunOptions, UnitOfWork } from '@fastkit/contracts'
import {
  isRetryable,
  translateCommitError,
  translateDatabaseError,
} from '../database-errors/translate-database-error.ts'
import { DbError } from '../errors.ts'
import { checkHandle, providerOf } from '../prisma-internals.ts'
import { isUnguardedBetterSqlite } from '../sqlite/is-unguarded.ts'
import { ambientOf } from './ambient.ts'
import { createEffects, type EffectOptions } from './effects.ts'
import { join, requireLevel } from './join.ts'
import { createLevel, type Effect, type Root } from './level.ts'
import { waitBeforeRetry } from './retry.ts'
import { type LevelResult, runLevel, runSavepoint } from './savepoint.ts'

/** A unit of work over a Prisma client. */
export interface PrismaUnitOfWork<C> extends UnitOfWork {
  /** The transaction's client inside `run`, the client itself outside. */
  readonly client: C
}

export type UnitOfWorkOptions = EffectOptions

/**
 * Gives a client its unit of work. Inside `run`, every call of that client joins the transaction, however deep in the
 * code it is made; one that cannot join fails.
 *
 * @throws DbError `CLIENT_NOT_AMBIENT` for a client without `mixins(…)` or `ambient()`, `CLIENT_UNGUARDED` for one over
 *   PrismaBetterSqlite3 without `isolateSqlite`
 */
export function createUnitOfWork<C extends object>(
  client: C,
  options: UnitOfWorkOptions = {},
): PrismaUnitOfWork<C> {
  if (isUnguardedBetterSqlite(client)) {
    throw new DbError(
      'CLIENT_UNGUARDED',
      'PrismaBetterSqlite3 loses writes made beside a transaction: wrap it in isolateSqlite of @fastkit/db/sqlite',
    )
  }
  const ambient = ambientOf(client)
  const effects = createEffects(ambient, options)
  const isolates = providerOf(client) !== 'sqlite' // which knows one isolation, the strictest

  return {
    get client() {
      return (ambient.current()?.tx as C | undefined) ?? client
    },
    active: () => ambient.current() !== undefined,
    run,
    savepoint,
    afterCommit,
  }

  async function run<T>(fn: () => Promise<T>, runOptions: RunOptions = {}): Promise<T> {
    const outer = ambient.current()
    if (outer) return join(outer, fn, runOptions)
    const { retries = 0 } = runOptions
    for (let attempt = 0; ; attempt++) {
      try {
        const { result, queued } = await runOnce(fn, runOptions)
        await effects.run(queued)
        return result
      } catch (error) {
        if (attempt >= retries || !isRetryable(error)) throw error
        await waitBeforeRetry(attempt)
      }
    }
  }

  async function runOnce<T>(fn: () => Promise<T>, runOptions: RunOptions): Promise<LevelResult<T>> {
    let root: Root | undefined
    let returned = false
    try {
      const result = await ambient.transact(
        client,
        async (tx) => {
          root = { handle: checkHandle(await ambient.handleOf(tx)), committed: false }
          const result = await runLevel(ambient, createLevel(tx, root), fn)
          returned = true
          return result
        },
        prismaOptions(runOptions, isolates),
      )
      if (root) root.committed = true
      return result
    } catch (error) {
      // What comes after the function has returned comes from COMMIT, whose outcome may be unknown.
      throw returned ? translateCommitError(error) : translateDatabaseError(error)
    }
  }

  async function savepoint<T>(fn: () => Promise<T>): Promise<T> {
    return runSavepoint(ambient, requireLevel(ambient.current()), fn)
  }

  function afterCommit(fn: Effect): Promise<void> {
    return effects.schedule(ambient.current(), fn)
  }
}

function prismaOptions({ isolation, timeoutMs, maxWaitMs }: RunOptions, isolates: boolean): object {
  return {
    ...(timeoutMs !== undefined && { timeout: timeoutMs }),
    ...(maxWaitMs !== undefined && { maxWait: maxWaitMs }),
    ...(isolation !== undefined && isolates && { isolationLevel: levels[isolation] }),
  }
}

const levels: Readonly<Record<NonNullable<RunOptions['isolation']>, string>> = {
  read_uncommitted: 'ReadUncommitted',
  read_committed: 'ReadCommitted',
  repeatable_read: 'RepeatableRead',
  serializable: 'Serializable',
}
