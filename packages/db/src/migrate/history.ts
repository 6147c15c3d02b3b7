import { DbError } from '../errors.ts'
import { type Queryable, select } from './adapter.ts'
import type { Migration } from './migration.ts'

/** The table in which Prisma keeps what was applied, as `prisma migrate deploy` itself creates it. */
export const createHistory: Readonly<Record<'sqlite' | 'postgres' | 'mysql', string>> = {
  sqlite: `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    "id"                    TEXT PRIMARY KEY NOT NULL,
    "checksum"              TEXT NOT NULL,
    "finished_at"           DATETIME,
    "migration_name"        TEXT NOT NULL,
    "logs"                  TEXT,
    "rolled_back_at"        DATETIME,
    "started_at"            DATETIME NOT NULL DEFAULT current_timestamp,
    "applied_steps_count"   INTEGER UNSIGNED NOT NULL DEFAULT 0
)`,
  postgres: `CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id                      VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum                VARCHAR(64) NOT NULL,
    finished_at             TIMESTAMPTZ,
    migration_name          VARCHAR(255) NOT NULL,
    logs                    TEXT,
    rolled_back_at          TIMESTAMPTZ,
    started_at              TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count     INTEGER NOT NULL DEFAULT 0
)`,
  mysql: `CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id                      VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum                VARCHAR(64) NOT NULL,
    finished_at             DATETIME(3),
    migration_name          VARCHAR(255) NOT NULL,
    logs                    TEXT,
    rolled_back_at          DATETIME(3),
    started_at              DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
    applied_steps_count     INTEGER UNSIGNED NOT NULL DEFAULT 0
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`,
}

/**
 * Returns the migrations the database has not seen, in order. One it has seen that this program does not know is
 * left alone: a newer release may have been here.
 *
 * @throws DbError `MIGRATION_UNFINISHED` when one failed half-way earlier, `MIGRATION_EDITED` when one was changed since
 */
export async function pendingMigrations(
  on: Queryable,
  migrations: readonly Migration[],
): Promise<Migration[]> {
  const rows = await select(
    on,
    'SELECT migration_name, checksum, CASE WHEN finished_at IS NULL THEN 0 ELSE 1 END FROM _prisma_migrations WHERE rolled_back_at IS NULL',
  )
  const seen = new Map(
    rows.map(([name, checksum, finished]) => [
      String(name),
      { checksum: String(checksum), finished: Number(finished) === 1 },
    ]),
  )
  return migrations.filter(({ name, checksum, alike }) => {
    const before = seen.get(name)
    if (before?.finished === false) {
      throw new DbError(
        'MIGRATION_UNFINISHED',
        `Migration ${name} failed half-way earlier. Repair the database, then run \`prisma migrate resolve\``,
      )
    }
    if (before && ![checksum, ...alike].includes(before.checksum)) {
      throw new DbError(
        'MIGRATION_EDITED',
        `Migration ${name} was edited after it was applied. Add a new one instead`,
      )
    }
    return !before
  })
}

/** Says which migration it was; the database's own words are the cause. */
export function failedMigration(name: string, cause: unknown): DbError {
  return new DbError('MIGRATION_FAILED', `Migration ${name} failed`, { cause })
}
