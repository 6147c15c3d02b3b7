import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PrismaLibSql } from '@prisma/adapter-libsql'
import { PrismaMariaDb } from '@prisma/adapter-mariadb'
import { PrismaPg } from '@prisma/adapter-pg'
import { createDatabase } from '@tools/services'
import { inject } from 'vitest'
import { PrismaClient as MysqlClient } from './generated/mysql/client.ts'
import { PrismaClient as PostgresqlClient } from './generated/postgresql/client.ts'
import { PrismaClient } from './generated/sqlite/client.ts'

export type Provider = 'sqlite' | 'postgresql' | 'mysql'
export type Adapter = PrismaLibSql | PrismaPg | PrismaMariaDb
export type Client = PrismaClient

export interface Database {
  readonly url: string
  /** A client of its own, by way of another adapter where one is given. The clients of all providers are alike here. */
  client(wrap?: (adapter: Adapter) => Adapter, url?: string): PrismaClient
  /** Ends all clients, and removes the database. */
  drop(): Promise<void>
}

/** The databases at hand. A server that is missing was announced, or failed the run, when the services started. */
export const providers: readonly Provider[] = [
  'sqlite',
  ...(inject('postgresqlUrl') ? (['postgresql'] as const) : []),
  ...(inject('mariadbUrl') ? (['mysql'] as const) : []),
]

/** A database of a test's own, with empty tables. */
export async function openDatabase(provider: Provider): Promise<Database> {
  const { url, drop } = await emptyDatabase(provider)
  const clients: PrismaClient[] = []
  const Client = { sqlite: PrismaClient, postgresql: PostgresqlClient, mysql: MysqlClient }[
    provider
  ] as typeof PrismaClient
  const database: Database = {
    url,
    client(wrap = (adapter) => adapter, at = url) {
      const client = new Client({ adapter: wrap(adapterFor(provider, at)) })
      clients.push(client)
      return client
    },
    async drop() {
      await Promise.all(clients.map((client) => client.$disconnect()))
      await drop()
    },
  }
  const first = database.client()
  for (const table of tables[provider]) await first.$executeRawUnsafe(table)
  return database
}

function adapterFor(provider: Provider, url: string): Adapter {
  if (provider === 'postgresql') return new PrismaPg({ connectionString: url })
  if (provider === 'mysql') return new PrismaMariaDb(url.replace(/^mysql:/, 'mariadb:'))
  const options = { url, intMode: 'bigint', timeout: 5000 } as const
  return new PrismaLibSql(options as ConstructorParameters<typeof PrismaLibSql>[0])
}

async function emptyDatabase(provider: Provider): Promise<{ url: string; drop(): Promise<void> }> {
  if (provider === 'postgresql') return createDatabase(inject('postgresqlUrl') as string)
  if (provider === 'mysql') return createDatabase(inject('mariadbUrl') as string)
  const folder = await mkdtemp(join(tmpdir(), 'fastkit-services-'))
  return { url: `file:${join(folder, 'test.db')}`, drop: () => rm(folder, { recursive: true }) }
}

const tables: Readonly<Record<Provider, readonly string[]>> = {
  sqlite: [
    `CREATE TABLE "Note" ("id" INTEGER PRIMARY KEY AUTOINCREMENT, "text" TEXT NOT NULL, "slug" TEXT UNIQUE, "requestId" TEXT UNIQUE,
      "status" TEXT NOT NULL DEFAULT 'open', "version" INTEGER NOT NULL DEFAULT 1, "deletedAt" DATETIME)`,
    'CREATE TABLE "Log" ("id" INTEGER PRIMARY KEY AUTOINCREMENT, "text" TEXT NOT NULL)',
  ],
  postgresql: [
    `CREATE TABLE "Note" ("id" SERIAL PRIMARY KEY, "text" TEXT NOT NULL, "slug" TEXT, "requestId" TEXT,
      "status" TEXT NOT NULL DEFAULT 'open', "version" INTEGER NOT NULL DEFAULT 1, "deletedAt" TIMESTAMP(3))`,
    'CREATE UNIQUE INDEX "Note_slug_key" ON "Note" ("slug")',
    'CREATE UNIQUE INDEX "Note_requestId_key" ON "Note" ("requestId")',
    'CREATE TABLE "Log" ("id" SERIAL PRIMARY KEY, "text" TEXT NOT NULL)',
  ],
  mysql: [
    `CREATE TABLE \`Note\` (\`id\` INTEGER NOT NULL AUTO_INCREMENT PRIMARY KEY, \`text\` VARCHAR(191) NOT NULL, \`slug\` VARCHAR(191),
      \`requestId\` VARCHAR(191), \`status\` VARCHAR(191) NOT NULL DEFAULT 'open', \`version\` INTEGER NOT NULL DEFAULT 1,
      \`deletedAt\` DATETIME(3), UNIQUE INDEX \`Note_slug_key\` (\`slug\`), UNIQUE INDEX \`Note_requestId_key\` (\`requestId\`))`,
    'CREATE TABLE `Log` (`id` INTEGER NOT NULL AUTO_INCREMENT PRIMARY KEY, `text` VARCHAR(191) NOT NULL)',
  ],
}
