import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import { type EmptyDatabase, migratedDatabase, providers } from '../../test/databases.ts'
import type { PrismaClient } from '../../test/generated/sqlite/client.ts'
import { mixins } from '../mixins/mixins.ts'
import { createRepository } from '../repository/create-repository.ts'
import type { PrismaRepository } from '../repository/prisma-repository.ts'

const extend = (base: PrismaClient) => base.$extends(mixins({ author: { softDelete: true } }))
type Db = ReturnType<typeof extend>
type Order =
  | 'name'
  | '-name'
  | 'city'
  | '-city'
  | 'rating'
  | '-rating'
  | 'createdAt'
  | '-createdAt'
  | 'id'
  | '-id'

describe.each(providers)('on %s', (provider) => {
  let database: EmptyDatabase
  let base: PrismaClient
  let prisma: Db
  let authors: PrismaRepository<Db, 'author'>
  let statements = 0

  beforeAll(async () => {
    database = await migratedDatabase(provider)
    base = database.client()
    prisma = extend(
      base.$extends({
        query: {
          $allOperations: ({ args, query }) => {
            statements++
            return query(args)
          },
        },
      }) as never,
    )
    authors = createRepository(prisma, 'author')
  })
  beforeEach(async () => {
    await base.author.deleteMany()
  })
  afterAll(async () => {
    await base?.$disconnect()
    await database?.drop()
  })

  const seed = (count: number) =>
    base.author.createMany({
      data: Array.from({ length: count }, (_, i) => ({
        name: `n${i % 4}`,
        email: `e${i}`,
        city: i % 3 === 0 ? null : `c${i % 2}`,
        rating: i % 5 === 0 ? null : i % 3,
        createdAt: new Date(Date.UTC(2026, 0, 1, 0, 0, i % 3, i % 2)),
      })),
    })

  async function walk(
    orderBy: readonly Order[],
    perPage: number,
    between: (page: number) => Promise<unknown> = async () => {},
  ) {
    const seen: number[] = []
    let cursor: string | null = null
    for (let page = 0; page < 200; page++) {
      const result: { items: { id: number }[]; nextCursor: string | null } = await authors.cursorPaginate({
        cursor,
        perPage,
        orderBy,
      })
      seen.push(...result.items.map(({ id }) => id))
      if (!result.nextCursor) return seen
      cursor = result.nextCursor
      await between(page)
    }
    throw new Error('the walk does not end')
  }

  test('the pages together are the list, whatever the order, ties and nulls included', {
    timeout: 60_000,
  }, async () => {
    await seed(40)
    const field = fc.constantFrom<Order>(
      'name',
      '-name',
      'city',
      '-city',
      'rating',
      '-rating',
      'createdAt',
      '-createdAt',
    )
    const cases = fc.sample(
      fc.tuple(fc.uniqueArray(field, { maxLength: 3 }), fc.integer({ min: 1, max: 17 })),
      {
        numRuns: 25,
        seed: inject('seed') ?? 1,
      },
    )
    for (const [orderBy, perPage] of cases) {
      const list = (await authors.filter({}, { orderBy })).map(({ id }) => id)
      expect(await walk(orderBy, perPage), `${orderBy} by ${perPage}`).toEqual(list)
    }
  })

  test('backwards they are the same', async () => {
    await seed(10)
    const first = await authors.cursorPaginate({ perPage: 4, orderBy: ['rating', '-name'] })
    const second = await authors.cursorPaginate({
      perPage: 4,
      orderBy: ['rating', '-name'],
      cursor: first.nextCursor,
    })
    const third = await authors.cursorPaginate({
      perPage: 4,
      orderBy: ['rating', '-name'],
      cursor: second.nextCursor,
    })
    expect([first.hasPrev, first.prevCursor, third.hasNext, third.nextCursor]).toEqual([
      false,
      null,
      false,
      null,
    ])
    const back = await authors.cursorPaginate({
      perPage: 4,
      orderBy: ['rating', '-name'],
      cursor: third.prevCursor ?? null,
    })
    expect(back).toMatchObject({
      items: second.items.map(({ id }) => ({ id })),
      hasNext: true,
      hasPrev: true,
    })
    const start = await authors.cursorPaginate({
      perPage: 4,
      orderBy: ['rating', '-name'],
      cursor: back.prevCursor ?? null,
    })
    expect(start).toMatchObject({
      items: first.items.map(({ id }) => ({ id })),
      hasNext: true,
      hasPrev: false,
      prevCursor: null,
    })
  })

  test('rows that come and go meanwhile move no other', async () => {
    await seed(30)
    const before = (await authors.filter({}, { orderBy: 'name' })).map(({ id }) => id)
    const gone: number[] = []
    const seen = await walk(['name'], 4, async (page) => {
      await base.author.create({ data: { name: 'a', email: `new${page}` } })
      const victim = before[page * 4 + 3] as number // the row the cursor stands on
      gone.push(victim)
      await authors.delete(victim)
    })
    expect(seen).toEqual(before)
    expect(new Set(seen).size).toBe(30)
  })

  test('an empty list is one empty page, and the end of a list leads back', async () => {
    expect(await authors.cursorPaginate()).toEqual({
      items: [],
      perPage: 20,
      hasNext: false,
      hasPrev: false,
      nextCursor: null,
      prevCursor: null,
    })
    await seed(2)
    const { nextCursor } = await authors.cursorPaginate({ perPage: 1 })
    await base.author.deleteMany({ where: { email: 'e1' } })
    const end = await authors.cursorPaginate({ perPage: 1, cursor: nextCursor })
    expect(end).toMatchObject({ items: [], hasNext: false, hasPrev: true })
    expect((await authors.cursorPaginate({ perPage: 1, cursor: end.prevCursor ?? null })).items).toHaveLength(
      0,
    )
  })

  test('an empty cursor is the first page; select and include work', async () => {
    await seed(3)
    const page = await authors.cursorPaginate({ cursor: '', perPage: 2, select: { email: true } })
    expect(page.items).toEqual([{ email: 'e0' }, { email: 'e1' }])
  })

  test('a cursor of another list, or one that was changed, is refused before any query', async () => {
    await seed(5)
    const signed = createRepository(prisma, 'author', { cursorSecret: 's3cret' })
    for (const rows of [authors, signed]) {
      const request = { perPage: 2, orderBy: ['name'] as const, filter: { rating__gte: 0 } }
      const { nextCursor } = await rows.cursorPaginate(request)
      const cursor = nextCursor as string
      const before = statements
      const refused = { code: 'CURSOR_INVALID', kind: 'invalid' }
      await expect(rows.cursorPaginate({ ...request, cursor, orderBy: ['-name'] })).rejects.toMatchObject(
        refused,
      )
      await expect(
        rows.cursorPaginate({ ...request, cursor, filter: { rating__gte: 1 } }),
      ).rejects.toMatchObject(refused)
      for (let at = 0; at < cursor.length; at++) {
        const changed = cursor.slice(0, at) + (cursor[at] === 'A' ? 'B' : 'A') + cursor.slice(at + 1)
        await expect(rows.cursorPaginate({ ...request, cursor: changed })).rejects.toMatchObject(refused)
      }
      for (const wild of [
        'x',
        '.',
        'e30.e30',
        cursor.slice(1),
        `${cursor}=`,
        'NaN',
        '[]',
        ' '.repeat(5000),
      ]) {
        await expect(rows.cursorPaginate({ ...request, cursor: wild })).rejects.toMatchObject(refused)
      }
      expect(statements).toBe(before)
      await expect(
        (rows === authors ? signed : authors).cursorPaginate({ ...request, cursor }),
      ).rejects.toMatchObject(refused)
      expect((await rows.cursorPaginate({ ...request, cursor })).items.length).toBeGreaterThan(0)
    }
  })
})
