import { AsyncLocalStorage } from 'node:async_hooks'
import type { LocaleContext } from '@fastkit/contracts'
import { afterAll, describe, expect, test } from 'vitest'
import { providers } from '../../../test/databases.ts'
import { extendPosts, postsDatabase } from '../../../test/texts/databases.ts'
import { createUnitOfWork } from '../../context/unit-of-work.ts'
import { createRepository } from '../../repository/create-repository.ts'
import { mixins } from '../mixins.ts'

describe.each(providers)('texts read on %s', async (provider) => {
  const storage = new AsyncLocalStorage<string>()
  const database = await postsDatabase(provider)
  const { base } = database
  const prisma = extendPosts(base, () => storage.getStore() ?? 'en')
  const uow = createUnitOfWork(prisma)
  const posts = createRepository(uow, 'post')
  const inLocale = <T>(locale: string, fn: () => PromiseLike<T>) =>
    storage.run(locale, async () => await fn())
  afterAll(() => database.drop())

  const shelf = await base.shelf.create({ data: { name: 'S' } })
  const topic = await base.topic.create({ data: { label: { en: 'Topic', de: 'Thema' }, shelfId: shelf.id } })
  const title = { en: 'Hi', de: 'Hallo', sr: 'Zdravo' }
  const parent = await base.post.create({ data: { slug: 'parent', title, topicId: topic.id } })
  const { id } = await base.post.create({
    data: {
      slug: 'a',
      title,
      body: { de: 'nur' },
      meta: { de: 'x' },
      topicId: topic.id,
      parentId: parent.id,
    },
  })
  await base.post.create({
    data: { slug: 'gone', title, topicId: topic.id, parentId: parent.id, deletedAt: new Date() },
  })
  const where = { id }
  const nothing = { label: null }

  test('a row shows the text of the current locale, along its parents and the fallbacks, else null', async () => {
    const read = (locale: string) =>
      inLocale(locale, () => prisma.post.findUnique({ where, select: { title: true, body: true } }))
    expect(await read('en')).toEqual({ title: 'Hi', body: null })
    expect(await read('de-AT')).toEqual({ title: 'Hallo', body: 'nur' })
    expect(await read('sr-Latn-RS')).toEqual({ title: 'Zdravo', body: null })
    for (const unknown of ['fr', '', 'all-x', '__proto__', 'constructor', '../en', 'all']) {
      expect(await read(unknown)).toEqual({ title: 'Hi', body: null })
    }
  })

  test('other JSON, and what was left out, stays as it is', async () => {
    const [row] = await inLocale('de', () => prisma.post.findMany({ where, omit: { title: true } }))
    expect(row).toMatchObject({ meta: { de: 'x' }, body: 'nur' })
    expect(row).not.toHaveProperty('title')
    expect(await prisma.post.findUnique({ where, select: { slug: true } })).toEqual({ slug: 'a' })
  })

  test('related rows do at any depth, whatever the model the query begins at', async () => {
    const found = await inLocale('de', () =>
      prisma.shelf.findFirst({
        include: {
          topics: {
            include: { posts: { select: { title: true, parent: { select: { title: true } } }, where } },
          },
        },
      }),
    )
    expect(found).toMatchObject({
      topics: [{ label: 'Thema', posts: [{ title: 'Hallo', parent: { title: 'Hallo' } }] }],
    })
  })

  test('the fluent API leads to texts too', async () => {
    await inLocale('de', async () => {
      expect(await prisma.post.findUnique({ where }).topic()).toMatchObject({ label: 'Thema' })
      expect(await prisma.post.findUnique({ where }).parent({ select: { title: true } })).toEqual({
        title: 'Hallo',
      })
      expect(
        await prisma.post
          .findUnique({ where })
          .topic()
          .posts({ where, select: { title: true } }),
      ).toEqual([{ title: 'Hallo' }])
      expect(await prisma.shelf.findFirst().topics()).toMatchObject([{ label: 'Thema' }])
    })
  })

  test('so do transactions, batches, raw-free counts and what writes return', async () => {
    await inLocale('de', async () => {
      expect(await prisma.$transaction((tx) => tx.post.findUnique({ where }))).toMatchObject({
        title: 'Hallo',
      })
      expect(await uow.run(() => uow.client.post.findUnique({ where }))).toMatchObject({ title: 'Hallo' })
      const [first, count] = await prisma.$transaction([
        prisma.post.findUnique({ where }),
        prisma.post.count(),
      ])
      expect([first, count]).toMatchObject([{ title: 'Hallo' }, 2])
      expect(await prisma.post.count({ select: { title: true, body: true } })).toEqual({ title: 2, body: 1 })
      expect(await prisma.post.aggregate({ _count: { body: true } })).toEqual({ _count: { body: 1 } })
      expect(await prisma.post.update({ where, data: { views: 1 }, include: { topic: true } })).toMatchObject(
        {
          title: 'Hallo',
          topic: { label: 'Thema' },
        },
      )
      const { id: gone } = await prisma.topic.create({ data: { label: 'weg' } })
      expect(await prisma.topic.delete({ where: { id: gone } })).toMatchObject({ label: 'weg' })
      if (provider !== 'mysql') {
        const [row] = await prisma.topic.createManyAndReturn({ data: [{ label: 'zwei' }] })
        expect(row).toMatchObject({ label: 'zwei' })
        await base.topic.delete({ where: { id: row?.id ?? 0 } })
      }
    })
  })

  test('queries of one moment are read each in its own locale', async () => {
    const read = (locale: string) => inLocale(locale, () => prisma.post.findUnique({ where }))
    const found = await Promise.all(['en', 'de', 'sr', 'en'].map(read))
    expect(found.map((row) => row?.title)).toEqual(['Hi', 'Hallo', 'Zdravo', 'Hi'])
  })

  test('a later extension computes from the text', async () => {
    const loud = prisma.$extends({
      result: { post: { loud: { needs: { title: true }, compute: (post) => post.title?.toUpperCase() } } },
    })
    expect(await inLocale('de', () => loud.post.findUnique({ where, select: { loud: true } }))).toMatchObject(
      {
        loud: 'HALLO',
      },
    )
  })

  test('a locale of its own beats the current one, for rows and related rows, on every model', async () => {
    const include = { topic: true } as const
    const found = { title: 'Hallo', topic: { label: 'Thema' } }
    expect(await prisma.post.inLocale('de').findUnique({ where, include })).toMatchObject(found)
    expect(
      await prisma.$transaction((tx) => tx.post.inLocale('de').findFirst({ where, include })),
    ).toMatchObject(found)
    expect(await prisma.shelf.inLocale('de').findFirst({ include: { topics: true } })).toMatchObject({
      topics: [{ label: 'Thema' }],
    })
    expect(await prisma.post.inLocale('de').findUnique({ where }).topic()).toMatchObject({ label: 'Thema' })
    expect(await prisma.post.onlyDeleted().inLocale('de').findMany()).toMatchObject([
      { slug: 'gone', title: 'Hallo' },
    ])
    expect(await prisma.post.inLocale('de').withDeleted().findMany()).toHaveLength(3)
    expect(await posts.in('de').getOrFail(id, { include })).toMatchObject(found)
    expect(await posts.getOrFail(id, { include, locale: 'de' })).toMatchObject(found)
    expect(await posts.in('sr').filter({ slug: 'a' }, { locale: 'de' })).toMatchObject([{ title: 'Hallo' }])
    expect(await uow.run(() => posts.in('de').getOrFail(id))).toMatchObject({ title: 'Hallo' })
  })

  test('all locales at once are maps, for related rows too', async () => {
    const select = { title: true, body: true, topic: { select: { label: true } } } as const
    const maps = { title, body: { de: 'nur' }, topic: { label: { en: 'Topic', de: 'Thema' } } }
    expect(await prisma.post.inAllLocales().findUnique({ where, select })).toEqual(maps)
    expect(await posts.in('all').getOrFail(id, { select })).toEqual(maps)
    const nameless = await base.topic.create({ data: {} })
    expect(await prisma.topic.inAllLocales().findMany({ where: { id: nameless.id } })).toMatchObject([
      nothing,
    ])
    await base.topic.delete({ where: { id: nameless.id } })
    await expect(posts.in('all').update(id, { title: 'x' })).rejects.toMatchObject({ code: 'FIELD_VALUE' })
    expect(await posts.in('all').update(id, { body: { de: 'neu' } }, { select })).toEqual({
      ...maps,
      body: { de: 'neu' },
    })
    await base.post.update({ where, data: { body: { de: 'nur' } } })
  })

  test('the locale may come from a context', async () => {
    const context: LocaleContext = {
      current: () => storage.getStore() ?? 'en',
      run: (name, fn) => storage.run(name, fn),
    }
    const client = base.$extends(
      mixins({ topic: { translatable: ['label'] } }, { locale: context, locales: ['de'] }),
    )
    expect(await context.run('de', async () => await client.topic.findFirst())).toMatchObject({
      label: 'Thema',
    })
    expect(await client.topic.findFirst()).toMatchObject({ label: null })
  })
})

describe('mixins refuse', async () => {
  const { base, drop } = await postsDatabase('sqlite')
  afterAll(drop)
  const locale = () => 'en'
  const labels = { topic: { translatable: ['label'] } } as const

  test.each([
    [{ topic: { translatable: ['labl'] } }, { locale, fallback: ['en'] }, 'topic needs a field "labl Json?"'],
    [{ post: { translatable: ['slug'] } }, { locale, fallback: ['en'] }, 'post needs a field "slug Json?"'],
    [{ topic: { translatable: 'label' } }, { locale, fallback: ['en'] }, 'must be a list of fields'],
    [labels, { fallback: ['en'] }, 'give `locale`'],
    [labels, { locale }, 'needs `locales`, or a `fallback`'],
    [labels, { locale, fallback: ['all'] }, '"all" is no locale'],
    [labels, { locale, locales: ["en'--"] }, 'is no locale'],
    [labels, { locale, locales: ['__proto__'] }, 'is no locale'],
  ])('%j with %j', (config, options, message) => {
    expect(() => base.$extends(mixins(config as never, options as never))).toThrow(
      expect.objectContaining({ code: 'MIXIN_CONFIG', message: expect.stringContaining(message) }),
    )
  })
})
