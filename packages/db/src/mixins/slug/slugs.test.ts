import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { providers } from '../../../test/databases.ts'
import { type Blog, type BlogClient, blogDatabase, extendBlog } from '../../../test/slugs/databases.ts'
import type { PrismaClient } from '../../../test/slugs/generated/sqlite/client.ts'
import { watchedAdapter } from '../../../test/watched-adapter.ts'
import { createUnitOfWork } from '../../context/unit-of-work.ts'
import { createRepository } from '../../repository/create-repository.ts'

describe.each(providers)('on %s', async (provider) => {
  const blog: Blog = await blogDatabase(provider)
  const sent: string[] = []
  const base: PrismaClient = blog.client(watchedAdapter(blog.adapter(), (sql) => void sent.push(sql)))
  const prisma: BlogClient = extendBlog(base)
  const uow = createUnitOfWork(prisma)
  const posts = createRepository(uow, 'post')
  const pages = createRepository(uow, 'page')

  beforeEach(async () => {
    await base.page.deleteMany()
    await base.post.deleteMany()
    await base.writer.deleteMany()
    sent.length = 0
  })
  afterAll(async () => {
    await base.$disconnect()
    await blog.drop()
  })

  const slugs = async () => (await base.post.findMany({ orderBy: { id: 'asc' } })).map(({ slug }) => slug)

  describe('a new row', () => {
    test('gets the slug of its title, and of its city where it has one', async () => {
      expect(await posts.create({ title: 'Café au Lait' })).toMatchObject({ slug: 'cafe-au-lait' })
      expect(await posts.create({ title: 'Hotel', city: 'Łódź' })).toMatchObject({ slug: 'hotel-lodz' })
      expect(await prisma.post.create({ data: { title: '東京' }, select: { slug: true } })).toEqual({
        slug: '東京',
      })
    })

    test('gets a number when the slug is taken, the lowest that is free', async () => {
      for (let at = 0; at < 4; at++) await posts.create({ title: 'News' })
      expect(await slugs()).toEqual(['news', 'news-2', 'news-3', 'news-4'])
      await base.post.deleteMany({ where: { slug: 'news-2' } })
      expect(await posts.create({ title: 'News' })).toMatchObject({ slug: 'news-2' })
    })

    test('gets numbers up to 200, and then a random end', async () => {
      const data = Array.from({ length: 200 }, () => ({ title: 'News' }))
      await posts.createMany(data.slice(0, 25))
      expect(await posts.create({ title: 'News' })).toMatchObject({ slug: 'news-26' })
      await posts.createMany(data.slice(26))
      expect(new Set(await slugs()).size).toBe(200)
      expect(await posts.create({ title: 'News' })).toMatchObject({
        slug: expect.stringMatching(/^news-[0-9a-z]{10}$/),
      })
    })

    test('gets a number when the slug only looks the same to the database', async () => {
      const titles = ['ハハ', 'はは', 'ばば']
      for (const title of titles) await posts.create({ title })
      const same = provider === 'mysql' // by the collation of its table
      expect(await slugs()).toEqual(same ? ['ハハ', 'はは-2', 'ばば-3'] : titles)
      expect(sent.filter((sql) => sql.startsWith('INSERT'))).toHaveLength(3)
    })

    test('gets a random slug when its title has no letter', async () => {
      expect(await posts.create({ title: '🎉' })).toMatchObject({
        slug: expect.stringMatching(/^[0-9a-z]{10}$/),
      })
    })

    test('gets a number when its title is a reserved word', async () => {
      expect(await posts.create({ title: 'New' })).toMatchObject({ slug: 'new-2' })
    })

    test('gets a slug that is not too long, its number included', async () => {
      for (const end of ['', '-2', '-3']) {
        const { slug } = await posts.create({ title: 'a'.repeat(400) })
        expect(slug).toBe('a'.repeat(80 - end.length) + end)
      }
    })

    test('takes one statement more', async () => {
      await base.post.create({ data: { title: 'News', slug: 'other' } })
      const alone = sent.length
      await posts.create({ title: 'News' })
      expect(sent).toHaveLength(alone + 1 + alone)
    })
  })

  describe('a slug that is given', () => {
    test('stays as it is', async () => {
      expect(await posts.create({ title: 'News', slug: 'über-uns-2' })).toMatchObject({ slug: 'über-uns-2' })
    })

    test('and that another row has is refused, and nothing is tried again', async () => {
      await posts.create({ title: 'News' })
      sent.length = 0
      await expect(posts.create({ title: 'Other', slug: 'news' })).rejects.toMatchObject({
        code: 'UNIQUE_VIOLATION',
        params: { model: 'Post', fields: ['slug'] },
      })
      expect(sent.filter((sql) => sql.startsWith('INSERT'))).toHaveLength(1)
    })

    test.each(['', 'News', 'a--b', '-a', 'a-', 'a b', 'a_b', 'new', 'a\n', 'a\u200bb', '..', 'a'.repeat(81)])(
      'and is none is refused: %j',
      async (slug) => {
        for (const attempt of [
          () => posts.create({ title: 'T', slug }),
          () => prisma.post.createMany({ data: [{ title: 'T', slug }] }),
          () => prisma.post.updateMany({ data: { slug: { set: slug } } }),
        ]) {
          await expect(attempt()).rejects.toMatchObject({ code: 'FIELD_VALUE', params: { field: 'slug' } })
        }
      },
    )

    test('can be written in a batch, beside others', async () => {
      const given = prisma.post.create({ data: { title: 'T', slug: 't' } })
      await prisma.$transaction([given, prisma.post.create({ data: { title: 'T' } })])
      expect(await slugs()).toEqual(['t', 't-2'])
    })
  })

  describe('rows of one call', () => {
    test('with the same title get numbers, those of createMany too', async () => {
      await posts.create({ title: 'A' })
      const data = ['A', 'B', 'A', 'B', 'A', '!'].map((title) => ({ title }))
      expect(await posts.createMany(data)).toBe(6)
      expect((await slugs()).slice(0, 6)).toEqual(['a', 'a-2', 'b', 'a-3', 'b-2', 'a-4'])
      const created = await posts.createManyAndReturn([{ title: 'A' }, { title: 'A' }])
      expect(created).toMatchObject([{ slug: 'a-5' }, { slug: 'a-6' }])
    })

    test('leave alone the slugs that others of them bring', async () => {
      await posts.createMany([{ title: 'A' }, { title: 'B', slug: 'a' }, { title: 'A' }])
      expect((await slugs()).sort()).toEqual(['a', 'a-2', 'a-3'])
    })

    test('can be nested in others, at any depth', async () => {
      const page = { title: 'P' } as { title: string; path: string }
      await prisma.writer.create({
        data: {
          name: 'W',
          posts: {
            create: [{ title: 'A', pages: { create: [page, page] } }, { title: 'A' }],
            connectOrCreate: [{ where: { slug: 'none' }, create: { title: 'A' } }],
          },
        },
      })
      expect((await slugs()).sort()).toEqual(['a', 'a-2', 'a-3'])
      expect((await base.page.findMany()).map(({ path }) => path).sort()).toEqual(['p', 'p-2'])
      await prisma.writer.updateMany({ data: { name: 'V' } })
      const { id } = (await base.writer.findFirst()) as { id: number }
      await prisma.writer.update({
        where: { id },
        data: { posts: { createMany: { data: [{ title: 'A' }, { title: 'B' }] } } },
      })
      expect((await slugs()).sort()).toEqual(['a', 'a-2', 'a-3', 'a-4', 'b'])
    })

    test('can be upserted', async () => {
      const by = { email: 'e' }
      expect(await posts.upsert(by, { create: { title: 'A' }, update: { title: 'B' } })).toMatchObject({
        slug: 'a',
      })
      expect(await posts.upsert(by, { create: { title: 'A' }, update: { title: 'B' } })).toMatchObject({
        title: 'B',
        slug: 'a',
      })
      expect(await posts.getOrCreate({ email: 'f' }, { title: 'A' })).toMatchObject({ row: { slug: 'a-2' } })
    })
  })

  describe('a change', () => {
    test('of the title leaves the slug, and the slug itself can be changed', async () => {
      const { id } = await posts.create({ title: 'A' })
      expect(await posts.update(id, { title: 'B' })).toMatchObject({ title: 'B', slug: 'a' })
      expect(await posts.update(id, { slug: 'c' })).toMatchObject({ slug: 'c' })
      await posts.create({ title: 'A' })
      await expect(posts.update(id, { slug: 'a' })).rejects.toMatchObject({ code: 'UNIQUE_VIOLATION' })
    })

    test('of the title is followed where that was declared, and the row is not in its own way', async () => {
      const { id } = await pages.create({ title: 'A' })
      await pages.create({ title: 'B' })
      expect(await pages.update(id, { title: 'B' })).toMatchObject({ path: 'b-2' })
      expect(await pages.update(id, { title: 'b!' })).toMatchObject({ path: 'b-2' })
      expect(await pages.update(id, { title: 'C', path: 'd' })).toMatchObject({ path: 'd' })
      expect(await pages.update(id, { title: undefined, postId: null })).toMatchObject({ path: 'd' })
      expect(
        await prisma.page.upsert({ where: { id }, create: { title: 'X' } as never, update: { title: 'E' } }),
      ).toMatchObject({ path: 'e' })
      await expect(pages.update(-1, { title: 'Z' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    })

    test('of several titles at once, or of related rows, cannot be followed', async () => {
      const { id } = await posts.create({ title: 'A' })
      await pages.create({ title: 'A', postId: id })
      const title = { title: 'B' }
      const nested = { pages: { updateMany: { where: {}, data: title } } }
      const refused = { code: 'SLUG_UPDATE' }
      await expect(pages.updateMany({}, title, { all: true })).rejects.toMatchObject(refused)
      await expect(prisma.post.update({ where: { id }, data: nested })).rejects.toMatchObject(refused)
      await prisma.page.updateMany({ data: { ...title, path: 'x' } })
      expect(await base.page.findFirst()).toMatchObject({ title: 'B', path: 'x' })
    })
  })

  describe('the slug of a deleted row', () => {
    test('is taken where the unique holds for all rows', async () => {
      const { id } = await posts.create({ title: 'A' })
      await posts.delete(id)
      expect(await posts.create({ title: 'A' })).toMatchObject({ slug: 'a-2' })
    })

    const partial = provider !== 'mysql' // where it takes a generated column: see slug-tables.test.ts
    test(`is ${partial ? 'free' : 'taken'} where the unique holds for live rows`, async () => {
      const { id } = await pages.create({ title: 'A' })
      await pages.delete(id)
      expect(await pages.create({ title: 'A' })).toMatchObject({ path: partial ? 'a' : 'a-2' })
      if (partial)
        await expect(pages.restore(id)).rejects.toMatchObject({
          code: 'UNIQUE_VIOLATION',
          params: { fields: ['tenantId', 'path'] },
        })
    })
  })

  test('rows of different tenants have the same slug', async () => {
    await pages.create({ title: 'A', tenantId: 1 })
    expect(await pages.create({ title: 'A', tenantId: 2 })).toMatchObject({ path: 'a' })
    expect(await pages.create({ title: 'A', tenantId: 1 })).toMatchObject({ path: 'a-2' })
    await prisma.page.createMany({
      data: [1, 2, 3].map((tenantId) => ({ title: 'A', tenantId, path: undefined as never })),
    })
    const all = (await base.page.findMany({ orderBy: { id: 'asc' } })).map(({ path }) => path)
    expect(all.slice(3)).toEqual(['a-3', 'a-2', 'a'])
  })

  test('3,000 rows of one call get theirs with one look for the first numbers', async () => {
    const data = Array.from({ length: 3000 }, (_, at) => ({ title: `Title ${at % 1500}` }))
    expect(await posts.createMany(data)).toBe(3000)
    const all = new Set(await slugs())
    expect(all.size).toBe(3000)
    expect(all).toContain('title-1499-2')
  })

  test('another unique that is broken is reported as itself, at once', async () => {
    await posts.create({ title: 'A', email: 'e' })
    sent.length = 0
    const again = { title: 'A', email: 'e' }
    const refused = { code: 'UNIQUE_VIOLATION', params: { model: 'Post', fields: ['email'] } }
    await expect(posts.create(again)).rejects.toMatchObject(refused)
    expect(sent.filter((sql) => sql.startsWith('INSERT'))).toHaveLength(1)
    await expect(uow.run(() => posts.create(again))).rejects.toMatchObject(refused)
  })

  test('32 reads at once stay one statement', async () => {
    const ids = await Promise.all(Array.from({ length: 32 }, () => posts.create({ title: 'A' })))
    sent.length = 0
    await Promise.all(ids.map(({ id }) => prisma.post.findUnique({ where: { id } })))
    expect(sent).toHaveLength(1)
  })
})
