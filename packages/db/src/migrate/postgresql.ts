import { randomUUID } from 'node:crypto'
import { type Connection, commit, execute, literal, rollback, select } from './adapter.ts'
import { createHistory, pendingMigrations } from './history.ts'
import type { Migration } from './migration.ts'

/** The advisory lock that Prisma's own engine takes, so that the two exclude each other. */
const lock = 72707369

/**
 * Applies migrations to PostgreSQL, each in a transaction of its own: a failed one leaves nothing behind, and the
 * next one may use an enum value that this one added.
 */
export async function migratePostgresql(on: Connection, migrations: readonly Migration[]): Promise<string[]> {
  const applied: string[] = []
  for (;;) {
    const name = await applyNext(on, migrations)
    if (name === undefined) return applied
    applied.push(name)
  }
}

/** What is pending is read under the lock, so that two processes never apply the same one. */
async function applyNext(on: Connection, migrations: readonly Migration[]): Promise<string | undefined> {
  const transaction = await on.startTransaction()
  try {
    await select(transaction, `SELECT CAST(pg_advisory_xact_lock(${lock}) AS text)`)
    await execute(transaction, createHistory.postgres)
    const [next] = await pendingMigrations(transaction, migrations)
    if (next) {
      const started = `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)`
      await execute(transaction, next.sql)
      await execute(
        transaction,
        `${started} VALUES (${literal(randomUUID())}, ${literal(next.checksum)}, ${literal(next.name)}, now(), clock_timestamp(), 1)`,
      )
    }
    await commit(transaction)
    return next?.name
  } catch (error) {
    await rollback(transaction).catch(() => {}) // the connection may be gone, and `error` says why
    throw error
  }
}
