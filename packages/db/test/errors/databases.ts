import { PrismaLibSql } from '@prisma/adapter-libsql'
import type { ErrorModel } from '../../src/database-errors/error-model.ts'
import { translateDatabaseError } from '../../src/database-errors/translate-database-error.ts'
import type { DbError } from '../../src/errors.ts'
import { modelsOf } from '../../src/prisma-internals.ts'
import { betterSqlite3Adapter } from '../adapters.ts'
import { type EmptyDatabase, migratedDatabase, providers } from '../databases.ts'
import { PrismaClient } from '../generated/sqlite/client.ts'

export type DatabaseName = 'libsql' | 'better-sqlite3' | 'postgresql' | 'mysql'

/** The databases at hand, SQLite through both of its drivers. */
export const databaseNames: readonly DatabaseName[] = providers.flatMap((provider): DatabaseName[] =>
  provider === 'sqlite' ? ['libsql', 'better-sqlite3'] : [provider],
)

export interface TestDatabase {
  readonly url: string
  readonly client: PrismaClient
  /** Another client of the same database, as another process would have. */
  another(): PrismaClient
  drop(): Promise<void>
}

export async function openDatabase(name: DatabaseName): Promise<TestDatabase> {
  const database = await migratedDatabase(name === 'libsql' || name === 'better-sqlite3' ? 'sqlite' : name)
  const clients: PrismaClient[] = []
  const another = () => {
    const client = clientOf(name, database)
    clients.push(client)
    return client
  }
  return {
    url: database.url,
    client: another(),
    another,
    async drop() {
      await Promise.all(clients.map((client) => client.$disconnect()))
      await database.drop()
    },
  }
}

function clientOf(name: DatabaseName, database: EmptyDatabase): PrismaClient {
  if (name === 'libsql') return new PrismaClient({ adapter: impatientLibSql(database.url) })
  if (name === 'better-sqlite3') return new PrismaClient({ adapter: betterSqlite3Adapter(database.url, 100) })
  return database.client()
}

/** As in an application, but with a busy timeout that a test can wait for. */
export function impatientLibSql(url: string): PrismaLibSql {
  const options = { url, intMode: 'bigint', timeout: 100 } as const
  return new PrismaLibSql(options as ConstructorParameters<typeof PrismaLibSql>[0])
}

/** A statement in the quotes of the database. */
export function sql(name: DatabaseName, statement: string): string {
  return name === 'mysql' ? statement.replaceAll('"', '`') : statement
}

/** What a failing call becomes, with what our repository would know of the model. */
export async function failure(call: Promise<unknown>, model?: ErrorModel): Promise<DbError> {
  try {
    await call
  } catch (error) {
    return translateDatabaseError(error, model) as DbError
  }
  throw new Error('This call was meant to fail')
}

/** The models of the test schema, with the names of their tables. */
export function modelOf(client: PrismaClient, key: 'author' | 'book' | 'reading'): ErrorModel {
  const model = modelsOf(client).get(key) as ErrorModel
  return key === 'book' ? { ...model, dbName: 'books' } : model
}
