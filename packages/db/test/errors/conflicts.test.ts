import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isRetryable } from '../../src/database-errors/translate-database-error.ts'
import { gate } from '../better-sqlite3/database.ts'
import { databaseNames, failure, openDatabase, type TestDatabase } from './databases.ts'

describe.each(databaseNames)('on %s', (name) => {
  let database: TestDatabase
  const isServer = name === 'postgresql' || name === 'mysql'
  const author = (email: string) => ({ data: { name: 'Ann', email, rating: 0 } })
  beforeAll(async () => {
    database = await openDatabase(name)
  })
  afterAll(() => database.drop())

  test('two serializable transactions that change the same row: both count, or one may be retried', async () => {
    const { client } = database
    const { id } = await client.author.create(author('serializable@x'))
    const bothRead = meeting(2)
    const increment = () =>
      client.$transaction(
        async (tx) => {
          const { rating } = await tx.author.findUniqueOrThrow({ where: { id } })
          if (isServer) await bothRead() // SQLite lets the second one begin when the first has ended
          await tx.author.update({ where: { id }, data: { rating: (rating ?? 0) + 1 } })
        },
        { isolationLevel: 'Serializable' },
      )
    const results = await Promise.allSettled([increment(), increment()])
    const failed = results.filter((result) => result.status === 'rejected')
    expect(failed).toHaveLength(isServer ? 1 : 0)
    for (const { reason } of failed) {
      const error = await failure(Promise.reject(reason))
      expect(error).toMatchObject({ code: 'WRITE_CONFLICT', kind: 'conflict' })
      expect(isRetryable(error)).toBe(true)
      expect(isRetryable(reason)).toBe(true)
    }
    const { rating } = await client.author.findUniqueOrThrow({ where: { id } })
    expect(rating).toBe(2 - failed.length)
  })

  test.runIf(isServer)('a deadlock is a write conflict for one of the two', async () => {
    const { client } = database
    const first = await client.author.create(author('first@x'))
    const second = await client.author.create(author('second@x'))
    const bothWrote = meeting(2)
    const swap = (one: number, other: number) =>
      client.$transaction(async (tx) => {
        await tx.author.update({ where: { id: one }, data: { rating: { increment: 1 } } })
        await bothWrote()
        await tx.author.update({ where: { id: other }, data: { rating: { increment: 1 } } })
      })
    const results = await Promise.allSettled([swap(first.id, second.id), swap(second.id, first.id)])
    const [loser, ...others] = results.filter((result) => result.status === 'rejected')
    expect(others).toEqual([])
    const error = await failure(Promise.reject(loser?.reason))
    expect(error).toMatchObject({ code: 'WRITE_CONFLICT', kind: 'conflict' })
    expect(isRetryable(error)).toBe(true)
  })

  test.runIf(!isServer)('a file that another process has locked times out, and may be retried', async () => {
    const { client } = database
    const written = gate()
    const over = gate()
    const holder = client.$transaction(async (tx) => {
      await tx.author.create(author('holder@x'))
      written.open()
      await over.opened
    })
    await written.opened
    const error = await failure(database.another().author.create(author('other@x')))
    over.open()
    await holder
    expect(error).toMatchObject({ code: 'DATABASE_TIMEOUT', kind: 'timeout' })
    expect(isRetryable(error)).toBe(true)
  })

  test('a transaction that outlives its timeout is a timeout, whether a query or COMMIT finds out', async () => {
    const { client } = database
    const held = (then: (tx: typeof client) => Promise<unknown>) =>
      client.$transaction(
        async (tx) => {
          await tx.author.count()
          await new Promise((resolve) => setTimeout(resolve, 120))
          return then(tx as typeof client)
        },
        { timeout: 40 },
      )
    for (const then of [(tx: typeof client) => tx.author.count(), async () => undefined]) {
      const error = await failure(held(then))
      expect(error).toMatchObject({ code: 'DATABASE_TIMEOUT', kind: 'timeout' })
      expect(isRetryable(error)).toBe(false)
    }
  })

  test('a query in a transaction that has ended is our own mistake', async () => {
    let leaked: typeof database.client | undefined
    await database.client.$transaction(async (tx) => {
      leaked = tx as typeof database.client
      await tx.author.count()
    })
    expect(await failure((leaked as typeof database.client).author.count())).toMatchObject({
      code: 'TRANSACTION_ENDED',
      kind: 'internal',
    })
  })

  test.runIf(name === 'postgresql')(
    'so is a query after one that failed in the same transaction',
    async () => {
      const work = database.client.$transaction(async (tx) => {
        await tx.$queryRawUnsafe('SELECT 1 / 0').catch(() => {})
        await tx.author.count()
      })
      expect(await failure(work)).toMatchObject({ code: 'TRANSACTION_ENDED', kind: 'internal' })
    },
  )
})

/** Resolves for everybody once `count` have come. */
function meeting(count: number): () => Promise<void> {
  const { opened, open } = gate()
  let missing = count
  return () => {
    missing -= 1
    if (missing === 0) open()
    return opened
  }
}
