import { afterEach, beforeEach, expect, test } from 'vitest'
import { translateDatabaseError } from '../../src/database-errors/translate-database-error.ts'
import { isUnguardedBetterSqlite } from '../../src/sqlite/is-unguarded.ts'
import type { PrismaClient } from '../generated/sqlite/client.ts'
import { type BetterSqliteDatabase, betterSqliteDatabase, gate } from './database.ts'

let database: BetterSqliteDatabase
beforeEach(async () => {
  database = await betterSqliteDatabase()
})
afterEach(() => database.drop())

const author = (name: string) => ({ data: { name, email: `${name}@x` } })
const names = async (client: PrismaClient) =>
  (await client.author.findMany({ orderBy: { id: 'asc' } })).map(({ name }) => name)

/** Holds a transaction open in which a row was written, until it is told to roll back. */
async function openTransaction(client: PrismaClient): Promise<{ rollBack(): Promise<void> }> {
  const written = gate()
  const over = gate()
  const ended = client.$transaction(async (tx) => {
    await tx.author.create(author('inside'))
    written.open()
    await over.opened
    throw new Error('roll back')
  })
  ended.catch(() => {})
  await written.opened
  return {
    async rollBack() {
      over.open()
      await ended.catch(() => {})
    },
  }
}

test('unguarded, a write that had succeeded is lost when the transaction of another rolls back', async () => {
  const transaction = await openTransaction(database.unguarded)
  await database.unguarded.author.create(author('outside'))
  expect(await names(database.unguarded)).toEqual(['inside', 'outside'])
  await transaction.rollBack()
  expect(await names(database.unguarded)).toEqual([])
})

test('guarded, it waits for the end of the transaction and stays', async () => {
  const transaction = await openTransaction(database.guarded)
  const outside = database.guarded.author.create(author('outside'))
  const read = names(database.guarded)
  await transaction.rollBack()
  await outside
  expect(await read).not.toContain('inside')
  expect(await names(database.guarded)).toEqual(['outside'])
})

test('raw queries and batches wait as well', async () => {
  const transaction = await openTransaction(database.guarded)
  const { guarded } = database
  const raw = guarded.$queryRaw<{ n: number }[]>`SELECT count(*) AS n FROM "Author"`
  const batch = guarded.$transaction([guarded.author.create(author('a')), guarded.author.create(author('b'))])
  await transaction.rollBack()
  expect(Number((await raw)[0]?.n)).toBe(0)
  await batch
  expect(await names(guarded)).toEqual(['a', 'b'])
})

test('fifty requests at once, a third of them rolled back, lose nothing and see nothing unfinished', async () => {
  const { guarded } = database
  const requests = Array.from({ length: 50 }, async (_, number) => {
    if (number % 3 === 0) return guarded.author.create(author(`single-${number}`))
    const work = guarded.$transaction(
      async (tx) => {
        await tx.author.create(author(`first-${number}`))
        await tx.author.count()
        await tx.author.create(author(`second-${number}`))
        if (number % 3 === 1) throw new Error('roll back')
      },
      { maxWait: 10_000 },
    )
    if (number % 3 === 1) return expect(work).rejects.toThrow('roll back')
    const seen = await names(guarded)
    const halves = (half: string) => seen.filter((name) => name.startsWith(half)).length
    expect(halves('first')).toBe(halves('second'))
    return work
  })
  await Promise.all(requests)
  const left = await names(guarded)
  expect(left.filter((name) => name.startsWith('single'))).toHaveLength(17)
  expect(left.filter((name) => name.startsWith('first'))).toHaveLength(16)
  expect(left.filter((name) => name.startsWith('second'))).toHaveLength(16)
})

test('a nested transaction is still a savepoint', async () => {
  await database.guarded.$transaction(async (tx) => {
    await tx.author.create(author('kept'))
    const nested = tx.$transaction(async (inner) => {
      await inner.author.create(author('dropped'))
      throw new Error('only this')
    })
    await expect(nested).rejects.toThrow('only this')
  })
  expect(await names(database.guarded)).toEqual(['kept'])
})

test('who waits longer than allowed is told that the database is busy, and the rest goes on', async () => {
  const client = database.guardedFor(50)
  const transaction = await openTransaction(client)
  const late = [() => client.author.count(), () => client.$transaction((tx) => tx.author.count())]
  for (const call of late) {
    const error = await call().catch((thrown: unknown) => translateDatabaseError(thrown))
    expect(error).toMatchObject({ code: 'DATABASE_BUSY', kind: 'unavailable', retryAfterMs: 1000 })
  }
  await transaction.rollBack()
  await client.author.create(author('after'))
  expect(await names(client)).toEqual(['after'])
})

test('a transaction that Prisma gave up on lets the others in', async () => {
  const { guarded } = database
  const held = gate()
  const slow = guarded.$transaction(
    async (tx) => {
      await tx.author.create(author('slow'))
      await held.opened
    },
    { timeout: 50 },
  )
  slow.catch(() => {})
  await guarded.author.create(author('after'))
  held.open()
  await expect(slow).rejects.toThrow()
  expect(await names(guarded)).toEqual(['after'])
})

test('a transaction that waited in vain for its start lets the others in', async () => {
  const transaction = await openTransaction(database.guarded)
  const impatient = database.guarded.$transaction((tx) => tx.author.create(author('never')), { maxWait: 20 })
  await expect(impatient).rejects.toThrow()
  await transaction.rollBack()
  await database.guarded.author.create(author('after'))
  expect(await names(database.guarded)).toEqual(['after'])
})

test('a COMMIT that fails leaves no transaction behind to swallow what comes next', async () => {
  const { guarded, unguarded: reader } = database
  await guarded.author.create(author('first'))
  await reader.$executeRawUnsafe('BEGIN')
  await reader.author.count() // a shared lock, under which nobody else can commit
  const blocked = guarded.$transaction((tx) => tx.author.create(author('blocked')))
  await expect(blocked).rejects.toThrow()
  await reader.$executeRawUnsafe('COMMIT')
  await guarded.author.create(author('after'))
  await expect(
    guarded.$transaction(async () => {
      throw new Error('roll back')
    }),
  ).rejects.toThrow('roll back')
  expect(await names(reader)).toEqual(['first', 'after'])
})

test('disconnecting rolls the open transaction back, and the client can be used again', async () => {
  const { guarded } = database
  const transaction = await openTransaction(guarded)
  const outside = guarded.author.count()
  await guarded.$disconnect()
  expect(await outside).toBe(0)
  await transaction.rollBack()
  await guarded.author.create(author('again'))
  expect(await names(guarded)).toEqual(['again'])
})

test('a client tells whether it is guarded, extended or in a transaction', async () => {
  const { guarded, unguarded } = database
  expect(isUnguardedBetterSqlite(unguarded)).toBe(true)
  expect(isUnguardedBetterSqlite(unguarded.$extends({ name: 'any' }))).toBe(true)
  await unguarded.$transaction(async (tx) => expect(isUnguardedBetterSqlite(tx)).toBe(true))
  expect(isUnguardedBetterSqlite(guarded)).toBe(false)
  expect(isUnguardedBetterSqlite({})).toBe(false)
})
