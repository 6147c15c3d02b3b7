import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { providers } from '../../../test/databases.ts'
import { blogDatabase, extendBlog } from '../../../test/slugs/databases.ts'
import { createUnitOfWork } from '../../context/unit-of-work.ts'
import { isRetryable } from '../../database-errors/translate-database-error.ts'
import { createRepository } from '../../repository/create-repository.ts'

const news = { title: 'News' }

describe.each(providers)('on %s', async (provider) => {
  const blog = await blogDatabase(provider)
  const base = blog.client()
  const rival = { writes: 0, statements: 0, deadlocks: 0 }
  /** Between the look for a free slug and the write, a rival takes the slug that was found. */
  const prisma = extendBlog(base).$extends({
    query: {
      async $allOperations({ operation, args, query }) {
        if (!/^(?:create|upsert)/.test(operation)) return query(args)
        rival.statements++
        if (rival.deadlocks-- > 0) {
          throw Object.assign(new Error('deadlock'), { name: 'PrismaClientKnownRequestError', code: 'P2034' })
        }
        if (rival.writes-- > 0) {
          const slugs = [...JSON.stringify(args).matchAll(/"slug":"([^"]+)"/g)].map(([, slug = '']) => slug)
          await base.post.create({ data: { title: 'Rival', slug: slugs.at(-1) as string } })
        }
        return query(args)
      },
    },
  })
  const uow = createUnitOfWork(prisma)
  const posts = createRepository(uow, 'post')

  beforeEach(async () => {
    await base.post.deleteMany()
    await base.writer.deleteMany()
    rival.writes = 0
    rival.statements = 0
    rival.deadlocks = 0
  })
  afterAll(async () => {
    await base.$disconnect()
    await blog.drop()
  })

  const own = () => base.post.findMany({ where: { title: { not: 'Rival' } }, orderBy: { id: 'asc' } })

  /** SQLite has one writer: nobody can write while a transaction is open. */
  const ways: [
    string,
    <T>(work: (client: Pick<typeof prisma, 'post' | 'writer'>) => Promise<T>) => Promise<T>,
  ][] = [
    ['a call of its own', (work) => work(prisma)],
    ...(provider === 'sqlite'
      ? []
      : ([
          ['uow.run', (work) => uow.run(() => work(prisma))],
          ['a savepoint', (work) => uow.run(() => uow.savepoint(() => work(prisma)))],
          ['$transaction', (work) => prisma.$transaction((tx) => work(tx))],
          [
            'a nested $transaction',
            (work) => prisma.$transaction((tx) => tx.$transaction((inner) => work(inner))),
          ],
        ] as typeof ways)),
  ]

  /** Of two slugs, when the second was taken. A snapshot does not show which it was. */
  const replaced = (way: string) =>
    provider === 'mysql' && way !== 'a call of its own' ? ['other-2', 'news-2'] : ['other', 'news-2']

  describe.each(ways)('a slug that is taken at the last moment, in %s', (way, within) => {
    test('is replaced by the next number', async () => {
      rival.writes = 1
      const post = await within(({ post }) => post.create({ data: news }))
      expect(post).toMatchObject({ slug: 'news-2' })
      expect(rival.statements).toBe(2)
    })

    test('and once more, by a random one', async () => {
      rival.writes = 2
      const post = await within(({ post }) => post.create({ data: news }))
      expect(post).toMatchObject({ slug: expect.stringMatching(/^news-[0-9a-z]{10}$/) })
      expect(rival.statements).toBe(3)
    })

    test('leaves the transaction as it was, and what is written beside it', async () => {
      rival.writes = 1
      await within(async ({ post, writer }) => {
        await writer.create({ data: { name: 'before' } })
        await Promise.all([
          post.create({ data: news }),
          ...['beside', 'as well'].map((name) => writer.create({ data: { name } })),
        ])
        await writer.create({ data: { name: 'after' } })
      })
      expect(await own()).toHaveLength(1)
      expect((await base.writer.findMany()).map(({ name }) => name).sort()).toEqual([
        'after',
        'as well',
        'before',
        'beside',
      ])
    })

    test('is replaced in a nested row, and nothing around it is written twice', async () => {
      rival.writes = 1
      await within(({ writer }) =>
        writer.create({ data: { name: 'W', posts: { create: [{ title: 'Other' }, news] } } }),
      )
      expect(await base.writer.count()).toBe(1)
      expect((await own()).map(({ slug }) => slug)).toEqual(replaced(way))
    })

    test('is replaced in one row of many', async () => {
      rival.writes = 1
      await within(({ post }) => post.createMany({ data: [{ title: 'Other' }, news] }))
      expect((await own()).map(({ slug }) => slug)).toEqual(replaced(way))
    })

    test('is replaced in an upsert', async () => {
      rival.writes = 1
      const where = { email: 'e' }
      const create = { ...news, email: 'e' }
      expect(await within(({ post }) => post.upsert({ where, create, update: {} }))).toMatchObject({
        slug: 'news-2',
      })
    })
  })

  const cells: [string, () => Promise<unknown>[]][] = [
    ['calls of their own', () => [posts.create(news), posts.create(news)]],
    ['runs', () => [run(), run()]],
    ['one run', () => [uow.run(() => Promise.all([posts.create(news), posts.create(news)]))]],
    ['transactions', () => [transaction(), transaction()]],
    [
      'one transaction',
      () => [prisma.$transaction((tx) => Promise.all([1, 2].map(() => tx.post.create({ data: news }))))],
    ],
  ]
  test('a slug that is taken three times is reported, and not tried again', async () => {
    rival.writes = 9
    await expect(posts.create(news)).rejects.toMatchObject({
      code: 'UNIQUE_VIOLATION',
      params: { fields: ['slug'] },
    })
    expect(rival.statements).toBe(3)
  })

  test('a deadlock is tried again outside of a transaction, and left to run inside', async () => {
    rival.deadlocks = 2
    expect(await posts.create(news)).toMatchObject({ slug: 'news' })
    expect(rival.statements).toBe(3)
    rival.deadlocks = 1
    rival.writes = 1
    expect(await posts.create({ title: 'Other' })).toMatchObject({ slug: 'other-2' })
    rival.statements = 3
    rival.deadlocks = 1
    await expect(uow.run(() => posts.create(news))).rejects.toMatchObject({ code: 'WRITE_CONFLICT' })
    expect(rival.statements).toBe(4)
    rival.deadlocks = 1
    expect(await uow.run(() => posts.create(news), { retries: 1 })).toMatchObject({ slug: 'news-2' })
  })

  const run = () => uow.run(() => posts.create(news), { retries: 9 })
  /** A deadlock is for whoever began the transaction to repeat, as `run` does. */
  const transaction = (): Promise<unknown> =>
    prisma
      .$transaction((tx) => tx.post.create({ data: news }))
      .catch((error: unknown) => (isRetryable(error) ? transaction() : Promise.reject(error)))

  test('creates and savepoints side by side take turns, and none undoes another', async () => {
    rival.writes = provider === 'sqlite' ? 0 : 1
    await uow.run(() =>
      Promise.allSettled([
        posts.create(news),
        uow.savepoint(() => posts.create({ title: 'In a savepoint' })),
        posts.create(news),
        uow.savepoint(async () => {
          await posts.create({ title: 'Undone' })
          throw new Error('no')
        }),
        posts.create(news),
        prisma.writer.create({ data: { name: 'beside' } }),
      ]),
    )
    const titles = (await own()).map(({ title }) => title)
    expect(titles.sort()).toEqual(['In a savepoint', 'News', 'News', 'News'])
    expect(await base.writer.count()).toBe(1)
  })

  test.each(cells)('two creates at once, in %s, get the slug and its number', async (_, both) => {
    for (let round = 0; round < 40; round++) {
      await base.post.deleteMany()
      await Promise.all(both())
      expect((await own()).map(({ slug }) => slug).sort()).toEqual(['news', 'news-2'])
    }
  })

  test.each([
    ['calls of their own', () => posts.create(news)],
    ['runs', () => uow.run(() => posts.create(news), { retries: 9, maxWaitMs: 60_000, timeoutMs: 60_000 })],
  ])('60 creates of one title at once, in %s, get 60 slugs, with three tries at most', async (_, create) => {
    await Promise.all(Array.from({ length: 60 }, create))
    const rows = await own()
    expect(rows).toHaveLength(60)
    expect(new Set(rows.map(({ slug }) => slug)).size).toBe(60)
    expect(rival.statements).toBeLessThanOrEqual(180)
  })
})
