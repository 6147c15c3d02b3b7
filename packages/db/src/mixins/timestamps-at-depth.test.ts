import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { providers } from '../../test/databases.ts'
import { extendLibrary, libraryDatabase } from '../../test/mixins/databases.ts'
import { libraryWorld, made, writeWorld } from '../../test/mixins/world.ts'
import { metadataOf } from '../metadata/metadata-of.ts'

const now = new Date('2026-03-01T12:00:00Z')

describe.each(providers)('on %s, times are written', async (provider) => {
  const database = await libraryDatabase(provider)
  const { base } = database
  const prisma = extendLibrary(base, { now: () => now.getTime() })
  afterAll(() => database.drop())
  beforeEach(() => writeWorld(base, libraryWorld(metadataOf(base))))

  const created = { createdAt: now, updatedAt: now }
  const changed = { createdAt: made, updatedAt: now }
  const article = (id: number) => base.article.findUnique({ where: { id } })
  const comment = (id: number) => base.comment.findUnique({ where: { id } })
  const where = { id: 1 }

  test('by create, however deep', async () => {
    const answers = { create: { id: 21, text: 'b' }, createMany: { data: [{ id: 22, text: 'c' }] } }
    const comments = { create: [{ id: 20, text: 'a', answers }] }
    const articles = { create: { id: 20, title: 'T', comments } }
    await prisma.account.create({ data: { id: 20, email: 'n', name: 'N', articles } })
    expect(await article(20)).toMatchObject(created)
    for (const id of [20, 21, 22]) expect(await comment(id)).toMatchObject({ created: now, changed: now })
  })

  test('by createMany and createManyAndReturn', async () => {
    await prisma.tag.createMany({ data: [{ id: 20, name: 'n' }] })
    expect(await base.tag.findUnique({ where: { id: 20 } })).toMatchObject(created)
    if (provider === 'mysql') return // which has no such operation
    expect(await prisma.tag.createManyAndReturn({ data: [{ id: 21, name: 'n' }] })).toMatchObject([created])
  })

  test('by update, updateMany and upsert inside of another update', async () => {
    await prisma.account.update({
      where,
      data: {
        articles: {
          update: { where, data: { comments: { updateMany: { where: { id: 1 }, data: { text: 'z' } } } } },
          upsert: { where: { id: 2 }, create: { id: 30, title: 'n' }, update: { title: 'z' } },
        },
      },
    })
    expect(await article(1)).toMatchObject(changed)
    expect(await article(2)).toMatchObject(changed)
    expect(await comment(1)).toMatchObject({ created: made, changed: now })
    expect(await comment(2)).toMatchObject({ changed: made })
  })

  test('by connectOrCreate and upsert, for the row that is created', async () => {
    const create = { id: 30, name: 'n' }
    await prisma.article.update({ where, data: { tags: { connectOrCreate: { where: { id: 30 }, create } } } })
    expect(await base.tag.findUnique({ where: { id: 30 } })).toMatchObject(created)
    await prisma.tag.upsert({ where: { id: 31 }, create: { id: 31, name: 'n' }, update: {} })
    expect(await base.tag.findUnique({ where: { id: 31 } })).toMatchObject(created)
    await prisma.tag.upsert({ where, create: { id: 32, name: 'n' }, update: { name: 'z' } })
    expect(await base.tag.findUnique({ where })).toMatchObject(changed)
  })

  test('by a deletion in a nested write', async () => {
    await prisma.article.update({ where, data: { comments: { delete: { id: 2 } } } })
    expect(await comment(2)).toMatchObject({ changed: now, removedAt: now })
  })

  test('and forged nowhere', async () => {
    const forged = { createdAt: made }
    const attempts: object[] = [
      { articles: { create: { id: 30, title: 'n', ...forged } } },
      { articles: { createMany: { data: [{ id: 30, title: 'n', ...forged }] } } },
      { articles: { update: { where, data: forged } } },
      { articles: { updateMany: { where: {}, data: forged } } },
      { articles: { upsert: { where, create: { id: 30, title: 'n' }, update: forged } } },
      {
        articles: { update: { where, data: { comments: { create: { id: 30, text: 'n', changed: made } } } } },
      },
      { boss: { connectOrCreate: { where, create: { id: 30, email: 'n', name: 'n', ...forged } } } },
      { profile: { upsert: { create: { id: 30, bio: 'n', ...forged }, update: {} } } },
    ]
    for (const data of attempts) {
      await expect(prisma.account.update({ where, data })).rejects.toMatchObject({ code: 'MANAGED_FIELD' })
    }
  })
})
