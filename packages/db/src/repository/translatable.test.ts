import { AsyncLocalStorage } from 'node:async_hooks'
import { afterAll, beforeEach, describe, expect, inject, test } from 'vitest'
import { providers } from '../../test/databases.ts'
import { textAgreementOn } from '../../test/texts/agreement.ts'
import { extendPosts, postsDatabase } from '../../test/texts/databases.ts'
import { lostEdits } from '../../test/texts/edits.ts'
import { watchedAdapter } from '../../test/watched-adapter.ts'
import { createUnitOfWork } from '../context/unit-of-work.ts'
import { mixins } from '../mixins/mixins.ts'
import { replace } from '../mixins/translatable/replace.ts'
import { createRepository } from './create-repository.ts'

describe.each(providers)('on %s', async (provider) => {
  const agreement = await textAgreementOn(provider, { seed: inject('seed'), posts: 40 })
  afterAll(() => agreement.database.drop())

  test('a filter by texts finds what JavaScript finds along the same chain', () => agreement.filters(25))
  test('an order by texts, walked by cursors both ways, is that of JavaScript', () => agreement.walks(6))
  test('8 edits of one row at once in each of two languages all survive', async () => {
    expect(await lostEdits(agreement.database, 8)).toEqual([])
  })
})

describe.each(providers)('a repository of posts on %s', async (provider) => {
  const storage = new AsyncLocalStorage<string>()
  const database = await postsDatabase(provider)
  const { base } = database
  let sent: string[] = []
  const watched = database.client(watchedAdapter(database.adapter(), (sql) => void sent.push(sql)))
  const prisma = extendPosts(watched, () => storage.getStore() ?? 'en')
  const uow = createUnitOfWork(prisma)
  const posts = createRepository(uow, 'post')
  const german = <T>(fn: () => PromiseLike<T>) => storage.run('de', async () => await fn())
  afterAll(async () => {
    await watched.$disconnect()
    await database.drop()
  })

  let id = 0
  beforeEach(async () => {
    await base.post.deleteMany()
    id = (await posts.create({ slug: 'a', title: { en: 'Zebra', de: 'Affe' } })).id
    await posts.create({ slug: 'b', title: { en: 'Bee' }, body: 'b' })
    await posts.create({ slug: 'c' })
    sent = []
  })

  const slugs = (rows: readonly { readonly slug: string }[]) => rows.map(({ slug }) => slug)
  const stored = async (slug = 'a') => (await base.post.findUniqueOrThrow({ where: { slug } })).title
  const words = () => sent.map((sql) => sql.split(' ', 1)[0]?.toUpperCase())

  test('filters and orders mean the text that is read', async () => {
    expect(slugs(await posts.filter({}, { orderBy: 'title' }))).toEqual(['c', 'b', 'a'])
    expect(slugs(await german(() => posts.filter({}, { orderBy: '-title' })))).toEqual(['b', 'a', 'c'])
    expect(await german(() => posts.count({ title__startswith: 'Aff' }))).toBe(1)
    expect(await posts.count({ title__startswith: 'Aff' })).toBe(0)
    expect(await posts.in('de').count({ title: 'Bee' })).toBe(1)
    expect(await posts.exists({ title: 'Affe' }, { locale: 'de' })).toBe(true)
    expect(slugs(await posts.filter({ title__is_null: true }))).toEqual(['c'])
    expect(slugs(await posts.in('all').filter({ title: 'Zebra' }))).toEqual(['a'])
  })

  test('in a locale that leads to no other, no row has a text', async () => {
    const declared = mixins({ post: { translatable: ['title'] } }, { locale: () => 'fr', locales: ['de'] })
    const french = createRepository(watched.$extends(declared), 'post')
    expect(slugs(await french.filter({ title__is_null: true }, { orderBy: ['-title', 'slug'] }))).toEqual([
      'a',
      'b',
      'c',
    ])
    for (const lookup of ['', '__contains', '__icontains', '__iexact', '__gte']) {
      expect(await french.count({ [`title${lookup}`]: 'a' } as object)).toBe(0)
    }
    const request = { perPage: 2, orderBy: 'title' } as const
    const { nextCursor } = await french.cursorPaginate(request)
    expect((await french.cursorPaginate({ ...request, cursor: nextCursor })).items).toHaveLength(1)
  })

  test('a cursor belongs to the locale it was made in', async () => {
    const request = { perPage: 1, orderBy: 'title' } as const
    const { nextCursor } = await posts.cursorPaginate(request)
    await expect(
      german(() => posts.cursorPaginate({ ...request, cursor: nextCursor })),
    ).rejects.toMatchObject({
      code: 'CURSOR_INVALID',
    })
    expect(
      slugs((await posts.cursorPaginate({ ...request, cursor: nextCursor, locale: 'en' })).items),
    ).toEqual(['b'])
  })

  test('iterate keeps to the locale it began in', async () => {
    const found: unknown[] = []
    const walk = german(async () => posts.iterate({}, { orderBy: '-title', batchSize: 1 }))
    for await (const { slug, title } of await walk) found.push([slug, title])
    expect(found).toEqual([
      ['b', 'Bee'],
      ['a', 'Affe'],
      ['c', null],
    ])
  })

  test('rows that lack a text in one of the locales are found, whatever is read instead', async () => {
    expect(slugs(await posts.missingTranslations(['en']))).toEqual(['a', 'c'])
    await posts.update(id, { body: 'a' })
    expect(slugs(await posts.missingTranslations(['en'], { select: { slug: true } }))).toEqual(['c'])
    expect(slugs(await posts.missingTranslations(['en', 'de'], { orderBy: '-slug', limit: 2 }))).toEqual([
      'c',
      'b',
    ])
    expect(await posts.missingTranslations([])).toEqual([])
    await expect(posts.missingTranslations(['fr' as never])).rejects.toMatchObject({ code: 'LOCALE_UNKNOWN' })
    const topics = createRepository(prisma, 'shelf')
    await expect(topics.missingTranslations(['en'])).rejects.toMatchObject({ code: 'MIXIN_CONFIG' })
  })

  test('every verb that writes takes texts', async () => {
    expect(await posts.update(id, { title: 'Ape', views: 2 }, { locale: 'de' })).toMatchObject({
      title: 'Ape',
      views: 2,
    })
    expect(await stored()).toEqual({ en: 'Zebra', de: 'Ape' })
    expect(await posts.updateMany({ title: 'Ape' }, { title: 'Affe' }, { locale: 'de' })).toBe(1)
    expect(await stored()).toEqual({ en: 'Zebra', de: 'Affe' })
    await posts.in('de').createMany([
      { slug: 'd', title: 'Dachs' },
      { slug: 'e', title: { sr: 'E' } },
    ])
    expect([await stored('d'), await stored('e')]).toEqual([{ de: 'Dachs' }, { sr: 'E' }])
    expect(await posts.createManyAndReturn([{ slug: 'f', title: 'Fox' }])).toMatchObject([{ title: 'Fox' }])
    const update = { title: { de: 'Fuchs' } }
    expect(await posts.in('de').upsert({ slug: 'f' }, { create: {}, update } as never)).toMatchObject({
      title: 'Fuchs',
    })
    expect(await stored('f')).toEqual({ en: 'Fox', de: 'Fuchs' })
    expect(await posts.getOrCreate({ slug: 'g' }, { slug: 'g', title: 'Gnu' })).toMatchObject({
      row: { title: 'Gnu' },
    })
    await posts.update(id, { title: replace({ sr: 'Z' }) })
    expect(await stored()).toEqual({ sr: 'Z' })
    await posts.update(id, { title: null })
    expect(await stored()).toBe(null)
    expect(await posts.in('de').delete(id)).toMatchObject({ title: null })
    expect(await posts.in('de').restore(id)).toMatchObject({ slug: 'a' })
  })

  test('a row nobody finds is not written', async () => {
    await expect(posts.update(-1, { title: 'x' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await posts.delete(id)
    await expect(posts.update(id, { title: 'x' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await posts.withDeleted().update(id, { title: 'x' })).toMatchObject({ title: 'x' })
  })

  test('a scope holds for texts too', async () => {
    const first = createRepository(uow, 'post', { scoped: () => ({ views: 0 }) })
    await base.post.update({ where: { slug: 'b' }, data: { views: 1 } })
    expect(await first.update(id, { title: 'x' })).toMatchObject({ title: 'x' })
    const { id: other } = await base.post.findUniqueOrThrow({ where: { slug: 'b' } })
    await expect(first.update(other, { title: 'x' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await first.updateMany({}, { title: { de: 'x' } }, { all: true })).toBe(2)
    expect(await stored('b')).toEqual({ en: 'Bee' })
  })

  test('a change of texts takes one statement more, and a transaction; any other takes none', async () => {
    await watched.post.update({ where: { id }, data: { views: 1 } })
    const plain = words()
    sent = []
    await posts.update(id, { views: 1 })
    expect(words()).toEqual(plain)
    sent = []
    await posts.update(id, { views: 1, title: 'x', body: 'y' })
    expect(words().filter((word) => word !== 'BEGIN' && word !== 'COMMIT')).toEqual([
      'UPDATE',
      ...plain.filter((word) => word !== 'BEGIN' && word !== 'COMMIT'),
    ])
    expect(words().filter((word) => word === 'BEGIN')).toHaveLength(1)
  })

  test('a sorted page reads as many keys as it has rows, and one more', async () => {
    await posts.cursorPaginate({ perPage: 2, orderBy: 'title' })
    expect(words()).toEqual(['SELECT', 'SELECT'])
    expect(sent[0]).toMatch(/limit 3/i)
    sent = []
    await posts.filter({ title__contains: 'e' }, { orderBy: '-title', limit: 1 })
    expect(sent[0]).toMatch(/limit 1/i)
  })
})
