import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { providers } from '../../test/databases.ts'
import { type ShapesDatabase, shapesDatabase } from '../../test/shapes/database.ts'
import { createUnitOfWork } from '../context/unit-of-work.ts'
import { mixins } from '../mixins/mixins.ts'
import { createRepository } from './create-repository.ts'

describe.each(providers)('on %s', (provider) => {
  let database: ShapesDatabase
  const base = () => database.client
  beforeAll(async () => {
    database = await shapesDatabase(provider)
  })
  afterAll(() => database?.drop())

  describe('a tenant, who is a row as well,', () => {
    const scoped = () => ({ tenantId: 1 })
    const repositories = () => {
      const client = base()
      return {
        customers: createRepository(client, 'customer', {
          scoped,
          nestedWrites: ['tenant', 'country', 'boss', 'invoices', 'tags'],
        }),
        invoices: createRepository(client, 'invoice', { scoped, nestedWrites: ['customer', 'lines'] }),
      }
    }
    let ids: Record<string, number>
    beforeEach(async () => {
      const { line, invoice, product, country, customer, tag, tenant } = base()
      await line.deleteMany()
      await invoice.deleteMany()
      await product.deleteMany()
      await country.updateMany({ data: { capitalId: null } })
      await customer.updateMany({ data: { bossId: null } })
      await customer.deleteMany()
      await country.deleteMany()
      await tag.deleteMany()
      await tenant.deleteMany()
      await tenant.createMany({ data: [1, 2].map((id) => ({ id, name: `t${id}` })) })
      await country.create({ data: { id: 1, name: 'c' } })
      const [a, b] = [
        await customer.create({ data: { tenantId: 1, code: 'a', countryId: 1 } }),
        await customer.create({ data: { tenantId: 2, code: 'of B', countryId: 1 } }),
      ]
      const [productA, productB] = [
        await product.create({ data: { tenantId: 1, name: 'p' } }),
        await product.create({ data: { tenantId: 2, name: 'p of B' } }),
      ]
      const bill = await invoice.create({ data: { tenantId: 1, note: 'n', customerId: a.id } })
      ids = { a: a.id, b: b.id, productA: productA.id, productB: productB.id, bill: bill.id }
    })
    const refused = { code: 'FOREIGN_KEY_VIOLATION' }

    test('reaches no row of another by a foreign key of a model without tenants', async () => {
      const { invoices, customers } = repositories()
      const lines = (productId: number | undefined) => ({
        lines: { createMany: { data: [{ productId: productId ?? 0 }] } },
      })
      await expect(invoices.update(ids['bill'] ?? 0, lines(ids['productB']))).rejects.toMatchObject({
        ...refused,
        params: { model: 'Line', fields: ['productId'] },
      })
      await invoices.update(ids['bill'] ?? 0, lines(ids['productA']))
      const country = { country: { update: { capitalId: ids['b'] ?? 0 } } }
      await expect(customers.update(ids['a'] ?? 0, country)).rejects.toMatchObject(refused)
      expect(await base().line.count()).toBe(1)
    })

    test('moves no row to another, over the relation to the tenant either', async () => {
      const { customers } = repositories()
      const { id } = await customers.create({ code: 'boss' })
      await customers.update(ids['a'] ?? 0, { bossId: id })
      const managed = { code: 'MANAGED_FIELD' }
      const tenant = { connect: { id: 2 } }
      await expect(customers.update(id, { tenant })).rejects.toMatchObject(managed)
      await expect(customers.update(ids['a'] ?? 0, { boss: { update: { tenant } } })).rejects.toMatchObject(
        managed,
      )
      await expect(customers.create({ code: 'x', tenant } as never)).rejects.toMatchObject(managed)
      expect(await base().customer.count({ where: { tenantId: 1 } })).toBe(2)
    })

    test('is stamped beside relations that are connected, and where the tenant is part of the key', async () => {
      const { customers, invoices } = repositories()
      const boss = { create: { code: 'boss' } }
      const made = await customers.create({ code: 'x', country: { connect: { id: 1 } }, boss } as never, {
        include: { boss: true },
      })
      expect(made).toMatchObject({ tenantId: 1, countryId: 1, boss: { tenantId: 1, code: 'boss' } })
      expect(await invoices.create({ note: 'no customer' })).toMatchObject({ tenantId: 1, customerId: null })
      expect(await invoices.create({ note: 'n', customerId: null })).toMatchObject({ customerId: null })
      const connected = { note: 'n', customer: { connect: { id: made.id } } }
      expect(await invoices.create(connected as never)).toMatchObject({ tenantId: 1, customerId: made.id })
      const nested = { invoices: { create: { note: 'nested' } } }
      await customers.update(made.id, nested as never)
      expect(
        await base().invoice.count({ where: { note: 'nested', tenantId: 1, customerId: made.id } }),
      ).toBe(1)
      const [a, b] = [ids['a'] ?? 0, ids['b'] ?? 0]
      expect(await invoices.update(ids['bill'] ?? 0, { customerId: a })).toMatchObject({ customerId: a })
      await expect(invoices.update(ids['bill'] ?? 0, { customerId: b })).rejects.toMatchObject(refused)
      await expect(invoices.update(ids['bill'] ?? 0, { customerId: { increment: 1 } })).rejects.toMatchObject(
        { code: 'FIELD_VALUE' },
      )
    })

    test('upserts by any unique, and finds what it wrote', async () => {
      const { customers } = repositories()
      const data = { create: { code: 'x' }, update: { code: 'changed' } }
      const a = ids['a'] ?? 0
      expect(await customers.upsert({ id: a }, data)).toMatchObject({ id: a, code: 'changed' })
      expect(await customers.upsert({ tenantId_id: { tenantId: 1, id: a } }, data)).toMatchObject({ id: a })
      const theirs = customers.upsert({ id: ids['b'] ?? 0 }, data)
      await expect(theirs).rejects.toMatchObject({ code: 'UNIQUE_VIOLATION' })
      expect(await base().customer.count({ where: { code: 'of B' } })).toBe(1)
    })

    test('can be told by a bigint, and by nothing with several spellings', async () => {
      const at = new Date()
      const row = { at, kind: 'one' as const, dec: 1 }
      await base().big.deleteMany()
      await base().big.createMany({
        data: [
          { id: 1, big: 5n, ...row },
          { id: 2, big: 5n, parentId: 1, ...row },
        ],
      })
      const of = (scope: object) => createRepository(base(), 'big', { scoped: () => scope })
      const found = await of({ big: 5 as never }).get(2, { include: { parent: true } })
      expect(found?.parent?.id).toBe(1)
      expect(await of({ at, kind: 'one' }).count()).toBe(2)
      await expect(of({ dec: '1' }).count()).rejects.toMatchObject({ code: 'SCOPE_VALUE' })
    })
  })

  test('a where of nothing finds nothing, by either compiler', async () => {
    const kv = createRepository(base(), 'kv')
    await base().kv.deleteMany()
    await kv.createMany([
      { code: 'a', value: 1, name: 'x' },
      { code: 'b', value: 2, name: 'X' },
    ])
    const where = { OR: [] }
    for (const filter of [{}, { name__contains: 'x' }, { name__icontains: 'x' }]) {
      expect(await kv.count(filter as {}, { where })).toBe(0)
      expect(await kv.filter(filter as {}, { where })).toEqual([])
      expect((await kv.cursorPaginate({ filter: filter as {}, where })).items).toEqual([])
    }
    expect(await kv.count({}, { where: { OR: [{ code: 'a' }] } })).toBe(1)
  })

  describe('calls side by side in a transaction', () => {
    const authors = () => {
      const uow = createUnitOfWork(base().$extends(mixins({})))
      return { uow, kv: createRepository(uow, 'kv') }
    }
    beforeEach(async () => {
      await base().kv.deleteMany()
    })

    test('are all run, also when one of them fails', async () => {
      const { uow, kv } = authors()
      await kv.create({ code: 'taken', value: 0 })
      const create = (code: string) => kv.create({ code, value: 1 })
      const results = await uow.run(() =>
        Promise.allSettled([
          create('a'),
          kv.getOrCreate({ code: 'taken' }, { code: 'taken', value: 1 }),
          create('b'),
          kv.update({ code: 'none' }, { value: 1 }),
          kv.count(),
          create('c'),
        ]),
      )
      expect(results.map(({ status }) => status)).toEqual([
        'fulfilled',
        'fulfilled',
        'fulfilled',
        'rejected',
        'fulfilled',
        'fulfilled',
      ])
      expect(await kv.count()).toBe(4)
    })

    test('get or create each of their rows', async () => {
      const { uow, kv } = authors()
      const results = await uow.run(() =>
        Promise.all(['a', 'a', 'b', 'c'].map((code) => kv.getOrCreate({ code }, { code, value: 1 }))),
      )
      expect(results.map(({ row }) => row.code)).toEqual(['a', 'a', 'b', 'c'])
      expect(await kv.count()).toBe(3)
    })

    test('and many rows are written all or none, when the failure is caught', async () => {
      const { uow, kv } = authors()
      const rows = (count: number) => Array.from({ length: count }, (_, i) => ({ code: `r${i}`, value: i }))
      await uow.run(async () => {
        // PostgreSQL ends a transaction with the first failure in it.
        const attempt = provider === 'postgresql' ? uow.savepoint : (fn: () => Promise<unknown>) => fn()
        await attempt(() => kv.createManyAndReturn([...rows(2), { code: 'r0', value: 0 }])).catch(() => {})
        await attempt(() => kv.createMany([...rows(2500), { code: 'r0', value: 0 }])).catch(() => {})
        expect(await kv.count()).toBe(0)
        await kv.create({ code: 'after', value: 1 })
      })
      expect(await kv.count()).toBe(1)
    })
  })

  describe('numbers', () => {
    const max = 2n ** 63n - 1n
    const row = {
      i: 2 ** 31 - 2,
      b: max - 1n,
      f: 1.5,
      d: '12345678901234567890.123456789',
      t: 't',
      at: new Date(0),
    }
    beforeEach(async () => {
      await base().num.deleteMany()
    })

    test('are added to exactly, and never beyond what their column holds', async () => {
      const num = createRepository(base(), 'num')
      await num.create({ id: 1n, ...row, ...(provider === 'sqlite' && { d: '0.5' }) })
      await num.increment(1n, { d: '0.1', f: 0.25 })
      const { d, f } = await num.getOrFail(1n)
      const sum = provider === 'sqlite' ? '0.6' : '12345678901234567890.223456789'
      expect([d.toFixed(), f]).toEqual([sum, 1.75])
      expect(await num.increment(1n, { i: 1, b: 1n })).toMatchObject({ i: 2 ** 31 - 1, b: max })
      for (const amount of [{ i: 1 }, { b: 1n }]) {
        await expect(num.increment(1n, amount)).rejects.toMatchObject({ code: 'VALUE_OUT_OF_RANGE' })
      }
      expect(await num.getOrFail(1n)).toMatchObject({ i: 2 ** 31 - 1, b: max })
      await expect(num.increment(2n, { i: 1 })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    })

    test('are aggregated beyond what one statement can name, each function alone', {
      timeout: 60_000,
    }, async () => {
      const num = createRepository(base(), 'num')
      const data = Array.from({ length: 1100 }, (_, i) => {
        return { id: BigInt(i), i, b: BigInt(i), f: i / 2, d: i, t: `x${i % 7}`, at: new Date(i) }
      })
      await num.createMany(data)
      const all = { i: true, b: true, f: true, d: true } as const
      const each = [
        { _sum: all },
        { _avg: all },
        { _min: { ...all, t: true, at: true } },
        { _max: { t: true, at: true } },
        { _count: true },
      ]
      for (const functions of each) {
        const expected = await base().num.aggregate(functions as never)
        expect(await num.aggregate({ t__icontains: 'X' }, functions as never)).toEqual(expected)
      }
    })
  })

  test('only own entries of data are written', async () => {
    const kv = createRepository(base(), 'kv', { writable: { create: ['code', 'value'], update: ['value'] } })
    await base().kv.deleteMany()
    const inherited = Object.assign(Object.create({ name: 'inherited' }), { code: 'a', value: 1 })
    expect(await kv.create(inherited)).toEqual({ code: 'a', value: 1, name: null })
    let reads = 0
    const twice = {
      get value() {
        return ++reads
      },
    }
    expect((await kv.update({ code: 'a' }, twice)).value).toBe(1)
    for (const wrong of [{ value: { set: 1.5 } }, { value: null }, null, [], 'x']) {
      await expect(kv.update({ code: 'a' }, wrong as never)).rejects.toMatchObject({ code: 'FIELD_VALUE' })
    }
  })

  test('a key may have any name, and a column called id need not be one', async () => {
    const weird = createRepository(base(), 'weird')
    await base().weird.deleteMany()
    await weird.create({ uuid: 'u', id: 5, a: 1, b: 2 })
    expect(await weird.get({ uuid: 'u' })).toMatchObject({ id: 5 })
    expect(await weird.get({ pair: { a: 1, b: 2 } })).toMatchObject({ id: 5 })
    expect(await weird.update({ uuid: 'u' }, { id: 6 })).toMatchObject({ id: 6 })
  })
})
