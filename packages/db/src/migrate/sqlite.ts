import { createHash } from 'node:crypto'
import { type Connection, literal } from './adapter.ts'
import { createHistory, failedMigration, pendingMigrations } from './history.ts'
import type { Migration } from './migration.ts'

/**
 * Applies migrations to SQLite, each as one script on one connection.
 *
 * A script and not a transaction of the adapter's, for two reasons. SQLite ignores `PRAGMA foreign_keys` inside a
 * transaction, so the table rebuilds of Prisma, which switch foreign keys off, would cascade and delete the children's
 * rows: for those they are off from the start. And only `BEGIN IMMEDIATE` makes a second process wait for its turn instead of failing.
 */
export async function migrateSqlite(on: Connection, migrations: readonly Migration[]): Promise<string[]> {
  await on.executeScript(`PRAGMA busy_timeout = 30000;\nBEGIN IMMEDIATE;\n${createHistory.sqlite};\nCOMMIT;`)
  const applied: string[] = []
  for (const migration of await pendingMigrations(on, migrations)) {
    if (await apply(on, migration)) applied.push(migration.name)
  }
  return applied
}

/** Returns `false` when another process was faster. */
async function apply(on: Connection, migration: Migration): Promise<boolean> {
  const { name, sql, checksum } = migration
  const id = literal(idOf(migration))
  const foreignKeys = /PRAGMA\s+foreign_keys\s*=\s*(off|0|false|no)/i.test(sql) ? 'OFF' : 'ON'
  try {
    await on.executeScript(`PRAGMA busy_timeout = 30000;
PRAGMA foreign_keys = ${foreignKeys};
BEGIN IMMEDIATE;
INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at)
VALUES (${id}, ${literal(checksum)}, ${literal(name)}, ${Date.now()});
${sql}
;
UPDATE _prisma_migrations SET finished_at = ${Date.now()}, applied_steps_count = 1 WHERE id = ${id};
COMMIT;
PRAGMA foreign_keys = ON;`)
  } catch (error) {
    await on.executeScript('ROLLBACK;').catch(() => {}) // fails where the driver has rolled back by itself
    await on.executeScript('PRAGMA foreign_keys = ON;')
    if (await isPending(on, migration)) throw failedMigration(name, error)
    return false
  }
  // A comment that is never closed, or a NUL, hides the end of the script from SQLite, which then commits nothing.
  if (await isPending(on, migration))
    throw failedMigration(name, new Error('its SQL ends before the script does'))
  return true
}

/** One that is recorded as unfinished counts as pending: it was this one that did not finish. */
async function isPending(on: Connection, migration: Migration): Promise<boolean> {
  const pending = await pendingMigrations(on, [migration]).catch(() => [migration])
  return pending.length > 0
}

/** One id for one migration, so that of two processes the slower one meets the primary key and changes nothing. */
function idOf({ name, checksum }: Migration): string {
  const hex = createHash('sha256').update(`${name}\0${checksum}`).digest('hex')
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-')
}
