import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { providers } from '../../../test/databases.ts'
import { blogDatabase, extendBlog } from '../../../test/slugs/databases.ts'
import { createUnitOfWork } from '../../context/unit-of-work.ts'
import { reasonOf } from '../../database-errors/reason-of.ts'
import { isRetryable } from '../../database-errors/translate-database-error.ts'
import { createRepository } from '../../repository/create-repository.ts'

const news = { title: 'News' }
const random = /^news-[0-9a-z]{10}$/

/** What happens to a slug between the look and the write. */
type Mishap = 'is taken' | 'deadlocks'

describe.each(providers)('on %s', async (provider) => {
  const blog = await blogDatabase(provider)
  const base = blog.client()
  const rival = { mishaps: [] as Mishap[], statements: 0, deadlocks: 0 }
  /** Between the look for a free slug and the write, a rival takes the slug that was found. */
  const prisma = extendBlog(base).$extends({
    query: {
      async $allOperations({ operation, args, query }) {
        if (!/^(?:create|upsert)/.test(operation)) return query(args)
        rival.statements++
        const mishap = rival.mishaps.shift()
        if (mishap === 'deadlocks') {
          throw Object.assign(new Error('deadlock'), { name: 'PrismaClientKnownRequestError', code: 'P2034' })
        }
        if (mishap === 'is taken') {
          const slugs = [...JSON.stringify(args).matchAll(/"slug":"([^"]+)"/g)].map(([, slug = '']) => slug)
          await base.post.create({ data: { title: 'Rival', slug: slugs.at(-1) as string } })
        }
        return query(args).catch((error: unknown) => {
          if (reasonOf(error) === 'writeConflict') rival.deadlocks++
          throw error
        })
      },
    },
  })
  const uow = createUnitOfWork(prisma)
  const posts = createRepository(uow, 'post')

  beforeEach(async () => {
    await base.post.deleteMany()
    await base.writer.deleteMany()
    rival.mishaps = []
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
      rival.mishaps = ['is taken']
      const post = await within(({ post }) => post.create({ data: news }))
      expect(post).toMatchObject({ slug: 'news-2' })
      expect(rival.statements).toBe(2)
    })

    test('and once more, by a random one', async () => {
      rival.mishaps = ['is taken', 'is taken']
      const post = await within(({ post }) => post.create({ data: news }))
      expect(post).toMatchObject({ slug: expect.stringMatching(random) })
      expect(rival.statements).toBe(3)
    })

    test('leaves the transaction as it was, and what is written beside it', async () => {
      rival.mishaps = ['is taken']
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
      rival.mishaps = ['is taken']
      await within(({ writer }) =>
        writer.create({ data: { name: 'W', posts: { create: [{ title: 'Other' }, news] } } }),
      )
      expect(await base.writer.count()).toBe(1)
      expect((await own()).map(({ slug }) => slug)).toEqual(replaced(way))
    })

    test('is replaced in one row of many', async () => {
      rival.mishaps = ['is taken']
      await within(({ post }) => post.createMany({ data: [{ title: 'Other' }, news] }))
      expect((await own()).map(({ slug }) => slug)).toEqual(replaced(way))
    })

    test('is replaced in an upsert', async () => {
      rival.mishaps = ['is taken']
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
    rival.mishaps = Array(9).fill('is taken')
    await expect(posts.create(news)).rejects.toMatchObject({
      code: 'UNIQUE_VIOLATION',
      params: { fields: ['slug'] },
    })
    expect(rival.statements).toBe(3)
  })

  test('a third deadlock is reported, and in a transaction, where retries are for run, the first', async () => {
    rival.mishaps = Array(9).fill('deadlocks')
    await expect(posts.create(news)).rejects.toMatchObject({ code: 'WRITE_CONFLICT' })
    expect(rival.statements).toBe(3)
    await expect(uow.run(() => posts.create(news))).rejects.toMatchObject({ code: 'WRITE_CONFLICT' })
    expect(rival.statements).toBe(4)
    rival.mishaps = ['deadlocks']
    expect(await uow.run(() => posts.create(news), { retries: 1 })).toMatchObject({ slug: 'news' })
  })

  test.each<[string, Mishap[], unknown]>([
    ['two deadlocks', ['deadlocks', 'deadlocks'], 'news'],
    ['a deadlock and a rival', ['deadlocks', 'is taken'], 'news-2'],
    ['a rival and a deadlock', ['is taken', 'deadlocks'], 'news-2'],
    ['a rival, a deadlock and a rival', ['is taken', 'deadlocks', 'is taken'], expect.stringMatching(random)],
    [
      'two rivals and two deadlocks',
      ['is taken', 'is taken', 'deadlocks', 'deadlocks'],
      expect.stringMatching(random),
    ],
  ])('a create gets its slug in spite of %s', async (_, mishaps, slug) => {
    rival.mishaps = [...mishaps]
    expect(await posts.create(news)).toMatchObject({ slug })
    expect(rival.statements).toBe(mishaps.length + 1)
  })

  const run = () => uow.run(() => posts.create(news), { retries: 9 })
  /** A deadlock is for whoever began the transaction to repeat, as `run` does. */
  const transaction = (): Promise<unknown> =>
    prisma
      .$transaction((tx) => tx.post.create({ data: news }))
      .catch((error: unknown) => (isRetryable(error) ? transaction() : Promise.reject(error)))

  test('creates and savepoints side by side take turns, and none undoes another', async () => {
    rival.mishaps = provider === 'sqlite' ? [] : ['is taken']
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
    expect(rival.statements - rival.deadlocks).toBeLessThanOrEqual(180)
  })
})
