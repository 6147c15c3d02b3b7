import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createDatabase } from '@tools/services'
import { inject } from 'vitest'
import { migrate } from '../src/migrate/migrate.ts'
import { adapterFor, type Provider } from './adapters.ts'
import { PrismaClient as MysqlClient } from './generated/mysql/client.ts'
import { PrismaClient as PostgresqlClient } from './generated/postgresql/client.ts'
import { PrismaClient } from './generated/sqlite/client.ts'

/** A database of a test's own, with nothing in it. */
export interface EmptyDatabase {
  readonly url: string
  /** A new adapter for it, as another process would have. */
  adapter(): ReturnType<typeof adapterFor>
  /** A client on it. The clients of all providers are alike as far as the tests use them. @default a new adapter */
  client(adapter?: ReturnType<typeof adapterFor>): PrismaClient
  drop(): Promise<void>
}

/** The databases at hand. A server that is missing was announced, or failed the run, when the services started. */
export const providers: readonly Provider[] = [
  'sqlite',
  ...(inject('postgresqlUrl') ? (['postgresql'] as const) : []),
  ...(inject('mariadbUrl') ? (['mysql'] as const) : []),
]

export async function emptyDatabase(provider: Provider): Promise<EmptyDatabase> {
  const { url, drop } = await create(provider)
  const adapter = () => adapterFor(provider, url)
  const Client = { sqlite: PrismaClient, postgresql: PostgresqlClient, mysql: MysqlClient }[
    provider
  ] as typeof PrismaClient
  return { url, adapter, client: (own = adapter()) => new Client({ adapter: own }), drop }
}

/** A database with the tables of the test schema. */
export async function migratedDatabase(provider: Provider): Promise<EmptyDatabase> {
  const database = await emptyDatabase(provider)
  await migrate(database.adapter(), fileURLToPath(new URL(`migrations/${provider}`, import.meta.url)))
  return database
}

async function create(provider: Provider): Promise<{ url: string; drop(): Promise<void> }> {
  if (provider === 'postgresql') return createDatabase(inject('postgresqlUrl') as string)
  if (provider === 'mysql') return createDatabase(inject('mariadbUrl') as string)
  const folder = await mkdtemp(join(tmpdir(), 'fastkit-db-'))
  return { url: `file:${join(folder, 'test.db')}`, drop: () => rm(folder, { recursive: true }) }
}
