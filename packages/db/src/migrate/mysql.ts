import { randomUUID } from 'node:crypto'
import { DbError } from '../errors.ts'
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
import { splitStatements } from './statements.ts'

/** The lock that Prisma's own engine takes, and how many seconds to wait for it. */
const lock = `'prisma_migrate'`
const lockSeconds = 60

/**
 * Applies migrations to MySQL or MariaDB, statement by statement. There, every change of a table commits at once: a
 * migration that fails half-way stays half-way, is recorded as such, and nothing else runs until it is repaired.
 */
export async function migrateMysql(on: Connection, migrations: readonly Migration[]): Promise<string[]> {
  // A transaction only to stay on one connection, which is what holds the lock.
  const session = await on.startTransaction()
  try {
    await takeLock(session)
    await execute(session, createHistory.mysql)
    const applied: string[] = []
    for (const migration of await pendingMigrations(session, migrations)) {
      await apply(session, migration)
      applied.push(migration.name)
    }
    await select(session, `SELECT RELEASE_LOCK(${lock})`)
    await commit(session)
    return applied
  } catch (error) {
    await select(session, `SELECT RELEASE_LOCK(${lock})`).catch(() => {}) // the connection may be gone,
    await rollback(session).catch(() => {}) // and `error` says why
    throw error
  }
}

async function takeLock(session: TransactionConnection): Promise<void> {
  const [row] = await select(session, `SELECT GET_LOCK(${lock}, ${lockSeconds})`)
  if (Number(row?.[0]) === 1) return
  throw new DbError(
    'MIGRATION_FAILED',
    `Another process has been migrating this database for ${lockSeconds} s`,
  )
}

async function apply(session: TransactionConnection, { name, sql, checksum }: Migration): Promise<void> {
  const id = literal(randomUUID())
  await execute(
    session,
    `INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES (${id}, ${literal(checksum)}, ${literal(name).replaceAll('\\', '\\\\')})`,
  )
  await execute(session, 'COMMIT')
  try {
    for (const statement of splitStatements(sql)) await execute(session, statement)
  } catch (error) {
    throw failedMigration(name, error)
  }
  await execute(
    session,
    `UPDATE _prisma_migrations SET finished_at = CURRENT_TIMESTAMP(3), applied_steps_count = 1 WHERE id = ${id}`,
  )
}
