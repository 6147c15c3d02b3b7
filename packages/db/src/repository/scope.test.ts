import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import { type EmptyDatabase, migratedDatabase, providers } from '../../test/databases.ts'
import type { PrismaClient } from '../../test/generated/sqlite/client.ts'
import { callsAsTenant, seedTenants } from '../../test/tenants/random-calls.ts'
import { mixins } from '../mixins/mixins.ts'
import { createRepository } from './create-repository.ts'

describe.each(providers)('on %s', (provider) => {
  let database: EmptyDatabase
  let base: PrismaClient
  beforeAll(async () => {
    database = await migratedDatabase(provider)
    base = database.client()
  })
  afterAll(async () => {
    await base?.$disconnect()
    await database?.drop()
  })

  test('random calls as one tenant never see or touch what belongs to another', async () => {
    const { answered } = await callsAsTenant(base, { runs: 250, seed: inject('seed') })
    expect(answered).toBeGreaterThan(100)
  })

  describe('a repository with a scope', () => {
    let tenantId: number | undefined
    const repositories = () => {
      const prisma = base.$extends(mixins({ account: { softDelete: true } }))
      const scoped = () => ({ tenantId: tenantId as number })
      return {
        accounts: createRepository(prisma, 'account', { scoped }),
        orders: createRepository(prisma, 'order', { scoped }),
      }
    }
    const idOf = async (where: { tenantId: number; code: string }) =>
      (await base.account.findFirstOrThrow({ where })).id

    beforeEach(async () => {
      tenantId = 1
      await seedTenants(base)
    })

    test('counts, filters and sorts by nothing of another, over shared rows either', async () => {
      const { accounts, orders } = repositories()
      expect(await accounts.count()).toBe(5)
      expect(await accounts.count({ code__contains: 'B' })).toBe(0)
      expect(await accounts.count({ country__accounts__code__endswith: 'B' })).toBe(0)
      expect(await accounts.exists({ country__accounts__some: { code__contains: 'B' } })).toBe(false)
      expect(await accounts.filter({ country__accounts__every: { code__contains: 'of A' } })).toHaveLength(2)
      const [first] = await orders.filter({}, { orderBy: '-account__code', limit: 1 })
      expect(first?.note).toContain('of A')
    })

    test('stamps new rows, and refuses to write its columns', async () => {
      const { accounts } = repositories()
      const { id } = await accounts.create({ code: 'new' })
      expect(await base.account.findUnique({ where: { id } })).toMatchObject({ tenantId: 1 })
      const managed = { code: 'MANAGED_FIELD' }
      await expect(accounts.create({ code: 'c', tenantId: 2 } as never)).rejects.toMatchObject(managed)
      await expect(accounts.update(id, { tenantId: 2 } as never)).rejects.toMatchObject(managed)
      await expect(accounts.updateMany({ id }, { tenantId: 2 } as never)).rejects.toMatchObject(managed)
    })

    test('finds no row of another by its key', async () => {
      const { accounts } = repositories()
      const id = await idOf({ tenantId: 2, code: '1 of B' })
      const missing = { code: 'NOT_FOUND' }
      expect(await accounts.get(id)).toBeNull()
      await expect(accounts.update(id, { code: 'z' })).rejects.toMatchObject(missing)
      await expect(accounts.increment(id, { balance: 1 })).rejects.toMatchObject(missing)
      await expect(accounts.delete(id)).rejects.toMatchObject(missing)
      await expect(accounts.forceDelete(id)).rejects.toMatchObject(missing)
      const deleted = await idOf({ tenantId: 2, code: '5 of B' })
      await expect(accounts.restore(deleted)).rejects.toMatchObject(missing)
      expect(await accounts.onlyDeleted().count()).toBe(1)
      expect(await accounts.withDeleted().count()).toBe(6)
    })

    test('refuses a foreign key that leads out of it, as if nothing were there', async () => {
      const { orders } = repositories()
      const [ours, theirs] = [
        await idOf({ tenantId: 1, code: '1 of A' }),
        await idOf({ tenantId: 2, code: '1 of B' }),
      ]
      const violation = {
        code: 'FOREIGN_KEY_VIOLATION',
        params: { model: 'Order', fields: ['accountId'] },
      }
      await expect(orders.create({ note: 'n', accountId: theirs })).rejects.toMatchObject(violation)
      const rows = [ours, theirs].map((accountId) => ({ note: 'many', accountId }))
      await expect(orders.createMany(rows)).rejects.toMatchObject(violation)
      expect(await orders.count({ note: 'many' })).toBe(0)
      const { id } = await orders.create({ note: 'n', accountId: ours })
      await expect(orders.update(id, { accountId: theirs })).rejects.toMatchObject(violation)
      await expect(orders.update(id, { accountId: { set: theirs } })).rejects.toMatchObject(violation)
      expect((await orders.getOrFail(id)).accountId).toBe(ours)
    })

    test('asks for its columns on every call, and has cursors of its own', async () => {
      const { accounts } = repositories()
      const { nextCursor } = await accounts.cursorPaginate({ perPage: 2 })
      expect((await accounts.cursorPaginate({ perPage: 2, cursor: nextCursor })).items).toHaveLength(2)
      tenantId = 2
      expect(await accounts.count({ code__contains: 'B' })).toBe(4)
      await expect(accounts.cursorPaginate({ perPage: 2, cursor: nextCursor })).rejects.toMatchObject({
        code: 'CURSOR_INVALID',
      })
    })

    test.each([undefined, null, '1', Number.NaN])('never takes %j for everybody', async (value) => {
      tenantId = value as never
      const { accounts } = repositories()
      const refused = { code: 'SCOPE_VALUE' }
      await expect(accounts.count()).rejects.toMatchObject(refused)
      await expect(accounts.get(1)).rejects.toMatchObject(refused)
      await expect(accounts.create({ code: 'c' })).rejects.toMatchObject(refused)
      expect(() => accounts.iterate({})).toThrow(expect.objectContaining(refused))
    })

    test.each([[{}], [{ nope: 1 }], [{ orders: 1 }], [[1]], ['x']])(
      'must name columns: %j',
      async (scope) => {
        const accounts = createRepository(base, 'account', { scoped: () => scope as never })
        await expect(accounts.count()).rejects.toMatchObject({ code: 'SCOPE_VALUE' })
      },
    )
  })
})
