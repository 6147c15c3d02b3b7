import { DbError } from '../errors.ts'
import type { Connection, MigrationAdapter } from './adapter.ts'
import { readMigrations } from './migration.ts'
import { migrateMysql } from './mysql.ts'
import { migratePostgresql } from './postgresql.ts'
import { migrateSqlite } from './sqlite.ts'

/**
 * Applies the migrations a database has not seen, in the order of their names, and returns those names.
 *
 * Reads Prisma's migration folders and keeps Prisma's own table, so `prisma migrate` and this function take turns on
 * one database. Needs no Prisma engine. Any number of processes may call it at once: each migration runs once. On
 * SQLite and PostgreSQL a migration that fails leaves nothing behind.
 *
 * @param adapter   The driver adapter that the Prisma client gets, `new PrismaPg(…)`.
 * @param directory Where the folders are, `prisma/migrations`.
 * @throws DbError `MIGRATION_FAILED` with the database's error as its cause, `MIGRATION_MISSING`, `MIGRATION_EDITED`,
 *   `MIGRATION_UNFINISHED`
 */
export async function migrate(adapter: MigrationAdapter, directory: string): Promise<string[]> {
  const migrations = await readMigrations(directory)
  let connection: Connection | undefined
  try {
    connection = await adapter.connect()
    return await runnerFor(connection)(connection, migrations)
  } catch (error) {
    if (error instanceof DbError) throw error
    throw new DbError('MIGRATION_FAILED', 'The migrations could not be run', { cause: error })
  } finally {
    await connection?.dispose()
  }
}

function runnerFor({ provider }: Connection) {
  switch (provider) {
    case 'sqlite':
      return migrateSqlite
    case 'postgres':
      return migratePostgresql
    case 'mysql':
      return migrateMysql
    default:
      throw new DbError('MIGRATION_FAILED', `There are no migrations for "${provider}"`)
  }
}
