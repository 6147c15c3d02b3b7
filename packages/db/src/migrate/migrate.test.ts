import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { PrismaLibSql } from '@prisma/adapter-libsql'
import type { PrismaMariaDb } from '@prisma/adapter-mariadb'
import { PrismaPg } from '@prisma/adapter-pg'
import { afterEach, beforeEach, describe, expect, expectTypeOf, test } from 'vitest'
import { type EmptyDatabase, emptyDatabase, providers } from '../../test/databases.ts'
import { execute, type MigrationAdapter, select } from './adapter.ts'
import { migrate } from './migrate.ts'

test('the adapters Prisma ships fit as they are', () => {
  expectTypeOf<PrismaLibSql>().toExtend<MigrationAdapter>()
  expectTypeOf<PrismaPg>().toExtend<MigrationAdapter>()
  expectTypeOf<PrismaMariaDb>().toExtend<MigrationAdapter>()
})

describe.each(providers)('on %s', (provider) => {
  let database: EmptyDatabase
  let directory: string

  beforeEach(async () => {
    database = await emptyDatabase(provider)
    directory = await mkdtemp(join(tmpdir(), 'fastkit-migrations-'))
  })
  afterEach(async () => {
    await database.drop()
    await rm(directory, { recursive: true })
  })

  const run = () => migrate(database.adapter(), directory)
  const write = async (name: string, sql: string) => {
    await mkdir(join(directory, name), { recursive: true })
    await writeFile(join(directory, name, 'migration.sql'), sql)
  }
  const query = async (sql: string) => {
    const connection = await database.adapter().connect()
    try {
      return await select(connection, sql)
    } finally {
      await connection.dispose()
    }
  }

  test('migrations run once each, in the order of their names', async () => {
    await write('2_add', 'ALTER TABLE note ADD COLUMN stars INT;')
    await write('1_create', 'CREATE TABLE note (id INT PRIMARY KEY); INSERT INTO note VALUES (1);')
    expect(await run()).toEqual(['1_create', '2_add'])
    expect(await run()).toEqual([])
    await write('3_more', 'INSERT INTO note VALUES (2, 5);')
    expect(await run()).toEqual(['3_more'])
    expect(
      (await query('SELECT id, stars FROM note ORDER BY id')).map((row) => row.map(numberOrNull)),
    ).toEqual([
      [1, null],
      [2, 5],
    ])
  })

  test('an empty directory is no migration, a missing one is an error', async () => {
    expect(await run()).toEqual([])
    await rm(directory, { recursive: true })
    await expect(run()).rejects.toMatchObject({ code: 'MIGRATION_MISSING' })
    await mkdir(join(directory, '1_nothing'), { recursive: true })
    await expect(run()).rejects.toMatchObject({ code: 'MIGRATION_MISSING' })
  })

  test('a migration without a statement counts as applied', async () => {
    await write('1_empty', '-- This is an empty migration.')
    expect(await run()).toEqual(['1_empty'])
    expect(await run()).toEqual([])
  })

  test('a migration edited after it was applied stops everything', async () => {
    await write('1_create', 'CREATE TABLE note (id INT PRIMARY KEY);')
    await run()
    await write('1_create', 'CREATE TABLE note (id INT PRIMARY KEY, text VARCHAR(9));')
    await write('2_more', 'CREATE TABLE other (id INT PRIMARY KEY);')
    await expect(run()).rejects.toMatchObject({
      code: 'MIGRATION_EDITED',
      message: expect.stringContaining('1_create'),
    })
    await expect(query('SELECT * FROM other')).rejects.toThrow()
  })

  test('other line ends, as a checkout may bring them, are no edit', async () => {
    await write('1_create', 'CREATE TABLE note (\r\nid INT PRIMARY KEY);\r\n')
    await run()
    await write('1_create', 'CREATE TABLE note (\nid INT PRIMARY KEY);\n')
    expect(await run()).toEqual([])
    await write('1_create', '\uFEFFCREATE TABLE note (\nid INT PRIMARY KEY);\n')
    await expect(run()).rejects.toMatchObject({ code: 'MIGRATION_EDITED' })
  })

  test('a byte order mark does not matter', async () => {
    await write('1_create', '\uFEFFCREATE TABLE note (id INT PRIMARY KEY);')
    expect(await run()).toEqual(['1_create'])
  })

  test('a migration the program does not know is left alone', async () => {
    await write('1_create', 'CREATE TABLE note (id INT PRIMARY KEY);')
    await write('2_newer', 'CREATE TABLE other (id INT PRIMARY KEY);')
    await run()
    await rm(join(directory, '2_newer'), { recursive: true })
    expect(await run()).toEqual([])
  })

  test('a failing migration carries the cause, and those before it stay', async () => {
    await write('1_good', 'CREATE TABLE note (id INT PRIMARY KEY);')
    await write('2_bad', 'INSERT INTO note VALUES (1); INSERT INTO nowhere VALUES (1);')
    await expect(run()).rejects.toMatchObject({
      code: 'MIGRATION_FAILED',
      message: 'Migration 2_bad failed',
      cause: expect.anything(),
    })
    await write('2_bad', 'INSERT INTO note VALUES (7);')
    if (provider === 'mysql') {
      // There, nothing rolls back: a person must look first.
      await expect(run()).rejects.toMatchObject({ code: 'MIGRATION_UNFINISHED' })
    } else {
      expect(await run()).toEqual(['2_bad'])
      expect((await query('SELECT id FROM note')).map((row) => row.map(Number))).toEqual([[7]])
    }
  })

  test('foreign keys are enforced again after a migration that failed', async () => {
    await write(
      '1_tables',
      'CREATE TABLE a (id INT PRIMARY KEY); CREATE TABLE b (a INT, FOREIGN KEY (a) REFERENCES a (id));',
    )
    await run()
    await write('2_bad', 'NONSENSE;')
    await expect(run()).rejects.toMatchObject({ code: 'MIGRATION_FAILED' })
    const connection = await database.adapter().connect()
    await expect(execute(connection, 'INSERT INTO b VALUES (1)')).rejects.toThrow()
    await connection.dispose()
  })

  test('four processes at once apply each migration once', { timeout: 60_000 }, async () => {
    await write('1_create', 'CREATE TABLE note (id INT PRIMARY KEY);')
    await write('2_fill', 'INSERT INTO note VALUES (1);')
    await write('3_fill', 'INSERT INTO note VALUES (2);')
    const script = fileURLToPath(new URL('../../test/migrate-once.ts', import.meta.url))
    const runs = await Promise.all(
      [1, 2, 3, 4].map(() =>
        promisify(execFile)(process.execPath, [script, provider, database.url, directory]),
      ),
    )
    const applied = runs.flatMap(({ stdout }) => JSON.parse(stdout) as string[])
    expect(applied.sort()).toEqual(['1_create', '2_fill', '3_fill'])
    expect((await query('SELECT id FROM note ORDER BY id')).map((row) => row.map(Number))).toEqual([[1], [2]])
  })

  test("Prisma's own table holds what Prisma would have written", async () => {
    await write('1_create', 'CREATE TABLE note (id INT PRIMARY KEY);')
    await run()
    const columns = 'migration_name, checksum, rolled_back_at, logs, applied_steps_count'
    const [[name, checksum, rolledBackAt, logs, steps] = []] = await query(
      `SELECT ${columns} FROM _prisma_migrations`,
    )
    expect({ name, rolledBackAt, logs, steps: Number(steps) }).toEqual({
      name: '1_create',
      rolledBackAt: null,
      logs: null,
      steps: 1,
    })
    expect(checksum).toBe('eb9577d586a3d515024eaf196a72efcb4f407c2966cb27a378c5406a2322ec87') // sha256sum of the file
  })
})

describe('on SQLite', () => {
  test('rebuilding a table keeps the rows that depend on it', async () => {
    const database = await emptyDatabase('sqlite')
    const directory = await mkdtemp(join(tmpdir(), 'fastkit-migrations-'))
    const steps = {
      '1_create': `CREATE TABLE invoice (id INTEGER PRIMARY KEY);
CREATE TABLE line (id INTEGER PRIMARY KEY, invoice INTEGER REFERENCES invoice (id) ON DELETE CASCADE);
INSERT INTO invoice VALUES (1); INSERT INTO line VALUES (1, 1);`,
      '2_rebuild': `PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE new_invoice (id INTEGER PRIMARY KEY, total INTEGER NOT NULL DEFAULT 0);
INSERT INTO new_invoice (id) SELECT id FROM invoice;
DROP TABLE invoice;
ALTER TABLE new_invoice RENAME TO invoice;
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;`,
    }
    for (const [name, sql] of Object.entries(steps)) {
      await mkdir(join(directory, name))
      await writeFile(join(directory, name, 'migration.sql'), sql)
    }
    await migrate(database.adapter(), directory)
    const connection = await database.adapter().connect()
    expect((await select(connection, 'SELECT count(*) FROM line')).map((row) => row.map(Number))).toEqual([
      [1],
    ])
    await connection.dispose()
    await database.drop()
    await rm(directory, { recursive: true })
  })
})

describe('on SQLite', () => {
  const steps = async (...sql: string[]) => {
    const database = await emptyDatabase('sqlite')
    const directory = await mkdtemp(join(tmpdir(), 'fastkit-migrations-'))
    for (const [at, text] of sql.entries()) {
      await mkdir(join(directory, `${at}`))
      await writeFile(join(directory, `${at}`, 'migration.sql'), text)
    }
    return { database, run: () => migrate(database.adapter(), directory) }
  }

  test.each(['CREATE TABLE a (id INT);\n/* never closed', 'CREATE TABLE a (id INT);\n\0'])(
    'a script whose end SQLite does not see is no success (%j)',
    async (sql) => {
      const { database, run } = await steps(sql, 'CREATE TABLE b (id INT);')
      await expect(run()).rejects.toMatchObject({ code: 'MIGRATION_FAILED', message: 'Migration 0 failed' })
      await database.drop()
    },
  )

  test('foreign keys hold during a migration that does not switch them off', async () => {
    const { database, run } = await steps(
      'CREATE TABLE p (id INT PRIMARY KEY); CREATE TABLE c (p INT REFERENCES p (id)); INSERT INTO p VALUES (1);',
      'INSERT INTO c VALUES (2);',
    )
    await expect(run()).rejects.toMatchObject({ code: 'MIGRATION_FAILED', message: 'Migration 1 failed' })
    await database.drop()
  })
})

describe.runIf(providers.includes('postgresql'))('on PostgreSQL', () => {
  test('the schema of the adapter is the one, also after a dump that clears the search path', async () => {
    const database = await emptyDatabase('postgresql')
    const directory = await mkdtemp(join(tmpdir(), 'fastkit-migrations-'))
    await mkdir(join(directory, '1'))
    await writeFile(
      join(directory, '1', 'migration.sql'),
      "CREATE TABLE note (id INT); SELECT pg_catalog.set_config('search_path', '', false);",
    )
    const adapter = new PrismaPg({ connectionString: database.url }, { schema: 'app' })
    expect(await migrate(adapter, directory)).toEqual(['1'])
    expect(await migrate(adapter, directory)).toEqual([])
    const connection = await database.adapter().connect()
    const tables = await select(
      connection,
      "SELECT table_schema || '.' || table_name FROM information_schema.tables WHERE table_schema IN ('app', 'public') ORDER BY 1",
    )
    expect(tables.flat()).toEqual(['app._prisma_migrations', 'app.note'])
    await connection.dispose()
    await database.drop()
    await rm(directory, { recursive: true })
  })
})

function numberOrNull(value: unknown): number | null {
  return value === null ? null : Number(value)
}
