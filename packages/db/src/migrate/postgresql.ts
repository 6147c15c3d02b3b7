import { randomUUID } from 'node:crypto'
import {
  type Connection,
  commit,
  execute,
  literal,
  rollback,
  select,
  type TransactionConnection,
} from './adapter.ts'
import { createHistory, failedMigration, pendingMigrations } from './history.ts'
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
    const enterSchema = await schemaOf(on, transaction)
    await execute(transaction, enterSchema)
    await execute(transaction, createHistory.postgres)
    const [next] = await pendingMigrations(transaction, migrations)
    if (next) {
      await execute(transaction, next.sql).catch((error) => {
        throw failedMigration(next.name, error)
      })
      await execute(transaction, enterSchema) // a dump's first lines set the search path to nothing
      await execute(transaction, recordOf(next))
    }
    await commit(transaction)
    return next?.name
  } catch (error) {
    await rollback(transaction).catch(() => {}) // the connection may be gone, and `error` says why
    throw error
  }
}

/** The statement that leads to the schema of the adapter, which is made if it is not there, or of the connection. */
async function schemaOf(on: Connection, transaction: TransactionConnection): Promise<string> {
  const { schemaName } = on.getConnectionInfo?.() ?? {}
  if (schemaName === undefined) {
    const [[current] = []] = await select(transaction, 'SELECT current_schema()::text')
    return `SET LOCAL search_path TO ${quoted(String(current ?? 'public'))}`
  }
  await execute(transaction, `CREATE SCHEMA IF NOT EXISTS ${quoted(schemaName)}`)
  return `SET LOCAL search_path TO ${quoted(schemaName)}`
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

function recordOf({ name, checksum }: Migration): string {
  const columns = 'id, checksum, migration_name, started_at, finished_at, applied_steps_count'
  const values = `${literal(randomUUID())}, ${literal(checksum)}, ${literal(name)}, now(), clock_timestamp(), 1`
  return `INSERT INTO _prisma_migrations (${columns}) VALUES (${values})`
}
