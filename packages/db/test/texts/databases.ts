import { fileURLToPath } from 'node:url'
import { migrate } from '../../src/migrate/migrate.ts'
import { mixins } from '../../src/mixins/mixins.ts'
import type { adapterFor, Provider } from '../adapters.ts'
import { emptyDatabase } from '../databases.ts'
import { PrismaClient as MysqlClient } from './generated/mysql/client.ts'
import { PrismaClient as PostgresqlClient } from './generated/postgresql/client.ts'
import { PrismaClient } from './generated/sqlite/client.ts'

/** A client for the schema of posts on a database of a test's own. The clients of all providers are alike. */
export interface Posts {
  readonly base: PrismaClient
  /** Another client, as another process would have. */
  client(adapter?: ReturnType<typeof adapterFor>): PrismaClient
  adapter(): ReturnType<typeof adapterFor>
  drop(): Promise<void>
}

const clients = { sqlite: PrismaClient, postgresql: PostgresqlClient, mysql: MysqlClient }

export async function postsDatabase(provider: Provider): Promise<Posts> {
  const database = await emptyDatabase(provider)
  await migrate(database.adapter(), fileURLToPath(new URL(`migrations/${provider}`, import.meta.url)))
  const Client = clients[provider] as typeof PrismaClient
  const client = (adapter = database.adapter()) => new Client({ adapter })
  const base = client()
  const drop = async () => {
    await base.$disconnect()
    await database.drop()
  }
  return { base, client, adapter: database.adapter, drop }
}

/** Every mixin, in four locales of which one falls back on the way to English. */
export function extendPosts(base: PrismaClient, locale: () => string = () => 'en') {
  return base.$extends(
    mixins(
      {
        topic: { translatable: ['label'] },
        post: { timestamps: true, softDelete: true, translatable: ['title', 'body'] },
        cell: { translatable: ['text'] },
      },
      { locale, fallback: ['en'], locales: ['de', 'sr', 'sr-Latn'] },
    ),
  )
}

export type PostsClient = ReturnType<typeof extendPosts>
