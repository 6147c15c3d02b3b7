import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type EmptyDatabase, migratedDatabase, providers } from '../../../test/databases.ts'
import type { PrismaClient } from '../../../test/generated/sqlite/client.ts'
import { createUnitOfWork, type PrismaUnitOfWork } from '../../context/unit-of-work.ts'
import { mixins } from '../../mixins/mixins.ts'
import { createRepository } from '../create-repository.ts'
import type { Filter } from '../filter.ts'
import { not } from '../groups.ts'
import type { PrismaRepository } from '../prisma-repository.ts'

const extend = (base: PrismaClient) =>
  base.$extends(mixins({ author: { timestamps: true, softDelete: true }, account: { softDelete: true } }))
type Db = ReturnType<typeof extend>

describe.each(providers)('on %s', (provider) => {
  let database: EmptyDatabase
  let base: PrismaClient
  let uow: PrismaUnitOfWork<Db>
  let authors: PrismaRepository<Db, 'author'>
  let accounts: PrismaRepository<Db, 'account'>

  beforeAll(async () => {
    database = await migratedDatabase(provider)
    base = database.client()
    uow = createUnitOfWork(extend(base))
    authors = createRepository(uow, 'author')
    accounts = createRepository(uow, 'account')
  })
  beforeEach(async () => {
    await base.book.deleteMany()
    await base.author.deleteMany()
    await base.account.deleteMany()
  })
  afterAll(async () => {
    await base?.$disconnect()
    await database?.drop()
  })

  const row = (name: string) => ({ name, email: `${name}@example.com` })
  const seed = async (count: number) => {
    await authors.createMany(Array.from({ length: count }, (_, i) => ({ ...row(`n${i}`), rating: i })))
  }

  describe('get or create', () => {
    test('creates a row once, and returns it ever after', async () => {
      const first = await authors.getOrCreate({ email: 'ann@example.com' }, row('ann'))
      expect(first).toMatchObject({ created: true, row: { name: 'ann' } })
      const second = await authors.getOrCreate({ email: 'ann@example.com' }, { ...row('ann'), city: 'Bonn' })
      expect(second).toEqual({ created: false, row: first.row })
      const { row: selected } = await authors.getOrCreate({ email: 'ann@example.com' }, row('ann'), {
        select: { name: true },
      })
      expect(selected).toEqual({ name: 'ann' })
    })

    test('fills in the key, which data cannot contradict', async () => {
      const key = { tenantId_code: { tenantId: 7, code: 'a' } }
      const { row: account } = await accounts.getOrCreate(key, { balance: 3 } as never)
      expect(account).toMatchObject({ tenantId: 7, code: 'a', balance: 3 })
      const other = { tenantId: 7, code: 'b' }
      await expect(accounts.getOrCreate(key, other)).rejects.toMatchObject({
        code: 'FIELD_VALUE',
        params: { field: 'code' },
      })
    })

    test('of twenty callers at once, one creates', async () => {
      const calls = Array.from({ length: 20 }, () =>
        authors.getOrCreate({ email: 'ann@example.com' }, row('ann')),
      )
      const results = await Promise.all(calls)
      expect(results.filter(({ created }) => created)).toHaveLength(1)
      expect(new Set(results.map((result) => result.row.id)).size).toBe(1)
    })

    test('leaves the transaction usable when another value is taken', async () => {
      await authors.create(row('ann'))
      await uow.run(async () => {
        const taken = authors.getOrCreate({ id: 1_000_000 }, row('ann'))
        await expect(taken).rejects.toMatchObject({ code: 'UNIQUE_VIOLATION', params: { fields: ['email'] } })
        await authors.create(row('bob'))
      })
      expect(await authors.count()).toBe(2)
    })

    test('does not find a deleted row, whose values are still taken', async () => {
      const { id } = await authors.create(row('ann'))
      await authors.delete(id)
      await expect(authors.getOrCreate({ email: 'ann@example.com' }, row('ann'))).rejects.toMatchObject({
        code: 'UNIQUE_VIOLATION',
      })
    })
  })

  describe('upsert', () => {
    test('creates a row, or changes the one that is there', async () => {
      const data = { create: row('ann'), update: { city: 'Bonn' } }
      const created = await authors.upsert({ email: 'ann@example.com' }, data)
      expect(created).toMatchObject({ name: 'ann', city: null })
      const changed = await authors.upsert({ email: 'ann@example.com' }, data)
      expect(changed).toMatchObject({ id: created.id, city: 'Bonn' })
    })

    test('of twenty callers at once, none fails', async () => {
      const results = await Promise.all(
        Array.from({ length: 20 }, (_, i) =>
          accounts.upsert(
            { tenantId_code: { tenantId: 1, code: 'a' } },
            { create: { tenantId: 1, code: 'a' }, update: { balance: i } },
          ),
        ),
      )
      expect(new Set(results.map(({ id }) => id)).size).toBe(1)
      expect(await accounts.count()).toBe(1)
    })

    test.each([
      [{ email: 'x', name: 'y' }],
      [{ name: 'x' }],
      [{}],
      [{ email: 'x', OR: [{}] }],
      [{ tenantId_code: { tenantId: 1 } }],
    ])('takes no filter for a key: %j', async (key) => {
      const repository = ('tenantId_code' in key ? accounts : authors) as typeof authors
      const data = { create: row('x'), update: {} }
      await expect(repository.upsert(key as never, data as never)).rejects.toMatchObject({
        code: 'UNKNOWN_FIELD',
        message: expect.stringContaining('A key of'),
      })
    })

    test.each([{ email: { contains: 'x' } }, { email: null }, { id: '1' }])(
      'takes no operator for a value: %j',
      async (key) => {
        const data = { create: row('x'), update: {} }
        await expect(authors.upsert(key as never, data)).rejects.toMatchObject({ code: 'FIELD_VALUE' })
        expect(await authors.count()).toBe(0)
      },
    )
  })

  test.each([{ id: { not: 0 } }, { id: { in: [1] } }, { email: { contains: '' } }])(
    'no operator passes for a key: get(%j)',
    async (key) => {
      await seed(1)
      expect(await authors.get(key as never)).toBeNull()
      await expect(authors.update(key as never, { city: 'x' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    },
  )
  test.each([{ id: 1, name: { contains: '' } }, { OR: [{ name: 'x' }] }, {}, { nope: 1 }])(
    'nor anything beside it: get(%j)',
    async (key) => {
      await expect(authors.get(key as never)).rejects.toMatchObject({ code: 'UNKNOWN_FIELD' })
    },
  )

  describe('increment', () => {
    test('adds in the database, so that nothing is lost', async () => {
      const { id } = await accounts.create({ tenantId: 1, code: 'a', balance: 5 })
      await Promise.all(Array.from({ length: 20 }, () => accounts.increment(id, { balance: 1 })))
      expect(await accounts.increment(id, { balance: -3 }, { select: { balance: true } })).toEqual({
        balance: 22,
      })
      expect((await accounts.increment(id, {})).balance).toBe(22)
    })

    test('leaves null null, and needs a number', async () => {
      const { id } = await authors.create(row('ann'))
      expect((await authors.increment(id, { rating: 1 })).rating).toBeNull()
      for (const wrong of [
        { rating: '1' },
        { rating: 1.5 },
        { rating: Number.NaN },
        { name: 1 },
        { nope: 1 },
      ]) {
        await expect(authors.increment(id, wrong as never)).rejects.toMatchObject({ code: 'FIELD_VALUE' })
      }
      await expect(authors.increment(1_000_000, { rating: 1 })).rejects.toMatchObject({ code: 'NOT_FOUND' })
      await expect(authors.increment(id, { id: 1 } as never)).rejects.toMatchObject({ code: 'MANAGED_FIELD' })
    })
  })

  describe('iterate', () => {
    test.each([1, 2, 7, 500])('walks over every row once, %i at a time', async (batchSize) => {
      await seed(15)
      const seen: number[] = []
      for await (const { rating } of authors.iterate({ rating__gte: 2 }, { orderBy: '-rating', batchSize })) {
        seen.push(rating as number)
      }
      expect(seen).toEqual(Array.from({ length: 13 }, (_, i) => 14 - i))
    })

    test('goes on over rows that come and go, and stops when told to', async () => {
      await seed(6)
      const seen: string[] = []
      for await (const { name } of authors.iterate(
        {},
        { orderBy: 'name', batchSize: 2, select: { name: true } },
      )) {
        if (seen.length === 0) {
          await base.author.deleteMany({ where: { name: 'n3' } })
          await authors.create(row('n31'))
        }
        seen.push(name)
        if (seen.length === 5) break
      }
      expect(seen).toEqual(['n0', 'n1', 'n2', 'n31', 'n4'])
    })

    test('checks what it is asked for at once', () => {
      expect(() => authors.iterate({ nope: 1 } as never)).toThrow(
        expect.objectContaining({ code: 'UNKNOWN_FIELD' }),
      )
      for (const batchSize of [0, -1, 501, 1.5]) {
        expect(() => authors.iterate({}, { batchSize })).toThrow(
          expect.objectContaining({ code: 'PAGE_BOUNDS' }),
        )
      }
    })
  })

  describe('aggregate', () => {
    const functions = {
      _count: true,
      _sum: { rating: true },
      _avg: { rating: true },
      _max: { name: true },
    } as const

    test('calculates over the rows of a filter, also of one that only SQL can say', async () => {
      await seed(4)
      const expected = { _count: 2, _sum: { rating: 5 }, _avg: { rating: 2.5 }, _max: { name: 'n3' } }
      expect(await authors.aggregate({ rating__gte: 2 }, functions)).toEqual(expected)
      expect(await authors.aggregate(not({ name__contains: '0', rating__lt: 2 }), { _count: true })).toEqual({
        _count: 3,
      })
      expect(await authors.aggregate({ name__icontains: 'N', rating__gte: 2 }, functions)).toEqual(expected)
    })

    test('calculates over more rows than one statement can name', async () => {
      await seed(1200)
      const all = {
        _count: { _all: true, rating: true, city: true },
        _sum: { rating: true, id: true },
        _avg: { rating: true },
        _min: { name: true, createdAt: true, city: true },
        _max: { name: true, rating: true },
      } as const
      await base.author.updateMany({ where: { rating: { lt: 10 } }, data: { rating: null } })
      const expected = await base.author.aggregate(all)
      expect(await authors.aggregate({ name__icontains: 'N' }, all)).toEqual(expected)
      expect(await authors.aggregate({ name__icontains: 'N' }, { _count: true })).toEqual({ _count: 1200 })
    })

    test('of no row is nothing, and knows only Prisma’s functions', async () => {
      const nothing = { _count: 0, _sum: { rating: null }, _avg: { rating: null }, _max: { name: null } }
      expect(await authors.aggregate({}, functions)).toEqual(nothing)
      expect(await authors.aggregate({ name__contains: '%' }, functions)).toEqual(nothing)
      await expect(authors.aggregate({}, { where: {} } as never)).rejects.toMatchObject({
        code: 'UNKNOWN_FIELD',
        message: expect.stringContaining('_count, _sum, _avg, _min, _max'),
      })
    })
  })

  test('many rows are created and returned', async () => {
    expect(await authors.createManyAndReturn([])).toEqual([])
    const rows = await authors.createManyAndReturn([row('a'), row('b')])
    expect(rows.map(({ name }) => name)).toEqual(['a', 'b'])
    expect(rows[0]?.createdAt).toBeInstanceOf(Date)
    await expect(authors.createManyAndReturn([row('c'), row('a')])).rejects.toMatchObject({
      code: 'UNIQUE_VIOLATION',
    })
    expect(await authors.count()).toBe(2)
    await uow.run(async () => {
      expect(await authors.createManyAndReturn([row('d')])).toHaveLength(1)
    })
  })

  test('rows that were written can be read with less, or with more', async () => {
    const select = { name: true } as const
    const ann = await authors.create(row('ann'), { include: { books: true } })
    expect(ann.books).toEqual([])
    expect(await authors.update(ann.id, { city: 'Bonn' }, { select })).toEqual({ name: 'ann' })
    expect(await authors.delete(ann.id, { select })).toEqual({ name: 'ann' })
    expect(await authors.restore(ann.id, { select })).toEqual({ name: 'ann' })
    expect(await authors.forceDelete(ann.id, { select })).toEqual({ name: 'ann' })
    expect(await base.author.count()).toBe(0)
  })

  test('deleted rows are seen when they are asked for, and removed for good', async () => {
    await seed(3)
    const [first, second] = await authors.filter({}, { orderBy: 'name' })
    await authors.delete((first as { id: number }).id)
    const sees = async (rows: typeof authors) => [
      await rows.count(),
      await rows.count({ name__contains: 'n' }),
      (await rows.filter({ name__contains: 'n' })).length,
      (await rows.cursorPaginate()).items.length,
      (await rows.get((first as { id: number }).id)) !== null,
      (await rows.get((second as { id: number }).id)) !== null,
    ]
    expect(await sees(authors)).toEqual([2, 2, 2, 2, false, true])
    expect(await sees(authors.withDeleted())).toEqual([3, 3, 3, 3, true, true])
    expect(await sees(authors.onlyDeleted())).toEqual([1, 1, 1, 1, true, false])
    expect(await authors.onlyDeleted().updateMany({}, { city: 'x' }, { all: true })).toBe(1)
    await expect(authors.withDeleted().delete((first as { id: number }).id)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    await authors.forceDelete((first as { id: number }).id)
    await authors.forceDelete((second as { id: number }).id)
    expect(await base.author.count()).toBe(1)
    const books = createRepository(extend(base), 'book') as never as typeof authors
    expect(() => books.withDeleted()).toThrow(expect.objectContaining({ code: 'MIXIN_CONFIG' }))
    await expect(books.forceDelete(1)).rejects.toMatchObject({ code: 'MIXIN_CONFIG' })
  })

  test('rows deleted long ago are purged, live ones never', async () => {
    await seed(4)
    const all = await authors.filter({}, { orderBy: 'name' })
    for (const { id } of all.slice(0, 3)) await authors.delete(id)
    await base.author.update({ where: { id: all[0]?.id ?? 0 }, data: { deletedAt: new Date(1000) } })
    await base.author.update({ where: { id: all[3]?.id ?? 0 }, data: { createdAt: new Date(1000) } })
    expect(await authors.purge({ olderThan: new Date(2000) })).toBe(1)
    expect(await authors.withDeleted().count()).toBe(3)
    expect(await authors.purge({ olderThan: new Date(1000) })).toBe(0)
    for (const olderThan of [undefined, new Date('never'), 5, '2026-01-01']) {
      await expect(authors.purge({ olderThan } as never)).rejects.toMatchObject({ code: 'FIELD_VALUE' })
    }
    expect(await authors.withDeleted().count()).toBe(3)
  })

  describe('a page nobody counts', () => {
    test('knows whether there is a next one', async () => {
      await seed(5)
      const page = (number: number) =>
        authors.paginate({ page: number, perPage: 2, orderBy: 'name', count: false })
      const { items, ...rest } = await page(2)
      expect(items.map(({ name }) => name)).toEqual(['n2', 'n3'])
      expect(rest).toEqual({ page: 2, perPage: 2, hasNext: true, hasPrev: true })
      expect(await page(3)).toMatchObject({ hasNext: false, hasPrev: true })
      expect(await page(9)).toEqual({ items: [], page: 9, perPage: 2, hasNext: false, hasPrev: true })
    })
  })

  describe('Prisma’s own where', () => {
    const where = { OR: [{ rating: { gte: 6 } }, { rating: 2 }] }
    // The second needs SQL of its own on SQLite, the third everywhere.
    test.each<Filter<Db, 'author'>>([{}, { name__contains: 'n' }, { name__icontains: 'N' }])(
      'is AND-ed to %j',
      async (filter) => {
        await seed(9)
        const names = (rows: { name: string }[]) => rows.map(({ name }) => name)
        expect(names(await authors.filter(filter, { where, orderBy: 'name' }))).toEqual([
          'n2',
          'n6',
          'n7',
          'n8',
        ])
        expect(names(await authors.filter(filter, { where, orderBy: '-name', limit: 2, offset: 1 }))).toEqual(
          ['n7', 'n6'],
        )
        expect(await authors.first(filter, { where, orderBy: '-rating' })).toMatchObject({ name: 'n8' })
        expect(await authors.count(filter, { where })).toBe(4)
        expect(await authors.exists(filter, { where: { name: 'none' } })).toBe(false)
        const page = await authors.paginate({ filter, where, orderBy: 'name', page: 2, perPage: 3 })
        expect([names(page.items), page.total]).toEqual([['n8'], 4])
        const first = await authors.cursorPaginate({ filter, where, orderBy: 'name', perPage: 3 })
        expect([names(first.items), first.hasNext]).toEqual([['n2', 'n6', 'n7'], true])
        const next = { filter, where, orderBy: 'name', perPage: 3, cursor: first.nextCursor } as const
        expect(await authors.cursorPaginate(next)).toMatchObject({ items: [{ name: 'n8' }], hasNext: false })
        await expect(authors.cursorPaginate({ ...next, where: {} })).rejects.toMatchObject({
          code: 'CURSOR_INVALID',
        })
        const seen: string[] = []
        for await (const { name } of authors.iterate(filter, { where, batchSize: 2 })) seen.push(name)
        expect(seen).toEqual(['n2', 'n6', 'n7', 'n8'])
      },
    )

    test('may match rows far apart', { timeout: 30_000 }, async () => {
      await seed(1200)
      const far = { rating: { in: [3, 900, 1199] } }
      const page = await authors.cursorPaginate({ filter: { name__contains: 'n' }, where: far, perPage: 2 })
      expect(page.items.map(({ rating }) => rating)).toEqual([3, 900])
      expect(page.hasNext).toBe(true)
      expect(await authors.count({ name__contains: 'n' }, { where: far })).toBe(3)
    })
  })

  test('more rows than one statement can name are changed and deleted, all or none', async () => {
    await seed(1200)
    expect(await authors.updateMany({ name__icontains: 'N' }, { city: 'x' })).toBe(1200)
    expect(await authors.count({ city: 'x' })).toBe(1200)
    const { id } = await authors.getOrFail((await authors.first({ name: 'n1100' }))?.id ?? 0)
    await base.book.create({ data: { title: 'T', authorId: id } })
    const plain = createRepository(base, 'author')
    await expect(plain.deleteMany({ name__icontains: 'N' })).rejects.toMatchObject({
      code: 'FOREIGN_KEY_VIOLATION',
    })
    expect(await authors.count()).toBe(1200)
    expect(await authors.deleteMany({ name__icontains: 'N' })).toBe(1200)
  })

  describe('options', () => {
    test('narrow what may be written', async () => {
      const narrow = createRepository(uow, 'author', {
        writable: { create: ['name', 'email'], update: ['city'] },
        nestedWrites: ['books'],
      })
      const refused = { code: 'FIELD_NOT_WRITABLE', kind: 'invalid', issues: [{ path: ['rating'] }] }
      const ann = await narrow.create({ ...row('ann'), books: { create: { title: 'T' } } })
      await expect(narrow.create({ ...row('bob'), rating: 1 } as never)).rejects.toMatchObject(refused)
      await expect(narrow.createMany([{ ...row('bob'), rating: 1 } as never])).rejects.toMatchObject(refused)
      await expect(narrow.update(ann.id, { rating: 1 } as never)).rejects.toMatchObject(refused)
      await expect(narrow.updateMany({ name: 'ann' }, { rating: 1 } as never)).rejects.toMatchObject(refused)
      await expect(narrow.increment(ann.id, { rating: 1 })).rejects.toMatchObject(refused)
      expect(await narrow.update(ann.id, { city: 'Bonn' })).toMatchObject({ city: 'Bonn', rating: null })
      const nobody = createRepository(uow, 'author', { writable: { create: [], update: [] } })
      await expect(nobody.create(row('cid') as never)).rejects.toMatchObject({ code: 'FIELD_NOT_WRITABLE' })
    })

    test('nothing is written over a relation that is not named', async () => {
      const { id } = await authors.create(row('ann'))
      const books = { create: { title: 'T' } }
      const refused = { code: 'FIELD_NOT_WRITABLE', params: { field: 'books' } }
      await expect(authors.create({ ...row('bob'), books } as never)).rejects.toMatchObject(refused)
      await expect(authors.update(id, { books } as never)).rejects.toMatchObject(refused)
      expect(await base.book.count()).toBe(0)
    })

    test.each([
      [{ maxPerPage: 0 }, '"maxPerPage"'],
      [{ maxPerPage: 1.5 }, '"maxPerPage"'],
      [{ cursorSecret: '' }, '"cursorSecret" is empty'],
      [{ writable: { create: ['nope'] } }, '"nope"'],
      [{ writable: { update: ['books'] } }, '"books"'],
      [{ writable: { delete: [] } }, 'create, update'],
      [{ nestedWrites: ['name'] }, '"name"'],
      [{ scoped: { tenantId: 1 } }, '"scoped" is a function'],
      [{ maxPerPages: 5 }, '"maxPerPages"'],
    ])('are checked at the start: %j', (options, message) => {
      expect(() => createRepository(uow, 'author', options as never)).toThrow(
        expect.objectContaining({ code: 'REPOSITORY_OPTIONS', message: expect.stringContaining(message) }),
      )
    })
  })
})
