import { createConnection } from 'mariadb'
import pg from 'pg'
import { expect, inject, test } from 'vitest'
import { createDatabase } from './create-database.ts'

const postgresqlUrl = inject('postgresqlUrl')
const mariadbUrl = inject('mariadbUrl')

test.skipIf(postgresqlUrl === undefined)('a PostgreSQL database is empty, and gone after drop', async () => {
  const database = await createDatabase(postgresqlUrl as string)
  const client = new pg.Client({ connectionString: database.url })
  client.on('error', () => undefined) // drop() closes the connection
  await client.connect()
  const tables = await client.query("SELECT 1 FROM pg_tables WHERE schemaname = 'public'")
  expect(tables.rowCount).toBe(0)
  await database.drop()
  await expect(client.query('SELECT 1')).rejects.toThrow()
})

test.skipIf(mariadbUrl === undefined)('a MariaDB database is empty, and gone after drop', async () => {
  const database = await createDatabase(mariadbUrl as string)
  const connection = await createConnection(database.url.replace(/^mysql:/, 'mariadb:'))
  expect(await connection.query('SHOW TABLES')).toEqual([])
  await connection.query("CREATE TABLE note (text VARCHAR(20)) SELECT 'żółć 🎉' AS text")
  expect(await connection.query('SELECT text FROM note')).toEqual([{ text: 'żółć 🎉' }])
  await database.drop()
  await expect(connection.query('SELECT text FROM note')).rejects.toThrow()
  await connection.end()
})

test('other servers are refused', async () => {
  await expect(createDatabase('redis://127.0.0.1')).rejects.toThrow('not redis:')
})
