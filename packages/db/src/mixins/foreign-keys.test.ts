import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { providers } from '../../test/databases.ts'
import { extendLibrary, libraryDatabase } from '../../test/mixins/databases.ts'
import { libraryWorld, writeWorld } from '../../test/mixins/world.ts'
import { metadataOf } from '../metadata/metadata-of.ts'
import { createRepository } from '../repository/create-repository.ts'

describe.each(providers)('on %s, a foreign key given as a value', async (provider) => {
  const database = await libraryDatabase(provider)
  const { base } = database
  const prisma = extendLibrary(base, { checkForeignKeys: true })
  beforeAll(() => writeWorld(base, libraryWorld(metadataOf(base))))
  afterAll(() => database.drop())

  const refused = { code: 'FOREIGN_KEY_VIOLATION', params: { model: 'Seat', fields: ['accountId'] } }
  const seat = (number: number, accountId: number | null) => ({ row: 50, number, note: 'N', accountId })
  const where = { row_number: { row: 1, number: 1 } }

  test('must point to a live row, in whatever write', async () => {
    for (const accountId of [4, 99]) {
      const data = seat(1, accountId)
      const attempts: (() => Promise<unknown>)[] = [
        () => prisma.seat.create({ data }),
        () => prisma.seat.createMany({ data: [seat(2, 1), data] }),
        () => prisma.seat.update({ where, data: { accountId } }),
        () => prisma.seat.update({ where, data: { accountId: { set: accountId } } }),
        () => prisma.seat.updateMany({ data: { accountId } }),
        () => prisma.seat.upsert({ where, create: data, update: {} }),
        () => prisma.$transaction((tx) => tx.seat.create({ data })),
      ]
      for (const attempt of attempts) await expect(attempt()).rejects.toMatchObject(refused)
    }
    expect(await base.seat.count()).toBe(4)
    expect(await base.seat.count({ where: { accountId: 1 } })).toBe(2)
  })

  test('also in a nested one', async () => {
    const data = {
      articles: {
        update: { where: { id: 1 }, data: { comments: { create: { id: 50, text: 'n', parentId: 3 } } } },
      },
    }
    await expect(prisma.account.update({ where: { id: 1 }, data })).rejects.toMatchObject({
      code: 'FOREIGN_KEY_VIOLATION',
      params: { model: 'Comment', fields: ['parentId'] },
    })
  })

  test('passes when it does, or points nowhere', async () => {
    await prisma.seat.createMany({ data: [seat(3, 1), seat(4, 1), seat(5, 2), seat(6, null)] })
    await prisma.seat.update({ where, data: { accountId: 2 } })
    expect(await base.seat.count({ where: { accountId: 2 } })).toBe(2)
  })

  test('is checked by a repository in any case', async () => {
    const unchecked = extendLibrary(base)
    const seats = createRepository(unchecked, 'seat')
    const [dead, live] = [seat(20, 4), seat(20, 1)]
    await expect(seats.create(dead)).rejects.toMatchObject(refused)
    await expect(seats.createMany([live, { ...dead, number: 21 }])).rejects.toMatchObject(refused)
    await expect(seats.createManyAndReturn([dead])).rejects.toMatchObject(refused)
    await expect(seats.update(where, { accountId: 4 })).rejects.toMatchObject(refused)
    await expect(seats.updateMany({ number: 1 }, { accountId: 4 })).rejects.toMatchObject(refused)
    const key = { row_number: { row: 50, number: 20 } }
    await expect(seats.upsert(key, { create: dead, update: {} })).rejects.toMatchObject(refused)
    await expect(seats.getOrCreate(key, dead)).rejects.toMatchObject(refused)
    expect(await base.seat.count({ where: { number: { in: [20, 21] } } })).toBe(0)
    expect(await seats.create(live)).toMatchObject({ accountId: 1 })
    expect(await unchecked.seat.create({ data: seat(22, 4) })).toMatchObject({ accountId: 4 })
  })

  test('is checked in a batch as well', async () => {
    const batch = prisma.$transaction([
      prisma.seat.create({ data: seat(7, 1) }),
      prisma.seat.create({ data: seat(8, 4) }),
    ])
    await expect(batch).rejects.toMatchObject(refused)
    expect(await base.seat.count({ where: { number: { in: [7, 8] } } })).toBe(0)
  })
})
