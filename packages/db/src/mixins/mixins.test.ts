import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type EmptyDatabase, migratedDatabase, providers } from '../../test/databases.ts'
import type { PrismaClient } from '../../test/generated/sqlite/client.ts'
import { mixins } from './mixins.ts'

let now = new Date('2026-03-01T12:00:00Z')
const clock = { now: () => now.getTime() }
const extend = (base: PrismaClient) =>
  base.$extends(
    mixins(
      {
        author: { timestamps: true, softDelete: true },
        book: {
          timestamps: { createdAt: 'created', updatedAt: 'changed' },
          softDelete: { field: 'removedAt' },
        },
      },
      { clock },
    ),
  )

describe.each(providers)('on %s', (provider) => {
  let database: EmptyDatabase
  let base: PrismaClient
  let prisma: ReturnType<typeof extend>

  beforeAll(async () => {
    database = await migratedDatabase(provider)
    base = database.client()
    prisma = extend(base)
  })
  beforeEach(async () => {
    now = new Date('2026-03-01T12:00:00Z')
    await base.book.deleteMany()
    await base.author.deleteMany()
  })
  afterAll(async () => {
    await base?.$disconnect()
    await database?.drop()
  })

  const ann = () => prisma.author.create({ data: { name: 'Ann', email: 'ann@example.com' } })

  describe('timestamps', () => {
    test('are written by the clock, on create and on change', async () => {
      const { id, createdAt, updatedAt } = await ann()
      expect([createdAt, updatedAt]).toEqual([now, now])
      const then = now
      now = new Date('2026-03-02T12:00:00Z')
      expect(await prisma.author.update({ where: { id }, data: { name: 'Anna' } })).toMatchObject({
        createdAt: then,
        updatedAt: now,
      })
      await prisma.author.updateMany({ data: { city: 'Bonn' } })
      expect(await prisma.author.findFirst()).toMatchObject({ createdAt: then, updatedAt: now })
    })

    test('have the names the schema gives them', async () => {
      const { id: authorId } = await ann()
      expect(await prisma.book.create({ data: { title: 'T', authorId } })).toMatchObject({
        created: now,
        changed: now,
      })
    })

    test('cannot be forged', async () => {
      const data = { name: 'Ann', email: 'ann@example.com', createdAt: new Date(0) }
      await expect(prisma.author.create({ data })).rejects.toMatchObject({ code: 'MANAGED_FIELD' })
      expect(await base.author.count()).toBe(0)
    })
  })

  describe('soft delete', () => {
    test('hides a row from every operation on the model, and keeps it in the table', async () => {
      const { id, email } = await ann()
      const deleted = await prisma.author.delete({ where: { id } })
      expect(deleted).toMatchObject({ id, deletedAt: now })

      expect(await prisma.author.findUnique({ where: { id } })).toBeNull()
      expect(await prisma.author.findUnique({ where: { email } })).toBeNull()
      expect(await prisma.author.findFirst()).toBeNull()
      expect(await prisma.author.findMany()).toEqual([])
      expect(await prisma.author.count()).toBe(0)
      expect((await prisma.author.aggregate({ _count: true }))._count).toBe(0)
      expect(await prisma.author.groupBy({ by: ['city'], _count: true })).toEqual([])
      expect(await prisma.author.findMany({ where: { deletedAt: { not: null } } })).toEqual([])
      await expect(prisma.author.update({ where: { id }, data: { name: 'B' } })).rejects.toMatchObject({
        code: 'P2025',
      })
      expect(await prisma.author.updateMany({ data: { name: 'B' } })).toEqual({ count: 0 })
      await expect(prisma.author.delete({ where: { id } })).rejects.toMatchObject({ code: 'P2025' })
      expect(await prisma.author.deleteMany()).toEqual({ count: 0 })
      expect(await base.author.findMany()).toMatchObject([{ id, name: 'Ann', deletedAt: now }])
    })

    test('shows deleted rows to those who ask for them', async () => {
      const { id } = await ann()
      await prisma.author.create({ data: { name: 'Bob', email: 'bob@example.com' } })
      await prisma.author.delete({ where: { id } })
      expect(await prisma.author.withDeleted().count()).toBe(2)
      expect(await prisma.author.onlyDeleted().findMany()).toMatchObject([{ id }])
      expect(await prisma.author.onlyDeleted().findUnique({ where: { id } })).toMatchObject({ id })
      expect(await prisma.author.count()).toBe(1)
    })

    test('restores a deleted row, and only a deleted one', async () => {
      const { id } = await ann()
      await expect(prisma.author.restore({ where: { id } })).rejects.toMatchObject({ code: 'P2025' })
      await prisma.author.delete({ where: { id } })
      expect(await prisma.author.restore({ where: { id } })).toMatchObject({ id, deletedAt: null })
      expect(await prisma.author.count()).toBe(1)
    })

    test('does not overwrite when a row was deleted', async () => {
      const { id } = await ann()
      await prisma.author.delete({ where: { id } })
      const then = now
      now = new Date('2026-03-02T12:00:00Z')
      await prisma.author.deleteMany()
      await expect(prisma.author.delete({ where: { id } })).rejects.toMatchObject({ code: 'P2025' })
      expect(await prisma.author.onlyDeleted().findFirst()).toMatchObject({ deletedAt: then })
    })

    test('can be overruled: forceDelete removes live and deleted rows', async () => {
      const [a, b] = [
        await ann(),
        await prisma.author.create({ data: { name: 'Bob', email: 'bob@example.com' } }),
      ]
      await prisma.author.delete({ where: { id: a.id } })
      expect(await prisma.author.forceDelete({ where: { id: a.id } })).toMatchObject({ id: a.id })
      expect(await prisma.author.forceDelete({ where: { id: b.id }, select: { name: true } })).toEqual({
        name: 'Bob',
      })
      expect(await base.author.count()).toBe(0)
    })

    test('uses the field the schema has', async () => {
      const { id: authorId } = await ann()
      const { id } = await prisma.book.create({ data: { title: 'T', authorId } })
      await prisma.book.deleteMany({ where: { title: 'T' } })
      expect(await base.book.findUnique({ where: { id } })).toMatchObject({ removedAt: now })
      expect(await prisma.book.restore({ where: { id } })).toMatchObject({ removedAt: null })
    })

    test('holds in transactions and batches, and rolls back with them', async () => {
      const { id } = await ann()
      await expect(
        prisma.$transaction(async (tx) => {
          await tx.author.delete({ where: { id } })
          expect(await tx.author.count()).toBe(0)
          throw new Error('no')
        }),
      ).rejects.toThrow('no')
      expect(await prisma.author.count()).toBe(1)

      const [, count] = await prisma.$transaction([
        prisma.author.delete({ where: { id } }),
        prisma.author.count(),
      ])
      expect(count).toBe(0)
      await expect(
        prisma.$transaction([
          prisma.author.restore({ where: { id } }),
          prisma.author.restore({ where: { id } }),
        ]),
      ).rejects.toMatchObject({ code: 'P2025' })
      expect(await prisma.author.count()).toBe(0)
    })
  })

  test('models without mixins are left alone', async () => {
    await prisma.reading.create({
      data: { id: 'r', takenAt: now, level: 1, serial: 1, price: 1, ok: true },
    })
    await prisma.reading.delete({ where: { id: 'r' } })
    expect(await base.reading.count()).toBe(0)
  })
})

describe('what the schema lacks fails at start-up, also without types', () => {
  const start = async (config: object) => {
    const database = await migratedDatabase('sqlite')
    try {
      database.client().$extends(mixins(config as never))
    } finally {
      await database.drop()
    }
  }

  test.each([
    [
      { auhtor: { softDelete: true } },
      'there is no model "auhtor"; there are: author, book, reading, country, account, order',
    ],
    [{ book: { softDelete: true } }, 'book needs a field "deletedAt DateTime"'],
    [{ author: { softDelete: { field: 'name' } } }, 'author needs a field "name DateTime"'],
    [{ reading: { timestamps: true } }, 'reading needs a field "createdAt DateTime"'],
    [
      { author: { timestamp: true } },
      'there is no "timestamp" among the mixins of author; there are: timestamps, softDelete',
    ],
    [{ author: true }, 'mixins of author must be an object'],
    [{ author: null }, 'mixins of author must be an object'],
    [
      { author: { timestamps: { created: 'createdAt' } } },
      'there is no "created" among the timestamps of author',
    ],
    [
      { author: { timestamps: { updatedAt: 'createdAt' } } },
      'author has one field for two purposes, "createdAt"',
    ],
    [{ author: { timestamps: true, softDelete: { field: 'updatedAt' } } }, 'one field for two purposes'],
    [{ author: { softDelete: 'deletedAt' } }, 'softDelete of author must be an object'],
    [{ author: { softDelete: { cascades: [] } } }, 'there is no "cascades" among the softDelete of author'],
    [{ author: { softDelete: { cascade: ['bookz'] } } }, 'author has no relation "bookz" to cascade to'],
    [{ author: { softDelete: { cascade: ['name'] } } }, 'author has no relation "name" to cascade to'],
    [{ author: { softDelete: { cascade: ['books'] } } }, 'author can only cascade to rows that point to it'],
    [
      { author: { softDelete: true }, book: { softDelete: { field: 'removedAt', cascade: ['author'] } } },
      'book can only cascade to rows that point to it and have soft delete, which "author" is not',
    ],
  ])('%j', async (config, message) => {
    await expect(start(config)).rejects.toMatchObject({
      code: 'MIXIN_CONFIG',
      message: expect.stringContaining(message),
    })
  })

  test('declaring mixins twice is refused', async () => {
    const database = await migratedDatabase('sqlite')
    const once = database.client().$extends(mixins({ author: { softDelete: true } }))
    expect(() => once.$extends(mixins({ book: { softDelete: { field: 'removedAt' } } }) as never)).toThrow(
      'in one call',
    )
    await database.drop()
  })

  test('but a mixin that is off needs nothing', async () => {
    await start({ reading: { softDelete: false, timestamps: false }, book: undefined })
  })
})
