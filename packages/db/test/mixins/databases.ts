import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { migrate } from '../../src/migrate/migrate.ts'
import { mixins } from '../../src/mixins/mixins.ts'
import type { adapterFor, Provider } from '../adapters.ts'
import { emptyDatabase } from '../databases.ts'
import { PrismaClient as MysqlClient } from './generated/mysql/client.ts'
import { PrismaClient as PostgresqlClient } from './generated/postgresql/client.ts'
import { PrismaClient } from './generated/sqlite/client.ts'

/** A client for the library's schema on a database of a test's own. The clients of all providers are alike. */
export interface Library {
  readonly base: PrismaClient
  adapter(): ReturnType<typeof adapterFor>
  drop(): Promise<void>
}

export const clients = { sqlite: PrismaClient, postgresql: PostgresqlClient, mysql: MysqlClient }

/** @param keys Whether foreign keys are checked. Without, rows can go that others point to. */
export async function libraryDatabase(provider: Provider, { keys = true } = {}): Promise<Library> {
  const database = await emptyDatabase(provider)
  const migrations = fileURLToPath(new URL(`migrations/${provider}`, import.meta.url))
  await (keys ? migrate(database.adapter(), migrations) : migrateWithoutKeys(database.adapter(), migrations))
  const Client = clients[provider] as typeof PrismaClient
  const base = new Client({ adapter: database.adapter() })
  const drop = async () => {
    await base.$disconnect()
    await database.drop()
  }
  return { base, adapter: database.adapter, drop }
}

async function migrateWithoutKeys(adapter: ReturnType<typeof adapterFor>, migrations: string): Promise<void> {
  const copy = await mkdtemp(join(tmpdir(), 'fastkit-library-'))
  await cp(migrations, copy, { recursive: true })
  const file = join(copy, '20260101000000_init/migration.sql')
  const sql = await readFile(file, 'utf8')
  await writeFile(file, sql.replace(/,\n {4}FOREIGN KEY .*?(?=,?\n)/g, ''))
  await migrate(adapter, copy)
  await rm(copy, { recursive: true })
}

export const usual = { timestamps: true, softDelete: true } as const

export interface LibraryOptions {
  readonly now?: () => number
  readonly checkForeignKeys?: boolean
}

/** Every model but one with both mixins, and three cascades, one of them of a model to itself. */
export function extendLibrary(
  base: PrismaClient,
  { now = Date.now, checkForeignKeys = false }: LibraryOptions = {},
) {
  return base.$extends(
    mixins(
      {
        account: { timestamps: true, softDelete: { cascade: ['articles'] } },
        profile: usual,
        article: { timestamps: true, softDelete: { cascade: ['comments'] } },
        comment: {
          timestamps: { createdAt: 'created', updatedAt: 'changed' },
          softDelete: { field: 'removedAt', cascade: ['answers'] },
        },
        tag: usual,
        seat: usual,
      },
      { clock: { now }, checkForeignKeys },
    ),
  )
}

export type LibraryClient = ReturnType<typeof extendLibrary>
