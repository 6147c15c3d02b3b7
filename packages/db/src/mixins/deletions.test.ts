import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { providers } from '../../test/databases.ts'
import { extendLibrary, libraryDatabase } from '../../test/mixins/databases.ts'
import { createUnitOfWork } from '../context/unit-of-work.ts'
import { createRepository } from '../repository/create-repository.ts'

describe.each(providers)('on %s', async (provider) => {
  const database = await libraryDatabase(provider)
  const { base } = database
  let now = new Date('2026-03-01T12:00:00Z')
  const prisma = extendLibrary(base, { now: () => now.getTime() })
  const uow = createUnitOfWork(prisma)
  const later = () => {
    now = new Date(now.getTime() + 1000)
    return now
  }

  afterAll(() => database.drop())
  beforeEach(async () => {
    await base.account.updateMany({ data: { bossId: null } })
    await base.comment.updateMany({ data: { parentId: null } })
    for (const model of ['seat', 'comment', 'article', 'profile', 'tag', 'account'] as const) {
      await (base[model] as typeof base.account).deleteMany()
    }
    later()
  })

  const account = (id: number, email: string) => prisma.account.create({ data: { id, email, name: email } })
  /** An article with a comment, an answer to it, and an answer to that. */
  const discussion = async () => {
    await account(1, 'ann')
    const answers = { create: { id: 12, text: 'b', answers: { create: { id: 13, text: 'c' } } } }
    const comments = {
      create: [
        { id: 11, text: 'a', answers },
        { id: 14, text: 'd' },
      ],
    }
    await prisma.article.create({ data: { id: 1, title: 'T', authorId: 1, comments } })
  }
  const deletedComments = async () => {
    const comments = await base.comment.findMany({ orderBy: { id: 'asc' } })
    return Object.fromEntries(comments.map(({ id, removedAt }) => [id, removedAt]))
  }

  describe('a cascade', () => {
    test('deletes the live rows that belong to a row, and theirs, at the same moment', async () => {
      await discussion()
      const earlier = now
      await prisma.comment.delete({ where: { id: 14 } })
      const then = later()
      await prisma.account.delete({ where: { id: 1 } })
      expect(await base.article.findFirst()).toMatchObject({ deletedAt: then, updatedAt: then })
      expect(await deletedComments()).toEqual({ 11: then, 12: then, 13: then, 14: earlier })
    })

    test('restores exactly the rows of that moment', async () => {
      await discussion()
      await prisma.comment.delete({ where: { id: 14 } })
      const first = now
      later()
      await prisma.comment.delete({ where: { id: 12 } })
      const second = now
      later()
      await prisma.article.delete({ where: { id: 1 } })
      expect(await prisma.article.restore({ where: { id: 1 } })).toMatchObject({ id: 1, deletedAt: null })
      expect(await deletedComments()).toEqual({ 11: null, 12: second, 13: second, 14: first })
      await prisma.comment.restore({ where: { id: 12 } })
      expect(await deletedComments()).toEqual({ 11: null, 12: null, 13: null, 14: first })
    })

    test('follows a deletion of many and one in a nested write', async () => {
      await discussion()
      await prisma.article.deleteMany({ where: { title: 'T' } })
      expect(Object.values(await deletedComments())).toEqual([now, now, now, now])
      await prisma.article.restore({ where: { id: 1 } })
      expect(Object.values(await deletedComments())).toEqual([null, null, null, null])
      const then = later()
      await prisma.article.update({ where: { id: 1 }, data: { comments: { delete: { id: 11 } } } })
      expect(await deletedComments()).toEqual({ 11: then, 12: then, 13: then, 14: null })
      await prisma.account.update({ where: { id: 1 }, data: { articles: { deleteMany: {} } } })
      expect(await deletedComments()).toEqual({ 11: then, 12: then, 13: then, 14: then })
    })

    test('is undone with the transaction around it', async () => {
      await discussion()
      const failing = uow.run(async () => {
        await prisma.account.delete({ where: { id: 1 } })
        expect(await prisma.comment.count()).toBe(0)
        throw new Error('no')
      })
      await expect(failing).rejects.toThrow('no')
      await prisma.$transaction(async (tx) => {
        await tx.account.delete({ where: { id: 1 } })
        expect(await tx.comment.count()).toBe(0)
        await tx.account.restore({ where: { id: 1 } })
      })
      expect(await prisma.comment.count()).toBe(4)
    })

    test('is part of the batch it is in, and undone with it', async () => {
      await discussion()
      const where = { id: 1 }
      const failing = prisma.$transaction([
        prisma.article.delete({ where }),
        prisma.account.restore({ where }),
      ])
      await expect(failing).rejects.toMatchObject({ code: 'P2025' })
      expect(await prisma.comment.count()).toBe(4)
      const [, gone, restored, back] = await prisma.$transaction([
        prisma.article.delete({ where }),
        prisma.comment.count(),
        prisma.article.restore({ where: { authorId_title: { authorId: 1, title: 'T' } } }),
        prisma.comment.count(),
      ])
      expect([gone, restored.id, back]).toEqual([0, 1, 4])
    })

    test('is refused in a batch of the client without mixins, which has one statement for each call', async () => {
      await discussion()
      const batch = base.$transaction([prisma.article.delete({ where: { id: 1 } })])
      await expect(batch).rejects.toMatchObject({ code: 'NOT_IN_BATCH' })
      expect(await prisma.comment.count()).toBe(4)
    })
  })

  describe('restoring', () => {
    test('fails where a live row has taken the key, and changes nothing', async () => {
      await account(1, 'ann')
      await prisma.account.delete({ where: { id: 1 } })
      await account(2, 'ann')
      const before = await base.account.findMany()
      for (const restore of [prisma.account, createRepository(prisma, 'account')] as const) {
        const restored = 'model' in restore ? restore.restore(1) : restore.restore({ where: { id: 1 } })
        await expect(restored).rejects.toMatchObject({
          code: 'UNIQUE_VIOLATION',
          params: { model: 'Account' },
        })
      }
      expect(await base.account.findMany()).toEqual(before)
    })

    test('by a key that one deleted row has finds it; several are ambiguous', async () => {
      await account(1, 'ann')
      await prisma.account.delete({ where: { id: 1 } })
      expect(await prisma.account.restore({ where: { email: 'ann' } })).toMatchObject({ id: 1 })
      await prisma.account.delete({ where: { email: 'ann' } })
      await account(2, 'ann')
      await prisma.account.delete({ where: { email: 'ann' } })
      const before = await base.account.findMany()
      await expect(prisma.account.restore({ where: { email: 'ann' } })).rejects.toMatchObject({
        code: 'AMBIGUOUS_KEY',
        params: { model: 'Account' },
      })
      await expect(prisma.account.restore({ where: { email: 'nobody' } })).rejects.toMatchObject({
        code: 'P2025',
      })
      expect(await base.account.findMany()).toEqual(before)
    })

    test('by a compound key works as by any other', async () => {
      await discussion()
      await prisma.article.delete({ where: { authorId_title: { authorId: 1, title: 'T' } } })
      const where = { authorId_title: { authorId: 1, title: 'T' } }
      expect(await prisma.article.restore({ where })).toMatchObject({ id: 1 })
      await prisma.seat.create({ data: { row: 1, number: 2, note: 'N' } })
      await prisma.seat.delete({ where: { row_number: { row: 1, number: 2 } } })
      expect(await prisma.seat.restore({ where: { row_number: { row: 1, number: 2 } } })).toMatchObject({
        row: 1,
      })
    })
  })

  describe('a live row and two deleted ones with the same key', () => {
    beforeEach(async () => {
      for (const id of [1, 2]) {
        await account(id, 'ann')
        await prisma.account.delete({ where: { id } })
        later()
      }
      await account(3, 'ann')
    })
    const where = { email: 'ann' }
    const data = { name: 'Z' }
    const changed = async (act: () => PromiseLike<unknown>) => {
      const before = await base.account.findMany({ orderBy: { id: 'asc' } })
      const result = await Promise.resolve(act()).then(
        () => 'done',
        (error: { code: string }) => error.code,
      )
      const after = new Map((await base.account.findMany()).map((row) => [row.id, row]))
      const ids = before.filter((row) => JSON.stringify(after.get(row.id)) !== JSON.stringify(row))
      return [result, ...ids.map(({ id }) => id)]
    }

    test('operations by the key change the live one and no other', async () => {
      expect(await prisma.account.findUnique({ where })).toMatchObject({ id: 3 })
      expect(await changed(() => prisma.account.update({ where, data }))).toEqual(['done', 3])
      const create = { id: 9, email: 'ann', name: 'new' }
      expect(await changed(() => prisma.account.upsert({ where, create, update: { points: 1 } }))).toEqual([
        'done',
        3,
      ])
      expect(await changed(() => prisma.account.updateMany({ where, data: { points: 2 } }))).toEqual([
        'done',
        3,
      ])
      await account(4, 'bob')
      await prisma.account.update({ where: { id: 4 }, data: { boss: { connect: where } } })
      expect(await base.account.findUnique({ where: { id: 4 } })).toMatchObject({ bossId: 3 })
      expect(await changed(() => prisma.account.delete({ where }))).toEqual(['done', 3])
    })

    test('operations that mean deleted rows too refuse the key, and change none', async () => {
      const { account } = prisma
      const ambiguous = ['AMBIGUOUS_KEY']
      const create = { id: 9, email: 'ann', name: 'new' }
      expect(await changed(() => account.restore({ where }))).toEqual(ambiguous)
      expect(await changed(() => account.forceDelete({ where }))).toEqual(ambiguous)
      expect(await changed(() => account.withDeleted().findUnique({ where }))).toEqual(ambiguous)
      expect(await changed(() => account.onlyDeleted().findUnique({ where }))).toEqual(ambiguous)
      expect(await changed(() => account.withDeleted().update({ where, data }))).toEqual(ambiguous)
      expect(await changed(() => account.onlyDeleted().update({ where, data }))).toEqual(ambiguous)
      expect(await changed(() => account.withDeleted().upsert({ where, create, update: data }))).toEqual(
        ambiguous,
      )
      expect(await changed(() => account.withDeleted().delete({ where }))).toEqual(['done', 3])
    })

    test('operations by the primary key mean that row', async () => {
      const { account } = prisma
      expect(await changed(() => account.onlyDeleted().update({ where: { id: 1 }, data }))).toEqual([
        'done',
        1,
      ])
      expect(await changed(() => account.withDeleted().update({ where: { id: 2 }, data }))).toEqual([
        'done',
        2,
      ])
      expect(await changed(() => account.forceDelete({ where: { id: 1 } }))).toEqual(['done', 1])
      expect(await changed(() => account.forceDelete({ where: { id: 3 } }))).toEqual(['done', 3])
      expect(await changed(() => account.restore({ where: { email: 'ann' } }))).toEqual(['done', 2])
    })
  })

  test('purge removes what was deleted before a moment, and nothing else', async () => {
    for (const id of [1, 2, 3]) await account(id, `${id}`)
    await prisma.account.delete({ where: { id: 1 } })
    const moment = later()
    await prisma.account.delete({ where: { id: 2 } })
    expect(await prisma.account.purge({ olderThan: moment })).toBe(1)
    expect((await base.account.findMany({ orderBy: { id: 'asc' } })).map(({ id }) => id)).toEqual([2, 3])
    for (const olderThan of [undefined, new Date(Number.NaN), '2026-01-01']) {
      await expect(prisma.account.purge({ olderThan } as never)).rejects.toMatchObject({
        code: 'FIELD_VALUE',
      })
    }
    expect(await base.account.count()).toBe(2)
  })

  test('many upserts of one key at once make one row, and none fails', async () => {
    for (let round = 0; round < 5; round++) {
      const email = `${round}`
      await Promise.all(
        Array.from({ length: 8 }, (_, at) =>
          prisma.account.upsert({
            where: { email },
            create: { id: round * 10 + at, email, name: 'new' },
            update: { points: { increment: 1 } },
          }),
        ),
      )
      expect(await prisma.account.findMany({ where: { email } })).toMatchObject([{ points: 7 }])
    }
  })

  test('an upsert that violates another key fails as it is', async () => {
    await account(1, 'ann')
    const create = { id: 1, email: 'bob', name: 'B' }
    await expect(
      prisma.account.upsert({ where: { email: 'bob' }, create, update: {} }),
    ).rejects.toMatchObject({
      code: 'P2002',
    })
  })
})
