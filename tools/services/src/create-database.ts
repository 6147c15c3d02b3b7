import { randomBytes } from 'node:crypto'
import { createConnection } from 'mariadb'
import pg from 'pg'

/** An empty database of one test's own. */
export interface TestDatabase {
  readonly url: string
  /** Removes it, also while somebody is connected. */
  drop(): Promise<void>
}

/** Creates a database on the PostgreSQL or MariaDB server at `adminUrl`. */
export async function createDatabase(adminUrl: string): Promise<TestDatabase> {
  const { protocol } = new URL(adminUrl)
  const name = `fastkit_${randomBytes(6).toString('hex')}`
  if (protocol === 'postgresql:' || protocol === 'postgres:') {
    await onPostgresql(adminUrl, `CREATE DATABASE ${name}`)
    return database(() => onPostgresql(adminUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`))
  }
  if (protocol === 'mysql:' || protocol === 'mariadb:') {
    const characters = 'CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci'
    await onMariadb(adminUrl, `CREATE DATABASE ${name} ${characters}`)
    return database(() => onMariadb(adminUrl, `DROP DATABASE IF EXISTS ${name}`))
  }
  throw new Error(`createDatabase knows PostgreSQL and MariaDB, not ${protocol}`)

  function database(drop: () => Promise<void>): TestDatabase {
    const url = new URL(adminUrl)
    url.pathname = `/${name}`
    return { url: url.href, drop }
  }
}

async function onPostgresql(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

async function onMariadb(url: string, sql: string): Promise<void> {
  const connection = await createConnection(url.replace(/^mysql:/, 'mariadb:'))
  try {
    await connection.query(sql)
  } finally {
    await connection.end()
  }
}
