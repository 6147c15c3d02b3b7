import { AnyNull, JsonNull, skip } from '@prisma/client/runtime/client'
import { afterAll, expect, test } from 'vitest'
import { type EmptyDatabase, migratedDatabase } from '../test/databases.ts'
import { Prisma, PrismaClient } from '../test/generated/sqlite/client.ts'
import { ambientOf, extendAmbient } from './context/ambient.ts'
import {
  dbNull,
  executeBeside,
  fluentPath,
  type HookCall,
  isDbNull,
  isHooked,
  isPendingCall,
  isSkip,
  modelsOf,
  omittedOf,
  type PendingCall,
  queryAs,
  queryBeside,
  queryOn,
  queryWhole,
} from './prisma-internals.ts'

const database: EmptyDatabase = await migratedDatabase('sqlite')
const base = database.client()
afterAll(async () => {
  await base.$disconnect()
  await database.drop()
})

test('a client knows its models, their fields and their types', () => {
  const models = modelsOf(base)
  expect([...models.keys()]).toEqual(['author', 'book', 'reading', 'country', 'account', 'order'])
  expect(models.get('book')?.name).toBe('Book')
  expect(models.get('book')?.fields.get('authorId')).toMatchObject({ kind: 'scalar', type: 'Int' })
  expect(models.get('book')?.fields.get('author')).toMatchObject({ kind: 'object', type: 'Author' })
})

test('so does an extended client, and the client of a transaction', async () => {
  const extended = base.$extends({ name: 'any' })
  expect([...modelsOf(extended).keys()]).toEqual(['author', 'book', 'reading', 'country', 'account', 'order'])
  await extended.$transaction(async (tx) => {
    expect([...modelsOf(tx).keys()]).toEqual(['author', 'book', 'reading', 'country', 'account', 'order'])
  })
})

test('a client tells which operations its extensions hook; where it hides them, any may be', async () => {
  const hooked = base
    .$extends({ query: { book: { count: ({ args, query }) => query(args) } } })
    .$extends({ name: 'any' })
  const asked = (client: object) => ['author', 'book'].map((model) => isHooked(client, model, 'count'))
  expect(asked(base)).toEqual([false, false])
  expect(asked(hooked)).toEqual([false, true])
  await hooked.$transaction(async (tx) => expect(asked(tx)).toEqual([false, true]))
  for (const other of [{}, { _extensions: {} }]) expect(asked(other)).toEqual([true, true])
})

test('a query hook receives the operation to replace, under these names', async () => {
  const seen: HookCall['__internalParams'][] = []
  const hooked = base.$extends({
    query: {
      author: {
        $allOperations(call) {
          const { __internalParams } = call as unknown as HookCall
          seen.push(__internalParams)
          return call.query(call.args)
        },
      },
    },
  })
  await hooked.author.count()
  await hooked.$transaction((tx) => tx.author.findMany())
  expect(seen).toMatchObject([
    { action: 'count', clientMethod: 'author.count' },
    { action: 'findMany', clientMethod: 'author.findMany' },
  ])
})

test('it tells where a fluent call leads, and can make another query, whatever the model', async () => {
  const seen: unknown[] = []
  const hooked = base.$extends({
    query: {
      author: {
        async $allOperations(call) {
          const hookCall = call as unknown as HookCall
          seen.push(hookCall.model, fluentPath(hookCall))
          if (seen.length > 2) return queryWhole(hookCall.args ?? {}, hookCall)
          await queryBeside(
            { model: 'Book', operation: 'updateMany', args: { data: { title: 'Z' } } },
            hookCall,
          )
          return queryBeside({ model: 'Book', operation: 'findMany', args: {} }, hookCall)
        },
      },
    },
  })
  const at = new Date()
  const books = { create: { title: 'A', changed: at } }
  await base.author.create({ data: { name: 'A', email: 'a', updatedAt: at, books } })
  expect(await hooked.author.findUnique({ where: { email: 'a' } })).toMatchObject([{ title: 'Z' }])
  expect(await hooked.author.findUnique({ where: { email: 'a' } }).books()).toMatchObject({
    books: [{ title: 'Z' }],
  })
  expect(seen).toEqual(['Author', [], 'Author', ['books']])
  await expect(
    hooked.$transaction(async (tx) => {
      seen.length = 0
      await tx.author.findFirst()
      throw new Error('no')
    }),
  ).rejects.toThrow('no')
})

test('a call that nobody has awaited can be sent in a transaction', async () => {
  const call = base.author.create({ data: { name: 'P', email: 'pending', updatedAt: new Date() } })
  expect([call, base.author.count(), base.$queryRaw`select 1`].every(isPendingCall)).toBe(true)
  expect([base.author, Promise.resolve(), null, 'a'].some(isPendingCall)).toBe(false)
  const extended = extendAmbient(base as never) as unknown as PrismaClient
  const pending = extended.author.create({ data: { name: 'P', email: 'pending', updatedAt: new Date() } })
  const rolledBack = extended.$transaction(async (tx) => {
    const handle = await ambientOf(extended).handleOf(tx as never)
    await (pending as unknown as PendingCall).requestTransaction(handle as never)
    expect(await tx.author.count({ where: { email: 'pending' } })).toBe(1)
    throw new Error('no')
  })
  await expect(rolledBack).rejects.toThrow('no')
  expect(await base.author.count({ where: { email: 'pending' } })).toBe(0)
})

test('Prisma.skip is told from every other argument', () => {
  expect(isSkip(skip)).toBe(true)
  for (const other of [{}, [], Object.create(null), new Date(), { a: skip }]) {
    expect(isSkip(other)).toBe(false)
  }
})

test('the NULL of a JSON column is the one of every client, and is no skip', () => {
  expect(dbNull).toBe(Prisma.DbNull)
  expect(isDbNull(Prisma.DbNull)).toBe(true)
  for (const other of [JsonNull, AnyNull, Prisma.JsonNull, null, 'x', {}]) expect(isDbNull(other)).toBe(false)
  for (const other of [dbNull, JsonNull, AnyNull]) expect(isSkip(other as object)).toBe(false)
})

test('SQL can be run in the transaction of a query, past all hooks', async () => {
  const seen: unknown[] = []
  const logged = base.$extends({
    query: {
      $allOperations({ operation, args, query }) {
        seen.push(operation)
        return query(args)
      },
    },
  })
  const rename = { sql: 'UPDATE "Author" SET name = ? WHERE email = ?', values: ['Zoe', 'zoe'] }
  const hooked = logged.$extends({
    query: {
      author: {
        async $allOperations(call) {
          seen.push(await executeBeside(logged, rename, call as unknown as HookCall))
          return call.query(call.args)
        },
      },
    },
  })
  await base.author.create({ data: { name: 'Ann', email: 'zoe' } })
  const where = { email: 'zoe' }
  await expect(
    hooked.$transaction(async (tx) => {
      expect(await tx.author.findUnique({ where })).toMatchObject({ name: 'Zoe' })
      throw new Error('no')
    }),
  ).rejects.toThrow('no')
  expect(await base.author.findUnique({ where })).toMatchObject({ name: 'Ann' })
  expect(seen).toEqual(['findUnique', 1])
  const call = { __internalParams: {} } as unknown as HookCall
  expect(() => executeBeside({}, rename, call)).toThrow(expect.objectContaining({ code: 'PRISMA_INTERNALS' }))
})

test('a client knows what it leaves out of every result, and so do its extensions', () => {
  const omitting = new PrismaClient({
    adapter: database.adapter(),
    omit: { author: { email: true, city: false }, book: {} },
  })
  for (const client of [omitting, omitting.$extends({ name: 'any' })]) {
    expect(omittedOf(client).get('Author')).toEqual(new Set(['email']))
    expect(omittedOf(client).get('Book')).toEqual(new Set())
  }
  expect(omittedOf(base).get('Author')).toEqual(new Set())
})

test('a query hook receives what another client needs to make the same call', async () => {
  const other = database.client()
  const hooked = base.$extends({
    query: { $allOperations: (call) => queryOn(other, call as unknown as HookCall) },
  })
  const author = await base.author.create({ data: { name: 'Ann', email: 'ann@example.com' } })
  const book = await base.book.create({ data: { title: 'First', authorId: author.id } })
  const where = { id: book.id }
  expect(await hooked.book.findUnique({ where })).toEqual(book)
  expect(await hooked.book.findUnique({ where }).author()).toEqual(author)
  expect(await hooked.book.findUnique({ where }).author().books()).toEqual([book])
  expect(await hooked.book.findUnique({ where: { id: -1 } }).author()).toBe(null)
  expect(await hooked.book.count({ select: { _all: true }, where })).toEqual({ _all: 1 })
  const row = [{ name: 'Ann' }]
  expect(await hooked.$queryRaw`SELECT name FROM "Author" WHERE id = ${author.id}`).toEqual(row)
  expect(await hooked.$queryRawUnsafe('SELECT name FROM "Author" WHERE id = ?', author.id)).toEqual(row)
  await other.$disconnect()
})

test('anything that is no Prisma 7 client is refused in plain words', () => {
  expect(() => modelsOf({})).toThrow(expect.objectContaining({ code: 'PRISMA_INTERNALS' }))
})

test('a Prisma that hands its hooks no path is refused in plain words', () => {
  const call = { __internalParams: { dataPath: ['books'] } } as unknown as HookCall
  expect(() => fluentPath(call)).toThrow(expect.objectContaining({ code: 'PRISMA_INTERNALS' }))
})

test('a Prisma that hands its hooks something else is refused in plain words', () => {
  const query = () => Promise.resolve()
  const call = { operation: 'delete', args: {}, query } as unknown as HookCall
  expect(() => queryAs('update', {}, call)).toThrow(expect.objectContaining({ code: 'PRISMA_INTERNALS' }))
})
