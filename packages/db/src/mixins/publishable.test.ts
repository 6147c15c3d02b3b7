import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type EmptyDatabase, migratedDatabase, providers } from '../../test/databases.ts'
import type { PrismaClient } from '../../test/generated/sqlite/client.ts'
import { createRepository } from '../repository/create-repository.ts'
import { mixins } from './mixins.ts'

const moment = Date.UTC(2026, 0, 1)
const extend = (base: PrismaClient, clock: { now(): number }) =>
  base.$extends(mixins({ account: { publishable: true, softDelete: true } }, { clock }))

describe.each(providers)('on %s', (provider) => {
  let database: EmptyDatabase
  let base: PrismaClient
  let prisma: ReturnType<typeof extend>
  const clock = { time: moment, now: () => clock.time }
  beforeAll(async () => {
    database = await migratedDatabase(provider)
    base = database.client()
    prisma = extend(base, clock)
    const at = (ms: number) => new Date(moment + ms)
    const rows = { draft: null, past: at(-1), present: at(0), future: at(60_000), deleted: at(-1) }
    await base.account.createMany({
      data: Object.entries(rows).map(([code, publishedAt]) => ({
        tenantId: 1,
        code,
        publishedAt,
        deletedAt: code === 'deleted' ? at(0) : null,
      })),
    })
  })
  afterAll(async () => {
    await base?.$disconnect()
    await database?.drop()
  })
  const codes = async (rows: Promise<{ code: string }[]>) => (await rows).map(({ code }) => code).sort()

  test('a view of the model has the rows of one state, live ones only', async () => {
    clock.time = moment
    const { account } = prisma
    expect(await codes(account.published().findMany())).toEqual(['past', 'present'])
    expect(await codes(account.drafts().findMany())).toEqual(['draft'])
    expect(await codes(account.scheduled().findMany({ where: { tenantId: 1 } }))).toEqual(['future'])
    expect(await codes(account.withDeleted().published().findMany())).toEqual(['deleted', 'past', 'present'])
    const where = { tenantId_code: { tenantId: 1, code: 'future' } }
    expect(await account.published().findUnique({ where })).toBeNull()
    expect(await account.published().count({ where: { publishedAt: null } })).toBe(0)
    clock.time = moment + 60_000
    expect(await account.published().findUnique({ where })).toMatchObject({ code: 'future' })
  })

  test('so has a view of the repository, by either compiler, and by key', async () => {
    clock.time = moment
    const accounts = createRepository(prisma, 'account')
    expect(await codes(accounts.published().filter({}))).toEqual(['past', 'present'])
    expect(await codes(accounts.published().filter({ code__contains: 'a' }))).toEqual(['past'])
    expect(await codes(accounts.published().filter({ code__icontains: 'PA' }))).toEqual(['past'])
    expect(await accounts.drafts().count()).toBe(1)
    expect((await accounts.scheduled().paginate()).items.map(({ code }) => code)).toEqual(['future'])
    const draft = await accounts.drafts().first()
    expect(await accounts.published().get(draft?.id ?? 0)).toBeNull()
    await expect(accounts.published().update(draft?.id ?? 0, { code: 'x' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    const { nextCursor } = await accounts.published().cursorPaginate({ perPage: 1 })
    await expect(accounts.cursorPaginate({ perPage: 1, cursor: nextCursor })).rejects.toMatchObject({
      code: 'CURSOR_INVALID',
    })
  })

  test('nothing leaves a view, to be changed or deleted', async () => {
    clock.time = moment
    const { account } = prisma
    const accounts = createRepository(prisma, 'account')
    const past = await base.account.findFirstOrThrow({ where: { code: 'past' } })
    const key = { tenantId_code: { tenantId: 1, code: 'past' } }
    const data = { create: { tenantId: 1, code: 'past' }, update: { balance: 9 } }
    expect(await account.drafts().deleteMany({ where: { code: { not: 'draft' } } })).toEqual({ count: 0 })
    await expect(account.drafts().delete({ where: { id: past.id } })).rejects.toMatchObject({ code: 'P2025' })
    expect(await account.onlyDeleted().deleteMany({})).toEqual({ count: 0 })
    await expect(account.onlyDeleted().delete({ where: { id: past.id } })).rejects.toMatchObject({
      code: 'P2025',
    })
    expect(await accounts.drafts().deleteMany({ code__ne: 'draft' })).toBe(0)
    expect(await accounts.drafts().purge({ olderThan: new Date(8.64e15) })).toBe(0)
    await expect(accounts.drafts().upsert(key, data)).rejects.toMatchObject({ code: 'UNIQUE_VIOLATION' })
    await expect(accounts.drafts().getOrCreate(key, data.create)).rejects.toMatchObject({
      code: 'UNIQUE_VIOLATION',
    })
    expect((await accounts.published().upsert(key, { ...data, update: {} })).id).toBe(past.id)
    expect(await base.account.findUnique({ where: { id: past.id } })).toEqual(past)
  })

  test('a row is published now, later, or not any more', async () => {
    clock.time = moment
    const accounts = createRepository(prisma, 'account', { writable: { update: [] } })
    const { id } = await accounts.create({ tenantId: 1, code: 'new' })
    expect((await accounts.publish(id)).publishedAt).toEqual(new Date(moment))
    expect(await accounts.published().get(id)).not.toBeNull()
    await accounts.publish(id, { at: new Date(moment + 1000) })
    expect(await accounts.scheduled().get(id)).not.toBeNull()
    expect((await accounts.unpublish(id)).publishedAt).toBeNull()
    await expect(accounts.publish(id, { at: new Date('never') })).rejects.toMatchObject({
      code: 'FIELD_VALUE',
    })
    await expect(accounts.publish(1_000_000)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const books = createRepository(prisma, 'book') as never as typeof accounts
    expect(() => books.published()).toThrow(expect.objectContaining({ code: 'MIXIN_CONFIG' }))
    await expect(books.publish(1)).rejects.toMatchObject({ code: 'MIXIN_CONFIG' })
  })
})
