import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type EmptyDatabase, migratedDatabase, providers } from '../../test/databases.ts'
import type { PrismaClient } from '../../test/generated/sqlite/client.ts'
import { writeVersions } from '../../test/write-versions.ts'
import { createRepository } from '../repository/create-repository.ts'
import { mixins } from './mixins.ts'

const extend = (base: PrismaClient) =>
  base.$extends(
    mixins({ author: { timestamps: true, softDelete: true }, account: { version: true, softDelete: true } }),
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
    await base.order.deleteMany()
    await base.account.deleteMany()
    await base.country.deleteMany()
  })
  afterAll(async () => {
    await base?.$disconnect()
    await database?.drop()
  })
  const versionOf = async (id: number) => (await base.account.findUniqueOrThrow({ where: { id } })).version

  test('every change counts, in any position', async () => {
    const { id, version } = await prisma.account.create({ data: { tenantId: 1, code: 'a' } })
    expect(version).toBe(1)
    await prisma.account.update({ where: { id }, data: { balance: 1 } })
    await prisma.account.updateMany({ where: { tenantId: 1 }, data: { balance: 2 } })
    const key = { tenantId_code: { tenantId: 1, code: 'a' } }
    await prisma.account.upsert({ where: key, create: { tenantId: 1, code: 'a' }, update: { balance: 3 } })
    expect(await versionOf(id)).toBe(4)
    await prisma.country.create({
      data: { id: 1, name: 'X', accounts: { connect: { id }, create: { tenantId: 1, code: 'b' } } },
    })
    const nested = { updateMany: { where: { code: 'a' }, data: { balance: 4 } } }
    await prisma.country.update({ where: { id: 1 }, data: { accounts: nested } })
    expect(await versionOf(id)).toBe(5)
    expect(await prisma.account.count({ where: { code: 'b', version: 1 } })).toBe(1)
    await prisma.account.delete({ where: { id } })
    expect(await versionOf(id)).toBe(6)
    expect((await prisma.account.restore({ where: { id } })).version).toBe(7)
  })

  test('it cannot be set, at any depth', async () => {
    const forged = { tenantId: 1, code: 'a', version: 9 }
    const managed = { code: 'MANAGED_FIELD' }
    await expect(prisma.account.create({ data: forged })).rejects.toMatchObject(managed)
    await expect(prisma.account.createMany({ data: [forged] })).rejects.toMatchObject(managed)
    const country = { id: 1, name: 'X', accounts: { create: forged } }
    await expect(prisma.country.create({ data: country })).rejects.toMatchObject(managed)
    expect(await base.account.count()).toBe(0)
  })

  test.each([false, true])('of 40 writers at once, none is lost (in run: %s)', async (inRun) => {
    expect(await writeVersions(base, { writers: 40, inRun })).toMatchObject({ balance: 40, version: 41 })
  })

  test('a version is an integer, of a model that has one', async () => {
    const accounts = createRepository(prisma, 'account')
    const { id } = await accounts.create({ tenantId: 1, code: 'a' })
    for (const version of ['1', 1.5, Number.NaN, null]) {
      await expect(accounts.update(id, {}, { version: version as never })).rejects.toMatchObject({
        code: 'FIELD_VALUE',
      })
    }
    for (const version of [0, 2 ** 31, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER]) {
      const conflict = { code: 'VERSION_CONFLICT' }
      await expect(accounts.update(id, {}, { version })).rejects.toMatchObject(conflict)
      await expect(accounts.delete(id, { version })).rejects.toMatchObject(conflict)
    }
    await expect(accounts.update(id + 1, {}, { version: 2 ** 31 })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    const authors = createRepository(prisma, 'author')
    await expect(authors.update(1, {}, { version: 1 })).rejects.toMatchObject({ code: 'MIXIN_CONFIG' })
  })
})
