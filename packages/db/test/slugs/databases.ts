import { fileURLToPath } from 'node:url'
import { migrate } from '../../src/migrate/migrate.ts'
import { mixins } from '../../src/mixins/mixins.ts'
import type { adapterFor, Provider } from '../adapters.ts'
import { emptyDatabase } from '../databases.ts'
import { PrismaClient as MysqlClient } from './generated/mysql/client.ts'
import { PrismaClient as PostgresqlClient } from './generated/postgresql/client.ts'
import { PrismaClient } from './generated/sqlite/client.ts'

/** A client for writers, posts and pages on a database of a test's own. The clients of all providers are alike. */
export interface Blog {
  readonly url: string
  client(adapter?: ReturnType<typeof adapterFor>): PrismaClient
  adapter(): ReturnType<typeof adapterFor>
  drop(): Promise<void>
}

export async function blogDatabase(provider: Provider): Promise<Blog> {
  const database = await emptyDatabase(provider)
  await migrate(database.adapter(), fileURLToPath(new URL(`migrations/${provider}`, import.meta.url)))
  const Client = { sqlite: PrismaClient, postgresql: PostgresqlClient, mysql: MysqlClient }[
    provider
  ] as typeof PrismaClient
  return { ...database, client: (adapter = database.adapter()) => new Client({ adapter }) }
}

export function extendBlog(base: PrismaClient) {
  return base.$extends(
    mixins({
      post: { softDelete: true, slug: { from: ['title', 'city'] } },
      page: { softDelete: { field: 'removedAt' }, slug: { from: 'title', field: 'path', onUpdate: true } },
    }),
  )
}

export type BlogClient = ReturnType<typeof extendBlog>
