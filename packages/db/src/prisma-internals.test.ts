import { afterAll, expect, test } from 'vitest'
import { type EmptyDatabase, migratedDatabase } from '../test/databases.ts'
import { type HookCall, modelsOf, queryAs } from './prisma-internals.ts'

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

test('anything that is no Prisma 7 client is refused in plain words', () => {
  expect(() => modelsOf({})).toThrow(expect.objectContaining({ code: 'PRISMA_INTERNALS' }))
})

test('a Prisma that hands its hooks something else is refused in plain words', () => {
  const query = () => Promise.resolve()
  const call = { operation: 'delete', args: {}, query } as unknown as HookCall
  expect(() => queryAs('update', {}, call)).toThrow(expect.objectContaining({ code: 'PRISMA_INTERNALS' }))
})
