import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type EmptyDatabase, migratedDatabase, providers } from '../../test/databases.ts'
import type { PrismaClient } from '../../test/generated/sqlite/client.ts'
import { createUnitOfWork } from '../context/unit-of-work.ts'
import { mixins } from '../mixins/mixins.ts'
import { createRepository } from './create-repository.ts'
import { all, any, not } from './groups.ts'
import { PrismaRepository } from './prisma-repository.ts'

const extend = (base: PrismaClient) =>
  base.$extends(
    mixins({ author: { timestamps: true, softDelete: true }, book: { softDelete: { field: 'removedAt' } } }),
  )
type Db = ReturnType<typeof extend>

describe.each(providers)('on %s', (provider) => {
  let database: EmptyDatabase
  let base: PrismaClient
  let prisma: Db
  let authors: PrismaRepository<Db, 'author'>

  beforeAll(async () => {
    database = await migratedDatabase(provider)
    base = database.client()
    prisma = extend(base)
    authors = createRepository(prisma, 'author')
  })
  beforeEach(async () => {
    await base.book.deleteMany()
    await base.author.deleteMany()
    await base.reading.deleteMany()
  })
  afterAll(async () => {
    await base?.$disconnect()
    await database?.drop()
  })

  const create = (name: string, more: object = {}) =>
    authors.create({ name, email: `${name.toLowerCase()}@example.com`, ...more })
  const names = async (rows: Promise<{ name: string }[]>) => (await rows).map(({ name }) => name)

  describe('one row', () => {
    test('is created, read, changed and deleted', async () => {
      const ann = await create('Ann')
      expect(ann).toMatchObject({ name: 'Ann', city: null, deletedAt: null })
      expect(await authors.get(ann.id)).toEqual(ann)
      expect(await authors.getOrFail(ann.id)).toEqual(ann)
      expect(await authors.update(ann.id, { city: 'Bonn' })).toMatchObject({ name: 'Ann', city: 'Bonn' })
      expect(await authors.delete(ann.id)).toMatchObject({ id: ann.id })
      expect(await authors.get(ann.id)).toBeNull()
      expect(await authors.restore(ann.id)).toMatchObject({ id: ann.id, city: 'Bonn', deletedAt: null })
      expect(await authors.get(ann.id)).toMatchObject({ id: ann.id })
    })

    test('that is not there is null, or NOT_FOUND', async () => {
      expect(await authors.get(1_000_000)).toBeNull()
      const missing = { name: 'DbError', code: 'NOT_FOUND', kind: 'not_found', params: { model: 'Author' } }
      await expect(authors.getOrFail(1_000_000)).rejects.toMatchObject(missing)
      await expect(authors.update(1_000_000, { name: 'B' })).rejects.toMatchObject(missing)
      await expect(authors.delete(1_000_000)).rejects.toMatchObject(missing)
      await expect(authors.restore(1_000_000)).rejects.toMatchObject(missing)
    })

    test.each([0, -1, 1.5, Number.NaN, 2 ** 31, 2 ** 60, '1', undefined, true])(
      'a key the column cannot hold, %j, is not there',
      async (key) => {
        await create('Ann')
        expect(await authors.get(key as number)).toBeNull()
        await expect(authors.delete(key as number)).rejects.toMatchObject({ code: 'NOT_FOUND' })
        await expect(authors.update(key as number, { name: 'B' })).rejects.toMatchObject({
          code: 'NOT_FOUND',
        })
        expect(await authors.count()).toBe(1)
      },
    )

    test('can be read with less, or with more', async () => {
      const { id } = await create('Ann')
      await prisma.book.create({ data: { title: 'T', authorId: id } })
      expect(await authors.get(id, { select: { name: true } })).toEqual({ name: 'Ann' })
      expect(await authors.getOrFail(id, { include: { books: true } })).toMatchObject({
        books: [{ title: 'T' }],
      })
    })

    test('a live row cannot be restored', async () => {
      const { id } = await create('Ann')
      await expect(authors.restore(id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    })

    test('the same e-mail twice names the field', async () => {
      await create('Ann')
      await expect(create('Ann')).rejects.toMatchObject({
        code: 'UNIQUE_VIOLATION',
        kind: 'conflict',
        params: { model: 'Author', fields: ['email'] },
        issues: [{ path: ['email'], code: 'UNIQUE' }],
      })
    })

    test('the same pair twice names both fields, also under a table of another name', async () => {
      const { id: authorId } = await create('Ann')
      const books = createRepository(prisma, 'book')
      await books.create({ title: 'T', authorId })
      await expect(books.create({ title: 'T', authorId })).rejects.toMatchObject({
        code: 'UNIQUE_VIOLATION',
        params: { fields: ['authorId', 'title'] },
      })
    })

    test('a row that points nowhere is a conflict', async () => {
      const books = createRepository(prisma, 'book')
      await expect(books.create({ title: 'T', authorId: 1_000_000 })).rejects.toMatchObject({
        code: 'FOREIGN_KEY_VIOLATION',
        kind: 'conflict',
      })
    })

    test('unknown fields, managed fields and the key are refused before any query', async () => {
      const { id } = await create('Ann')
      await expect(create('Bob', { admin: true })).rejects.toMatchObject({
        code: 'UNKNOWN_FIELD',
        message: expect.stringContaining('"admin"'),
      })
      await expect(create('Bob', { createdAt: new Date(0) })).rejects.toMatchObject({ code: 'MANAGED_FIELD' })
      await expect(authors.update(id, { id: 2 } as never)).rejects.toMatchObject({ code: 'MANAGED_FIELD' })
      await expect(authors.update(id, { deletedAt: new Date() } as never)).rejects.toMatchObject({
        code: 'MANAGED_FIELD',
      })
      expect(await authors.count()).toBe(1)
    })
  })

  test.each([
    [{ rating: Number.NaN }, 'rating'],
    [{ rating: 1.5 }, 'rating'],
    [{ rating: 2 ** 31 }, 'rating'],
    [{ city: 'a\0b' }, 'city'],
    [{ city: '\ud800' }, 'city'],
    [{ city: 5 }, 'city'],
  ])('a value the column cannot hold, %j, is refused and not changed', async (data, field) => {
    const refused = { code: 'FIELD_VALUE', kind: 'invalid', issues: [{ path: [field], code: 'TYPE' }] }
    await expect(create('Ann', data)).rejects.toMatchObject(refused)
    const { id } = await create('Bob')
    await expect(authors.update(id, data as never)).rejects.toMatchObject(refused)
    await expect(authors.createMany([data as never])).rejects.toMatchObject(refused)
    expect(await authors.count()).toBe(1)
  })

  test('Prisma’s own operations are values, too', async () => {
    const { id } = await create('Ann', { rating: 1 })
    expect(await authors.update(id, { rating: { increment: 2 }, name: { set: 'B' } })).toMatchObject({
      rating: 3,
      name: 'B',
    })
  })

  describe('a filter', () => {
    beforeEach(async () => {
      await create('Ann', { city: 'Bonn', rating: 1 })
      await create('Anton', { rating: 3 })
      await create('Bea', { city: 'Aachen', rating: 5 })
    })

    test.each([
      [{}, ['Ann', 'Anton', 'Bea']],
      [{ name: 'Ann' }, ['Ann']],
      [{ name__eq: 'Ann' }, ['Ann']],
      [{ name__startswith: 'An' }, ['Ann', 'Anton']],
      [{ name__startswith: '' }, ['Ann', 'Anton', 'Bea']],
      [{ name__startswith: 'An', city: 'Bonn' }, ['Ann']],
      [{ city: null }, ['Anton']],
      [{ rating__gte: 3 }, ['Anton', 'Bea']],
      [{ rating__gt: 3 }, ['Bea']],
      [{ rating__lte: 3, rating__gte: 3 }, ['Anton']],
      [{ rating__lt: 3 }, ['Ann']],
      [{ rating__between: [1, 3] }, ['Ann', 'Anton']],
      [{ rating__between: [3, 1] }, []],
      [{ rating__in: [1, 5] }, ['Ann', 'Bea']],
      [{ rating__in: [] }, []],
      [{ createdAt__gte: new Date(0) }, ['Ann', 'Anton', 'Bea']],
      [{ createdAt__lte: new Date(0) }, []],
      [{ city__ne: 'Bonn' }, ['Anton', 'Bea']],
      [{ rating__not_in: [1, 3] }, ['Bea']],
      [{ city__in: ['Bonn', null] }, ['Ann', 'Anton']],
      [{ city__is_null: true }, ['Anton']],
      [{ city__is_null: false }, ['Ann', 'Bea']],
      [{ name__contains: 'nn' }, ['Ann']],
      [{ name__contains: 'NN' }, []],
      [{ name__icontains: 'NN' }, ['Ann']],
      [{ name__startswith: 'a' }, []],
      [{ name__startswith: '%' }, []],
      [{ name__like: '_n%' }, ['Ann', 'Anton']],
      [{ name__endswith: 'a' }, ['Bea']],
      [any({ city: 'Bonn' }, { rating__gte: 5 }), ['Ann', 'Bea']],
      [any(), []],
      [all(), ['Ann', 'Anton', 'Bea']],
      [not({ city: 'Bonn' }), ['Anton', 'Bea']],
      [not({ rating__gte: 3, city__is_null: true }), ['Ann', 'Bea']],
    ] as const)('%j gives %j', async (filter, expected) => {
      expect(await names(authors.filter(filter as never, { orderBy: 'name' }))).toEqual(expected)
      expect(await authors.count(filter as never)).toBe(expected.length)
      expect(await authors.exists(filter as never)).toBe(expected.length > 0)
      expect((await authors.first(filter as never, { orderBy: 'name' }))?.name).toBe(expected[0])
    })

    test.each([
      [
        { nme: 'Ann' },
        'UNKNOWN_FIELD',
        'its fields: id, name, email, city, rating, createdAt, updatedAt, deletedAt',
      ],
      [{ name__regex: 'A' }, 'UNKNOWN_LOOKUP', 'contains, icontains, startswith'],
      [{ rating__startswith: '1' }, 'UNKNOWN_LOOKUP', 'rating'],
      [{ books: {} }, 'UNKNOWN_LOOKUP', 'books'],
      [{ books__nope: 1 }, 'UNKNOWN_FIELD', 'nope'],
      [{ '~any': {} }, 'FILTER_VALUE', 'a list of filters'],
      [{ '~not': [] }, 'FILTER_VALUE', 'plain object'],
      [{ ['__proto__x']: 1 }, 'UNKNOWN_FIELD', '__proto__x'],
      [{ constructor: 1 }, 'UNKNOWN_FIELD', 'constructor'],
      [{ name: undefined }, 'FILTER_VALUE', 'name'],
      [{ name: { contains: 'A' } }, 'FILTER_VALUE', 'name'],
      [{ name: 'a\0b' }, 'FILTER_VALUE', 'NUL'],
      [{ name: '\ud800' }, 'FILTER_VALUE', 'surrogates'],
      [{ name__startswith: null }, 'FILTER_VALUE', 'name'],
      [{ rating: '1' }, 'FILTER_VALUE', 'rating'],
      [{ rating__gte: Number.NaN }, 'FILTER_VALUE', 'rating'],
      [{ rating__in: 1 }, 'FILTER_VALUE', 'a list of'],
      [{ rating__between: [1] }, 'FILTER_VALUE', 'a pair of'],
      [{ createdAt__gte: '2026-01-01' }, 'FILTER_VALUE', 'dates from year 1'],
      [{ createdAt__gte: new Date('never') }, 'FILTER_VALUE', 'dates from year 1'],
    ])('%o is refused with %s', async (filter, code, message) => {
      await expect(authors.filter(filter as never)).rejects.toMatchObject({
        code,
        message: expect.stringContaining(message),
      })
    })

    test('follows relations, to any depth, and does not find what is deleted', async () => {
      const { id } = (await authors.first({ name: 'Ann' })) as { id: number }
      const books = createRepository(prisma, 'book')
      const first = await books.create({ title: 'First 100%', authorId: id })
      await books.create({ title: 'Second', authorId: id })
      expect(await names(authors.filter({ books__title__contains: '100%' }))).toEqual(['Ann'])
      expect(await names(authors.filter({ books__author__name: 'Ann' }))).toEqual(['Ann'])
      expect(await names(authors.filter({ books__is_null: true }, { orderBy: 'name' }))).toEqual([
        'Anton',
        'Bea',
      ])
      expect(await books.count({ author__city: 'Bonn' })).toBe(2)
      expect(await books.count(not({ author__city: 'Bonn' }))).toBe(0)
      await books.delete(first.id)
      expect(await names(authors.filter({ books__title__contains: '100%' }))).toEqual([])
    })

    test('sorts by a related row, and nulls come first everywhere', async () => {
      const books = createRepository(prisma, 'book')
      for (const { id, name } of await authors.filter({}))
        await books.create({ title: `by ${name}`, authorId: id })
      const titles = async (orderBy: 'author__name' | '-author__name') =>
        (await books.filter({}, { orderBy })).map(({ title }) => title)
      expect(await titles('author__name')).toEqual(['by Ann', 'by Anton', 'by Bea'])
      expect(await titles('-author__name')).toEqual(['by Bea', 'by Anton', 'by Ann'])
      expect(await names(authors.filter({}, { orderBy: 'city' }))).toEqual(['Anton', 'Bea', 'Ann'])
      expect(await names(authors.filter({}, { orderBy: '-city' }))).toEqual(['Ann', 'Bea', 'Anton'])
    })

    test('changes and deletes what only SQL can find', async () => {
      expect(await authors.updateMany({ name__icontains: 'AN' }, { rating: 9 })).toBe(2)
      expect(await authors.deleteMany({ name__icontains: 'AN' })).toBe(2)
      expect(await names(authors.filter({}))).toEqual(['Bea'])
    })

    test('takes a list of forty thousand values', { timeout: 60_000 }, async () => {
      const ids = Array.from({ length: 40_000 }, (_, i) => i)
      const expected = (await authors.filter({})).filter(({ id }) => id < 40_000).length
      const outcome = await authors.count({ id__in: ids }).catch((error: { code: string }) => error.code)
      expect([expected, 'FILTER_VALUE']).toContain(outcome)
      if (outcome === 'FILTER_VALUE')
        expect(await authors.count({ id__in: ids.slice(0, 30_000) })).toBe(expected)
    })

    test('sorts by several fields in mixed directions, ties by the key', async () => {
      await create('Cid', { rating: 3 })
      expect(await names(authors.filter({}, { orderBy: ['-rating', 'name'] }))).toEqual([
        'Bea',
        'Anton',
        'Cid',
        'Ann',
      ])
      expect(await names(authors.filter({}, { orderBy: '-id' }))).toEqual(['Cid', 'Bea', 'Anton', 'Ann'])
      await expect(authors.filter({}, { orderBy: 'nope' as never })).rejects.toMatchObject({
        code: 'UNKNOWN_FIELD',
      })
      await expect(authors.filter({}, { orderBy: 'books' as never })).rejects.toMatchObject({
        code: 'UNKNOWN_FIELD',
      })
    })

    test('is cut by limit and offset', async () => {
      const list = (options: object) => names(authors.filter({}, { orderBy: 'name', ...options }))
      expect(await list({ limit: 2 })).toEqual(['Ann', 'Anton'])
      expect(await list({ limit: 2, offset: 2 })).toEqual(['Bea'])
      expect(await list({ offset: 1 })).toEqual(['Anton', 'Bea'])
      expect(await list({ limit: 0 })).toEqual([])
      expect(await list({ limit: 1_000_000, offset: 1_000_000 })).toEqual([])
      for (const bad of [{ limit: -1 }, { limit: 1.5 }, { offset: -1 }, { offset: Number.NaN }]) {
        await expect(list(bad)).rejects.toMatchObject({ code: 'PAGE_BOUNDS' })
      }
    })
  })

  describe('a page', () => {
    beforeEach(async () => {
      for (const name of ['A', 'B', 'C', 'D', 'E']) await create(name)
    })

    test('knows where it is', async () => {
      const { items, ...rest } = await authors.paginate({ page: 2, perPage: 2, orderBy: 'name' })
      expect(items.map(({ name }) => name)).toEqual(['C', 'D'])
      expect(rest).toEqual({ page: 2, perPage: 2, total: 5, totalPages: 3, hasNext: true, hasPrev: true })
    })

    test('is the first of twenty when nothing is asked', async () => {
      expect(await authors.paginate()).toMatchObject({
        page: 1,
        perPage: 20,
        total: 5,
        hasNext: false,
        hasPrev: false,
      })
    })

    test('past the end is empty, and an empty list has no page', async () => {
      expect(await authors.paginate({ page: 9, perPage: 2 })).toMatchObject({
        items: [],
        total: 5,
        hasNext: false,
      })
      expect(await authors.paginate({ page: 2 ** 40 })).toMatchObject({ items: [] })
      expect(await authors.paginate({ filter: { name: 'none' } })).toMatchObject({
        items: [],
        total: 0,
        totalPages: 0,
      })
    })

    test('has bounds', async () => {
      for (const bad of [
        { page: 0 },
        { page: -1 },
        { page: 1.5 },
        { perPage: 0 },
        { perPage: 101 },
        { page: 2 ** 53 },
      ]) {
        await expect(authors.paginate(bad)).rejects.toMatchObject({ code: 'PAGE_BOUNDS', kind: 'invalid' })
      }
      const few = createRepository(prisma, 'author', { maxPerPage: 2 })
      await expect(few.paginate({ perPage: 3 })).rejects.toMatchObject({ code: 'PAGE_BOUNDS' })
      expect(await few.paginate()).toMatchObject({ perPage: 2 })
    })
  })

  describe('many rows', () => {
    beforeEach(async () => {
      expect(await authors.createMany(['A', 'B', 'C'].map((name) => ({ name, email: name })))).toBe(3)
    })

    test('are created all or none', async () => {
      expect(await authors.createMany([])).toBe(0)
      const twins = [
        { name: 'D', email: 'd' },
        { name: 'E', email: 'A' },
      ]
      await expect(authors.createMany(twins)).rejects.toMatchObject({ code: 'UNIQUE_VIOLATION' })
      await expect(authors.createMany([{ name: 'D', email: 'd', nope: 1 } as never])).rejects.toMatchObject({
        code: 'UNKNOWN_FIELD',
      })
      expect(await authors.count()).toBe(3)
    })

    test('are changed and deleted by a filter', async () => {
      expect(await authors.updateMany({ name__in: ['A', 'B'] }, { city: 'Bonn' })).toBe(2)
      expect(await authors.count({ city: 'Bonn' })).toBe(2)
      expect(await authors.deleteMany({ city: 'Bonn' })).toBe(2)
      expect(await authors.deleteMany({ city: 'Bonn' })).toBe(0)
      expect(await authors.count()).toBe(1)
      expect(await base.author.count()).toBe(3)
    })

    test('are not all of them by accident', async () => {
      await expect(authors.updateMany({}, { city: 'x' })).rejects.toMatchObject({ code: 'FILTER_REQUIRED' })
      await expect(authors.deleteMany({})).rejects.toMatchObject({ code: 'FILTER_REQUIRED' })
      expect(await authors.updateMany({}, { city: 'x' }, { all: true })).toBe(3)
      expect(await authors.deleteMany({}, { all: true })).toBe(3)
    })
  })

  describe('in a unit of work', () => {
    test('it joins the transaction, over the unit of work and over the client', async () => {
      const uow = createUnitOfWork(prisma)
      const rows = createRepository(uow, 'author')
      await uow
        .run(async () => {
          await rows.create({ name: 'A', email: 'a' })
          await authors.create({ name: 'B', email: 'b' })
          expect([await rows.count(), await authors.count()]).toEqual([2, 2])
          throw new Error('no')
        })
        .catch(() => {})
      expect(await rows.count()).toBe(0)
    })

    test('it uses a client it is told to, its own queries included', async () => {
      class AuthorRepository extends PrismaRepository<Db, 'author'> {
        named(name: string) {
          return this.filter({ name })
        }
        raw() {
          return this.delegate.count()
        }
      }
      const own = new AuthorRepository(prisma, 'author')
      await prisma
        .$transaction(async (tx) => {
          const inside = own.using(tx)
          await inside.create({ name: 'A', email: 'a' })
          expect([(await inside.named('A')).length, await inside.raw()]).toEqual([1, 1])
          throw new Error('no')
        })
        .catch(() => {})
      expect(await own.count()).toBe(0)
    })
  })

  test('calls that Prisma leaves out, since another of their tick failed, fail as well', async () => {
    const plain = createRepository(base, 'author')
    const outcomes = await base.$transaction((tx) => {
      const inside = plain.using(tx)
      const [a, again, b] = ['a', 'a', 'b'].map((email) => inside.create({ name: 'A', email }))
      const reads = [inside.count(), inside.paginate(), inside.filter({}), inside.first()]
      const more = [inside.createMany([{ name: 'C', email: 'c' }]), inside.updateMany({ name: 'A' }, {})]
      return Promise.allSettled([a, again, b, ...reads, ...more])
    })
    const codes = outcomes.map((one) => (one.status === 'rejected' ? one.reason.code : one.status))
    expect(codes).toEqual(['fulfilled', 'UNIQUE_VIOLATION', ...Array(7).fill('DATABASE_ERROR')])
  })

  test('what an application’s own scope throws is thrown as it is, an error of Prisma’s too', async () => {
    const taken = { name: 'A', email: 'a' }
    await base.author.create({ data: taken })
    const own: unknown = await base.author.create({ data: taken }).catch((error) => error)
    const scoped = () => {
      throw own
    }
    const books = createRepository(base, 'book', { scoped })
    await expect(books.count()).rejects.toBe(own)
    expect(() => books.iterate({})).toThrow(own as Error)
  })

  test('a key may be text, and values of every type filter', async () => {
    const readings = createRepository(prisma, 'reading')
    const takenAt = new Date('2026-01-01T00:00:00.123Z')
    await readings.create({ id: 'a', takenAt, level: 1.5, serial: 2n ** 62n, price: '1.25', ok: true })
    expect(await readings.get('a')).toMatchObject({ serial: 2n ** 62n, takenAt })
    expect(
      await readings.count({
        takenAt,
        serial__gte: 2n ** 62n,
        level__lt: 2,
        ok: true,
        price__lte: '1.25' as never,
      }),
    ).toBe(1)
    expect(await readings.count({ takenAt__gt: takenAt })).toBe(0)
    expect(await readings.delete('a')).toMatchObject({ id: 'a' })
    await expect(readings.restore('a' as never)).rejects.toMatchObject({ code: 'MIXIN_CONFIG' })
  })

  test('queries of one’s own are methods of a subclass', async () => {
    class AuthorRepository extends PrismaRepository<Db, 'author'> {
      inCity(city: string) {
        return this.filter({ city })
      }
      cities() {
        return this.delegate.findMany({
          distinct: ['city'],
          select: { city: true },
          orderBy: { city: 'asc' },
        })
      }
    }
    const own = new AuthorRepository(prisma, 'author')
    await create('Ann', { city: 'Bonn' })
    await create('Bea', { city: 'Bonn' })
    expect(await own.inCity('Bonn')).toHaveLength(2)
    expect(await own.cities()).toEqual([{ city: 'Bonn' }])
  })
})

test('a model the client does not have is refused by name', async () => {
  const database = await migratedDatabase('sqlite')
  expect(() => createRepository(database.client(), 'auther' as never)).toThrow(
    'there are: author, book, reading, country, account, order',
  )
  await database.drop()
})
