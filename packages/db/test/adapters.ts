import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import { PrismaLibSql } from '@prisma/adapter-libsql'
import { PrismaMariaDb } from '@prisma/adapter-mariadb'
import { PrismaPg } from '@prisma/adapter-pg'

export type Provider = 'sqlite' | 'postgresql' | 'mysql'

/** The driver adapter for a database, as an application would make it. */
export function adapterFor(provider: Provider, url: string): PrismaLibSql | PrismaPg | PrismaMariaDb {
  switch (provider) {
    case 'sqlite':
      return new PrismaLibSql({ url, intMode: 'bigint', timeout: 5000 } as ConstructorParameters<
        typeof PrismaLibSql
      >[0])
    case 'postgresql':
      return new PrismaPg({ connectionString: url })
    case 'mysql':
      return new PrismaMariaDb(url.replace(/^mysql:/, 'mariadb:'))
  }
}

/** SQLite by the other driver, which has one connection and runs every query on it. `timeout` is SQLite's busy timeout. */
export function betterSqlite3Adapter(url: string, timeout = 5000): PrismaBetterSqlite3 {
  return new PrismaBetterSqlite3({ url, timeout })
}
