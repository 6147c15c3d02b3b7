import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { isRetryable, translateCommitError } from '../../src/database-errors/translate-database-error.ts'
import { isolateSqlite } from '../../src/sqlite/isolate-sqlite.ts'
import { gate } from '../better-sqlite3/database.ts'
import { PrismaClient } from '../generated/sqlite/client.ts'
import { impatientLibSql, openDatabase, type TestDatabase } from './databases.ts'

const author = (name: string) => ({ data: { name, email: `${name}@x` } })

describe('on libsql, a COMMIT that fails because somebody reads the file', () => {
  let database: TestDatabase
  beforeEach(async () => {
    database = await openDatabase('libsql')
  })
  afterEach(() => database.drop())

  /** Has a transaction of `client` commit while somebody reads, who then stops. Resolves with what came of it. */
  async function failCommit(client: PrismaClient): Promise<unknown> {
    const read = gate()
    const over = gate()
    const reader = database.another().$transaction(async (tx) => {
      await tx.author.count()
      read.open()
      await over.opened
    })
    await read.opened
    const error = await client
      .$transaction((tx) => tx.author.create(author('blocked')))
      .catch((thrown) => thrown)
    over.open()
    await reader
    return error
  }

  test('is a timeout that may be retried', async () => {
    const error = await failCommit(database.client)
    expect(translateCommitError(error)).toMatchObject({ code: 'DATABASE_TIMEOUT', kind: 'timeout' })
    expect(isRetryable(error)).toBe(true)
    expect(isRetryable(translateCommitError(error))).toBe(true)
  })

  test('locks everybody out of the file from then on', async () => {
    await failCommit(database.client)
    await expect(database.another().author.count()).rejects.toMatchObject({ code: 'P1008' })
    await expect(database.client.author.create(author('after'))).rejects.toMatchObject({ code: 'P1008' })
  })

  test('cannot happen once the file is in WAL mode', async () => {
    await database.client.$queryRawUnsafe('PRAGMA journal_mode = WAL')
    expect(await failCommit(database.another())).toMatchObject({ name: 'blocked' })
    expect(await database.client.author.count()).toBe(1)
  })
})

test('guarded libsql commits, rolls back and nests as before', async () => {
  const database = await openDatabase('libsql')
  const client = new PrismaClient({ adapter: isolateSqlite(impatientLibSql(database.url)) })
  await client.$transaction(async (tx) => {
    await tx.author.create(author('kept'))
    const nested = tx.$transaction(async (inner) => {
      await inner.author.create(author('dropped'))
      throw new Error('only this')
    })
    await expect(nested).rejects.toThrow('only this')
  })
  const undone = client.$transaction(async (tx) => {
    await tx.author.create(author('undone'))
    throw new Error('all of it')
  })
  await expect(undone).rejects.toThrow('all of it')
  expect(await client.author.findMany({ select: { name: true } })).toEqual([{ name: 'kept' }])
  await client.$disconnect()
  await database.drop()
})
