import { AsyncLocalStorage } from 'node:async_hooks'
import { skip } from '@prisma/client/runtime/client'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { providers } from '../../../test/databases.ts'
import { extendPosts, postsDatabase } from '../../../test/texts/databases.ts'
import { Prisma } from '../../../test/texts/generated/sqlite/client.ts'
import { readReplicas } from '../../connections/read-replicas.ts'
import { createUnitOfWork } from '../../context/unit-of-work.ts'
import { replace } from './replace.ts'

const locale = new AsyncLocalStorage<string>()

describe.each(providers)('texts written on %s', async (provider) => {
  const database = await postsDatabase(provider)
  const { base } = database
  const prisma = extendPosts(base, () => locale.getStore() ?? 'en')
  const uow = createUnitOfWork(prisma)
  const german = <T>(fn: () => Promise<T>) => locale.run('de', async () => await fn())
  afterAll(() => database.drop())

  let id = 0
  beforeEach(async () => {
    await base.post.deleteMany()
    id = (await prisma.post.create({ data: { slug: 'a', title: { en: 'Hi', de: 'Hallo' } } })).id
  })

  /** What the column holds. */
  const stored = async (of = id) => {
    const { title, body } = await base.post.findUniqueOrThrow({ where: { id: of } })
    return { title, body }
  }

  test('a text is one in the current locale, a map one in each of its locales', async () => {
    const text = await german(() => prisma.post.create({ data: { slug: 'b', title: 'Tag', body: {} } }))
    expect(text).toMatchObject({ title: 'Tag', body: null })
    expect(await stored(text.id)).toEqual({ title: { de: 'Tag' }, body: null })
    await prisma.post.createMany({
      data: [{ slug: 'c', title: { en: 'C', de: null } }, { slug: 'd', title: 'D' }, { slug: 'e' }],
    })
    const rows = await base.post.findMany({
      where: { slug: { in: ['c', 'd', 'e'] } },
      orderBy: { slug: 'asc' },
    })
    expect(rows.map(({ title }) => title)).toEqual([{ en: 'C' }, { en: 'D' }, null])
    expect(await base.post.count({ where: { slug: 'e', title: { equals: Prisma.DbNull } } })).toBe(1)
  })

  test('calls at once in two locales each write their own, also where a related row is looked up first', async () => {
    const fresh = async (slug: string) => (await prisma.post.create({ data: { slug } })).id
    const change = async (own: number, slug: string, title: string) =>
      await prisma.post.update({
        where: { id: own },
        data: { parent: { upsert: { create: { slug, title }, update: {} } } },
        include: { parent: true },
      })
    const [one, two] = [await fresh('one'), await fresh('two')]
    const changed = await Promise.all([german(() => change(one, 'tag', 'Tag')), change(two, 'day', 'Day')])
    expect(changed.map(({ parent }) => parent?.title)).toEqual(['Tag', 'Day'])
    expect([await stored(changed[0]?.parent?.id), await stored(changed[1]?.parent?.id)]).toEqual([
      { title: { de: 'Tag' }, body: null },
      { title: { en: 'Day' }, body: null },
    ])
  })

  test('a change leaves the texts of other locales as they are', async () => {
    expect(await german(() => prisma.post.update({ where: { id }, data: { title: 'Tag' } }))).toMatchObject({
      title: 'Tag',
    })
    expect(await stored()).toEqual({ title: { en: 'Hi', de: 'Tag' }, body: null })
    await prisma.post.update({
      where: { slug: 'a' },
      data: { title: { sr: 'Zdravo', de: null }, body: 'B', views: 3 },
    })
    expect(await stored()).toEqual({ title: { en: 'Hi', sr: 'Zdravo' }, body: { en: 'B' } })
    expect(await base.post.findUnique({ where: { id } })).toMatchObject({ views: 3 })
  })

  test('what is not given, or skipped, stays', async () => {
    await prisma.post.update({ where: { id }, data: { title: undefined, body: skip, views: 1 } as never })
    await prisma.post.update({ where: { id }, data: { title: {} } })
    await prisma.post.update({ where: { id }, data: { title: { de: undefined } } })
    expect(await stored()).toEqual({ title: { en: 'Hi', de: 'Hallo' }, body: null })
  })

  test('without any text left a field is NULL, whichever way it was emptied', async () => {
    await prisma.post.update({ where: { id }, data: { title: { en: null, de: null }, body: 'B' } })
    expect(await stored()).toEqual({ title: null, body: { en: 'B' } })
    await prisma.post.update({ where: { id }, data: { title: 'again', body: Prisma.DbNull } })
    expect(await stored()).toEqual({ title: { en: 'again' }, body: null })
    await prisma.post.update({ where: { id }, data: { title: replace({}) } })
    const none = { title: { equals: Prisma.DbNull }, body: { equals: Prisma.DbNull } }
    expect(await base.post.count({ where: none })).toBe(1)
  })

  test("JSON's own null counts as no text", async () => {
    await base.post.update({ where: { id }, data: { title: Prisma.JsonNull } })
    expect(await prisma.post.findUnique({ where: { id } })).toMatchObject({ title: null })
    await prisma.post.update({ where: { id }, data: { title: 'Hi' } })
    expect(await stored()).toMatchObject({ title: { en: 'Hi' } })
    await base.post.update({ where: { id }, data: { title: Prisma.JsonNull } })
    await prisma.post.update({ where: { id }, data: { title: { de: null } } })
    expect(await base.post.count({ where: { title: { equals: Prisma.DbNull } } })).toBe(1)
  })

  test('quotes, backslashes, emoji and the empty text are kept as they are', async () => {
    const text = '\\"\'`$1?:{}[]%_\n😀 日本'
    await prisma.post.update({ where: { id }, data: { title: { 'sr-Latn': text, de: '' } } })
    expect(await stored()).toMatchObject({ title: { en: 'Hi', 'sr-Latn': text, de: '' } })
    expect(await german(() => prisma.post.findUnique({ where: { id } }))).toMatchObject({ title: '' })
  })

  test('replace writes all of the texts', async () => {
    await prisma.post.update({ where: { id }, data: { title: replace({ sr: 'Zdravo' }) } })
    expect(await stored()).toMatchObject({ title: { sr: 'Zdravo' } })
    const { id: other } = await prisma.post.create({ data: { slug: 'b', title: replace({ de: 'B' }) } })
    expect(await stored(other)).toMatchObject({ title: { de: 'B' } })
  })

  test('many rows change at once, each keeps its other texts', async () => {
    await prisma.post.create({ data: { slug: 'b', title: { de: 'Zwei' }, views: 9 } })
    await prisma.post.create({ data: { slug: 'gone', title: 'x', deletedAt: new Date() } })
    expect(await prisma.post.updateMany({ data: { title: 'One', views: 1 } })).toEqual({ count: 2 })
    expect(await prisma.post.updateMany({ where: { slug: 'b' }, data: { body: 'B' } })).toEqual({ count: 1 })
    expect(await prisma.post.updateMany({ where: { slug: 'z' }, data: { body: 'B' } })).toEqual({ count: 0 })
    expect(await prisma.post.updateMany({ data: { body: 'L' }, limit: 1 })).toEqual({ count: 1 })
    const rows = await base.post.findMany({ orderBy: { id: 'asc' } })
    expect(rows.map(({ title, body, views }) => ({ title, body, views }))).toEqual([
      { title: { en: 'One', de: 'Hallo' }, body: { en: 'L' }, views: 1 },
      { title: { en: 'One', de: 'Zwei' }, body: { en: 'B' }, views: 1 },
      { title: { en: 'x' }, body: null, views: 0 },
    ])
  })

  test('an upsert creates with all of its texts, and merges them into a row that is there', async () => {
    const upsert = (slug: string) =>
      german(() =>
        prisma.post.upsert({
          where: { slug },
          create: { slug, title: 'neu' },
          update: { title: 'alt', views: { increment: 1 } },
        }),
      )
    expect(await upsert('a')).toMatchObject({ id, title: 'alt', views: 1 })
    const created = await upsert('b')
    expect(created).toMatchObject({ title: 'neu', views: 0 })
    expect(await stored()).toMatchObject({ title: { en: 'Hi', de: 'alt' } })
    expect(await stored(created.id)).toMatchObject({ title: { de: 'neu' } })
  })

  test('of several upserts at once one creates, and the texts of all are there', async () => {
    const texts = ['en', 'de', 'sr', 'sr-Latn']
    await Promise.all(
      texts.map((name) =>
        prisma.post.upsert({
          where: { slug: 'new' },
          create: { slug: 'new', title: { [name]: name } },
          update: { title: { [name]: name } },
        }),
      ),
    )
    const { title } = await base.post.findUniqueOrThrow({ where: { slug: 'new' } })
    expect(title).toEqual(Object.fromEntries(texts.map((name) => [name, name])))
  })

  test('a change of nothing else is counted, and dated by Prisma where it keeps a date', async () => {
    await base.cell.deleteMany()
    const key = { row: 1, number: 2 }
    await prisma.cell.create({ data: { ...key, text: 'A', changed: new Date(0) } })
    await prisma.cell.update({ where: { row_number: key }, data: { text: { de: 'B' } } })
    await prisma.cell.updateMany({ where: { row: 1 }, data: { text: { sr: 'C' } } })
    await prisma.topic.deleteMany()
    await prisma.topic.create({ data: { label: { de: 'L' } } })
    expect(await prisma.topic.updateMany({ data: { label: 'T' } })).toEqual({ count: 1 })
    expect(await prisma.topic.findMany()).toMatchObject([{ label: 'T' }])
    if (provider !== 'mysql') {
      const data = { label: { sr: 'S' } }
      expect(await prisma.topic.updateManyAndReturn({ data, select: { label: true } })).toEqual([
        { label: 'T' },
      ])
    }
    const cell = await base.cell.findUniqueOrThrow({ where: { row_number: key } })
    expect(cell.text).toEqual({ en: 'A', de: 'B', sr: 'C' })
    expect(cell.changed).not.toEqual(new Date(0))
  })

  test('a row that does not match is not changed', async () => {
    await base.post.update({ where: { id }, data: { deletedAt: new Date() } })
    const before = await stored()
    await uow.run(async () => {
      await expect(prisma.post.update({ where: { id }, data: { title: 'x' } })).rejects.toThrow()
      await expect(
        prisma.post.withDeleted().update({ where: { id, views: { gt: 5 } }, data: { title: 'x' } }),
      ).rejects.toThrow()
    })
    expect(await stored()).toEqual(before)
    await prisma.post.withDeleted().update({ where: { slug: 'a' }, data: { title: 'x' } })
    expect(await stored()).toMatchObject({ title: { en: 'x', de: 'Hallo' } })
  })

  test('a condition on the texts themselves, or any other, holds before the change', async () => {
    const none = { title: { equals: Prisma.DbNull } }
    const { id: other } = await base.post.create({ data: { slug: 'none', updatedAt: new Date() } })
    expect(await prisma.post.updateMany({ where: none, data: { title: 'was none', views: 5 } })).toEqual({
      count: 1,
    })
    expect(await base.post.findUnique({ where: { id: other } })).toMatchObject({
      title: { en: 'was none' },
      views: 5,
    })
    await expect(
      prisma.post.update({ where: { id, ...none }, data: { title: 'x', views: 6 } }),
    ).rejects.toMatchObject({ code: 'P2025' })
    const where = {
      id,
      title: { path: provider === 'postgresql' ? ['en'] : '$.en', equals: 'Hi' },
      views: { lt: 9 },
    }
    const select = { title: true, views: true }
    expect(
      await prisma.post.update({ where: where as never, data: { title: 'Ho', views: 9 }, select }),
    ).toEqual({ title: 'Ho', views: 9 })
    const cell = { row: 7, number: 1 }
    await base.cell.create({ data: { ...cell, changed: new Date(0) } })
    const text = await prisma.cell.update({ where: { row_number: cell, OR: [cell] }, data: { text: 'T' } })
    expect(text).toMatchObject({ text: 'T' })
    expect(text.changed).not.toEqual(new Date(0))
  })

  test.each(['update', 'updateMany'] as const)(
    'of two at once with one condition, %s lets one win',
    async (verb) => {
      const edits = ['de', 'sr'].map(async (name) => {
        const data = { title: { [name]: 'won' }, views: 1 }
        if (verb === 'updateMany') {
          return (await prisma.post.updateMany({ where: { id, views: { lt: 1 } }, data })).count
        }
        return prisma.post.update({ where: { id, views: 0 }, data }).then(
          () => 1,
          () => 0,
        )
      })
      expect((await Promise.all(edits)).toSorted()).toEqual([0, 1])
      const { title } = await stored()
      expect(Object.values(title as object).filter((text) => text === 'won')).toHaveLength(1)
    },
  )

  test('the hook of a later extension sees one update', async () => {
    const seen: unknown[] = []
    const hooked = prisma.$extends({
      query: {
        post: {
          update({ args, query }) {
            seen.push(args.data)
            return query(args)
          },
        },
      },
    })
    await hooked.post.update({ where: { slug: 'a' }, data: { title: 'x', views: 2 } })
    expect(seen).toEqual([{ views: 2, updatedAt: expect.any(Date) }])
  })

  test('with replicas, the rows to change are looked up at the primary', async () => {
    const other = await postsDatabase(provider)
    const replicated = prisma.$extends(readReplicas({ replicas: [other.base] }))
    const data = { title: { de: 'neu' } }
    await replicated.post.updateMany({ data })
    expect(await replicated.post.update({ where: { slug: 'a' }, data })).toMatchObject({ title: 'Hi' })
    expect(await stored()).toMatchObject({ title: { en: 'Hi', de: 'neu' } })
    await other.drop()
  })

  test('texts and the other fields change together or not at all', async () => {
    await base.post.create({ data: { slug: 'taken' } })
    await expect(prisma.post.update({ where: { id }, data: { slug: 'taken', title: 'x' } })).rejects.toThrow()
    await expect(
      uow.run(async () => {
        await prisma.post.update({ where: { id }, data: { title: 'x' } })
        throw new Error('no')
      }),
    ).rejects.toThrow('no')
    await expect(
      prisma.$transaction(async (tx) => {
        await tx.post.update({ where: { id }, data: { title: 'x' } })
        throw new Error('no')
      }),
    ).rejects.toThrow('no')
    expect(await stored()).toMatchObject({ title: { en: 'Hi', de: 'Hallo' } })
  })

  test('a batch takes new texts, and changes of some', async () => {
    const [some, whole] = await prisma.$transaction([
      prisma.post.update({ where: { id }, data: { title: { de: 'x' } } }),
      prisma.post.update({ where: { id }, data: { body: replace({ en: 'y' }) } }),
      prisma.post.create({ data: { slug: 'b', title: 'B' } }),
    ])
    expect([some.title, whole.body]).toEqual(['Hi', 'y'])
    expect(await stored()).toMatchObject({ title: { en: 'Hi', de: 'x' } })
  })

  test('nested rows are created with their texts, and changed by replace alone', async () => {
    const topic = await prisma.topic.create({
      data: { label: 'L', posts: { create: [{ slug: 'n1', title: 'N' }], connect: { id } } },
      include: { posts: { orderBy: { slug: 'asc' } } },
    })
    expect(topic).toMatchObject({ label: 'L', posts: [{ title: 'Hi' }, { title: 'N' }] })
    const nested = (posts: object) => prisma.topic.update({ where: { id: topic.id }, data: { posts } })
    for (const title of ['x', { en: 'x' }]) {
      const refused = { code: 'TRANSLATABLE_NESTED_WRITE' }
      await expect(nested({ update: { where: { id }, data: { title } } })).rejects.toMatchObject(refused)
      await expect(nested({ updateMany: { where: {}, data: { title } } })).rejects.toMatchObject(refused)
      await expect(
        nested({ upsert: { where: { id }, create: { slug: 'u' }, update: { title } } }),
      ).rejects.toMatchObject(refused)
    }
    await nested({ update: { where: { id }, data: { title: replace({ de: 'R' }), body: replace({}) } } })
    expect(await stored()).toEqual({ title: { de: 'R' }, body: null })
  })

  test('only texts in known locales are written', async () => {
    const write = (title: unknown) => prisma.post.update({ where: { id }, data: { title: title as never } })
    for (const unknown of [
      { fr: 'x' },
      { en: 'x', EN: 'y' },
      JSON.parse('{"__proto__":"x"}'),
      { constructor: 'x' },
      { '': 'x' },
      replace({ fr: 'x' }),
    ]) {
      await expect(write(unknown)).rejects.toMatchObject({ code: 'LOCALE_UNKNOWN', kind: 'invalid' })
      await expect(
        prisma.post.create({ data: { slug: 'z', title: unknown as never } }),
      ).rejects.toMatchObject({ code: 'LOCALE_UNKNOWN' })
    }
    await expect(locale.run('fr', async () => await write('x'))).rejects.toMatchObject({
      code: 'LOCALE_UNKNOWN',
      params: { field: 'title', locales: ['de', 'sr', 'sr-Latn', 'en'] },
    })
    for (const wrong of [
      5,
      true,
      ['x'],
      { en: 5 },
      { en: { de: 'x' } },
      { en: 'a\0' },
      { en: '\ud800' },
      'a\0',
    ]) {
      await expect(write(wrong)).rejects.toMatchObject({ code: 'FIELD_VALUE', kind: 'invalid' })
    }
    expect(await stored()).toMatchObject({ title: { en: 'Hi', de: 'Hallo' } })
    expect(Object.hasOwn(Object.prototype, 'x')).toBe(false)
  })
})
