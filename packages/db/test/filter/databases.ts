import { fileURLToPath } from 'node:url'
import type { Metadata } from '../../src/metadata/metadata.ts'
import { metadataOf } from '../../src/metadata/metadata-of.ts'
import { migrate } from '../../src/migrate/migrate.ts'
import { adapterFor, type Provider } from '../adapters.ts'
import { emptyDatabase } from '../databases.ts'
import { PrismaClient as MysqlClient } from './generated/mysql/client.ts'
import { PrismaClient as PostgresqlClient } from './generated/postgresql/client.ts'
import { PrismaClient } from './generated/sqlite/client.ts'

/** A client with every column and kind of relation, on a database of a test's own. */
export interface NotesDatabase {
  readonly client: PrismaClient
  drop(): Promise<void>
}

/** The clients of all providers are alike as far as the tests use them. */
const clients = { sqlite: PrismaClient, postgresql: PostgresqlClient, mysql: MysqlClient }

export async function notesDatabase(provider: Provider): Promise<NotesDatabase> {
  const database = await emptyDatabase(provider)
  const migrations = fileURLToPath(new URL(`migrations/${provider}`, import.meta.url))
  await migrate(database.adapter(), migrations)
  const Client = clients[provider] as typeof PrismaClient
  const client = new Client({ adapter: database.adapter() })
  const drop = async () => {
    await client.$disconnect()
    await database.drop()
  }
  return { client, drop }
}

/** What a client for a provider knows, without a database. */
export function notesMetadata(provider: Provider): Metadata {
  const url = {
    sqlite: 'file::memory:',
    postgresql: 'postgresql://u@127.0.0.1/none',
    mysql: 'mysql://u@127.0.0.1/none',
  }
  const Client = clients[provider] as typeof PrismaClient
  return metadataOf(new Client({ adapter: adapterFor(provider, url[provider]) }))
}
