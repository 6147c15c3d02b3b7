import assert from 'node:assert/strict'
import fc from 'fast-check'
import { createUnitOfWork } from '../../src/context/unit-of-work.ts'
import { DbError } from '../../src/errors.ts'
import { mixins } from '../../src/mixins/mixins.ts'
import { createRepository } from '../../src/repository/create-repository.ts'
import type { PrismaClient } from '../generated/sqlite/client.ts'

/** Tenant A makes the calls; what belongs to B says so in every text, and must be neither seen nor touched. */
const [a, b] = [1, 2]
const secret = 'of B'

const extend = (base: PrismaClient) => base.$extends(mixins({ account: { softDelete: true } }))

function repositoriesOf(base: PrismaClient) {
  const uow = createUnitOfWork(extend(base))
  const scoped = () => ({ tenantId: a })
  return {
    uow,
    accounts: createRepository(uow, 'account', { scoped, nestedWrites: ['orders', 'paid', 'country'] }),
    orders: createRepository(uow, 'order', { scoped, nestedWrites: ['account', 'payer'] }),
  }
}

/** Fills the tables and returns the ids there are, of both tenants. */
export async function seedTenants(base: PrismaClient): Promise<{ accounts: number[]; orders: number[] }> {
  await base.order.deleteMany()
  await base.account.deleteMany()
  await base.country.deleteMany()
  await base.country.createMany({ data: [1, 2].map((id) => ({ id, name: `Country ${id}` })) })
  for (const tenantId of [a, b]) {
    for (let i = 0; i < 6; i++) {
      const text = tenantId === b ? `${i} ${secret}` : `${i} of A`
      // Each has a code that the other may come to have, too.
      const code = i === 0 ? 'x' : text
      const account = await base.account.create({
        data: {
          tenantId,
          code,
          countryId: (i % 2) + 1,
          deletedAt: i === 5 ? new Date() : null,
        },
      })
      const { id: accountId } = account
      await base.order.createMany({
        data: [1, 2].map((n) => ({ tenantId, note: `${n} ${text}`, accountId, payerId: accountId })),
      })
    }
  }
  return {
    accounts: (await base.account.findMany()).map(({ id }) => id),
    orders: (await base.order.findMany()).map(({ id }) => id),
  }
}

/** Everything that belongs to B, and what is tied to it. */
async function stateOf(base: PrismaClient): Promise<string> {
  const where = { tenantId: b }
  return JSON.stringify([
    await base.account.findMany({ where, orderBy: { id: 'asc' } }),
    await base.order.findMany({ where, orderBy: { id: 'asc' } }),
    await base.order.count({
      where: { tenantId: a, OR: [{ account: { tenantId: b } }, { payer: { tenantId: b } }] },
    }),
  ])
}

/** Makes so many random calls as A. Fails when one returns something of B's, or changes it. */
export async function callsAsTenant(
  base: PrismaClient,
  { runs, seed }: { runs: number; seed: number },
): Promise<{ answered: number; refused: ReadonlyMap<string, number> }> {
  const ids = await seedTenants(base)
  const before = await stateOf(base)
  const { uow, ...repositories } = repositoriesOf(base)
  const refused = new Map<string, number>()
  let answered = 0
  const calls = fc.sample(call(ids), { numRuns: runs, seed })
  for (const [at, { model, verb, args, within }] of calls.entries()) {
    const shown = `call ${at}: ${model}.${verb}(${JSON.stringify(args)})`
    const repository = (repositories as never as Record<string, Record<string, Verb>>)[model] as Record<
      string,
      Verb
    >
    const run = () => answer((repository[verb] as Verb).apply(repository, args))
    try {
      const result = await (within ? uow.run(run) : run())
      answered++
      if (verb === 'count') {
        const rows = (await repository['filter']?.(...args)) as unknown[]
        assert.equal(result, rows.length, shown)
      }
      const text = JSON.stringify(result) ?? ''
      assert(!text.includes(secret) && !text.includes(`"tenantId":${b}`), `${shown} returned ${text}`)
    } catch (error) {
      if (!(error instanceof DbError)) throw new Error(shown, { cause: error })
      assert(
        expectedCodes.has(error.code),
        `${shown} failed with ${error.code}: ${error.message} ${error.cause}`,
      )
      assert(!`${error.message} ${JSON.stringify(error.params)}`.includes(secret), shown)
      refused.set(error.code, (refused.get(error.code) ?? 0) + 1)
    }
    if (at % 50 === 0) assert.equal(await stateOf(base), before, `${shown}, or one of the 50 before`)
  }
  assert.equal(await stateOf(base), before)
  return { answered, refused }
}

type Verb = (...args: unknown[]) => unknown

async function answer(result: unknown): Promise<unknown> {
  const awaited = await result
  if (typeof awaited !== 'object' || awaited === null || !(Symbol.asyncIterator in awaited)) return awaited
  const rows: unknown[] = []
  for await (const row of awaited as AsyncIterable<unknown>) rows.push(row)
  return rows
}

/** What may become of a call that does not stay within A. */
const expectedCodes = new Set([
  'NOT_FOUND',
  'FOREIGN_KEY_VIOLATION',
  'UNIQUE_VIOLATION',
  'MANAGED_FIELD',
  'CURSOR_INVALID',
  'FIELD_VALUE',
])

interface RandomCall {
  readonly model: 'accounts' | 'orders'
  readonly verb: string
  readonly args: unknown[]
  readonly within: boolean
}

function call(ids: { accounts: number[]; orders: number[] }): fc.Arbitrary<RandomCall> {
  const accountId = fc.constantFrom(...ids.accounts)
  const orderId = fc.constantFrom(...ids.orders)
  const text = fc.constantFrom('x', 'y', '1 of A', 'new')
  const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 2 })
  const given = <T>(record: { [K in keyof T]: fc.Arbitrary<T[K]> }) => fc.record(record, { requiredKeys: [] })

  const accountFilter = given({
    code__contains: fc.constantFrom('of', 'B', 'A'),
    orders__note__contains: fc.constantFrom('of', 'B'),
    country__accounts__code__endswith: fc.constantFrom('B', 'A'),
    country__accounts__some: fc.constant({ tenantId: b }),
    orders__every: fc.constant({ note__contains: 'A' }),
    orders__none: fc.constant({ note__contains: 'B' }),
    tenantId: fc.constantFrom(a, b),
    id__in: fc.array(accountId, { maxLength: 3 }),
  })
  const orderFilter = given({
    note__contains: fc.constantFrom('of', 'B'),
    account__code__contains: fc.constantFrom('B', 'A'),
    account__country__accounts__code__contains: fc.constantFrom('B', 'A'),
    payer__is_null: fc.boolean(),
    accountId,
    id: orderId,
  })
  const accountSelection = given({
    include: fc.constantFrom<object>(
      { orders: true, country: { include: { accounts: { include: { orders: true } } } } },
      { paid: { include: { account: true, payer: true } }, _count: true },
      { country: { select: { _count: true, accounts: { select: { code: true } } } } },
    ),
  })
  const orderSelection = given({
    include: fc.constantFrom<object>(
      { account: { include: { country: { include: { accounts: true } }, orders: true } } },
      { payer: { include: { paid: true, orders: true } } },
    ),
  })
  const listing = given({
    orderBy: fc.constantFrom('id', '-id'),
    limit: fc.integer({ min: 0, max: 5 }),
    where: fc.constantFrom<object>({ OR: [{ tenantId: b }, { tenantId: a }] }, { NOT: { tenantId: a } }),
  })

  const orderRow = fc.record({ note: text, accountId, payerId: fc.option(accountId, { nil: null }) })
  const nestedOrder = fc.oneof(
    fc.record({ connect: fc.record({ id: orderId }) }),
    fc.record({ create: fc.record({ note: text, payerId: accountId }) }),
    fc.record({
      createMany: fc.record({
        data: fc.array(fc.record({ note: text, payerId: accountId }), { maxLength: 2 }),
      }),
    }),
    fc.record({
      connectOrCreate: fc.record({ where: fc.record({ id: orderId }), create: fc.record({ note: text }) }),
    }),
  )
  const changedOrders = fc.oneof(
    nestedOrder,
    fc.record({
      update: fc.record({ where: fc.record({ id: orderId }), data: fc.record({ note: text }) }),
    }),
    fc.record({ updateMany: fc.record({ where: fc.constant({}), data: fc.record({ note: text }) }) }),
    fc.record({ delete: fc.record({ id: orderId }) }),
    fc.record({ deleteMany: fc.constant({ note: { contains: secret } }) }),
    fc.record({
      upsert: fc.record({
        where: fc.record({ id: orderId }),
        create: fc.record({ note: text }),
        update: fc.record({ note: text, tenantId: fc.constantFrom(undefined, b) }),
      }),
    }),
  )
  const accountRow = given({
    code: text,
    countryId: fc.constantFrom(1, 2),
    tenantId: fc.constantFrom(undefined, undefined, b),
    orders: optional(nestedOrder),
  })
  const accountChange = given({
    code: text,
    balance: fc.integer({ min: 0, max: 9 }),
    tenantId: fc.constantFrom(undefined, undefined, b),
    orders: optional(changedOrders),
    country: optional(fc.constantFrom<object>({ connect: { id: 1 } }, { disconnect: true })),
  })
  const orderChange = given({
    note: text,
    accountId: fc.oneof(accountId, fc.record({ set: accountId })),
    payerId: fc.option(accountId, { nil: null }),
  })
  const linkedChange = given({
    account: fc.oneof(
      fc.record({ connect: fc.record({ id: accountId }) }),
      fc.record({ update: fc.record({ code: text }) }),
      fc.constant({ update: { paid: { updateMany: { where: {}, data: { note: 'x' } } } } }),
      fc.constant({ update: { paid: { deleteMany: { note: { contains: secret } } } } }),
      fc.record({ create: fc.record({ code: text }) }),
    ),
    payer: fc.oneof(
      fc.record({ connect: fc.record({ id: accountId }) }),
      fc.constant({ disconnect: true }),
      fc.constant({ delete: true }),
    ),
  })
  const key = fc.record({ tenantId_code: fc.record({ tenantId: fc.constantFrom(a, b), code: text }) })
  const functions = fc.constant({ _count: true, _max: { id: true }, _sum: { id: true } })
  const cursor = fc.record({ perPage: fc.integer({ min: 1, max: 4 }) })

  const accounts: [string, fc.Arbitrary<unknown[]>][] = [
    ['get', fc.tuple(accountId, accountSelection)],
    ['getOrFail', fc.tuple(accountId, accountSelection)],
    ['first', fc.tuple(accountFilter, listing)],
    [
      'filter',
      fc.tuple(
        accountFilter,
        fc.tuple(listing, accountSelection).map(([l, s]) => ({ ...l, ...s })),
      ),
    ],
    ['iterate', fc.tuple(accountFilter, accountSelection)],
    ['count', fc.tuple(accountFilter)],
    ['exists', fc.tuple(accountFilter)],
    ['aggregate', fc.tuple(accountFilter, functions)],
    ['paginate', fc.tuple(fc.record({ filter: accountFilter, count: fc.boolean() }))],
    ['cursorPaginate', fc.tuple(cursor)],
    ['create', fc.tuple(accountRow.map((row) => ({ code: `c${row.code}`, ...row })))],
    ['upsert', fc.tuple(key, fc.record({ create: accountRow, update: accountChange }))],
    ['getOrCreate', fc.tuple(key, accountRow)],
    ['update', fc.tuple(accountId, accountChange, accountSelection)],
    ['increment', fc.tuple(accountId, fc.constant({ balance: 1 }))],
    ['updateMany', fc.tuple(accountFilter, fc.constant({ balance: 3 }), fc.constant({ all: true }))],
    ['delete', fc.tuple(accountId)],
    ['restore', fc.tuple(accountId)],
    ['forceDelete', fc.tuple(accountId)],
    ['purge', fc.constant([{ olderThan: new Date(8.64e15) }])],
  ]
  const orders: [string, fc.Arbitrary<unknown[]>][] = [
    ['get', fc.tuple(orderId, orderSelection)],
    [
      'filter',
      fc.tuple(
        orderFilter,
        fc.tuple(listing, orderSelection).map(([l, s]) => ({ ...l, ...s })),
      ),
    ],
    ['iterate', fc.tuple(orderFilter, orderSelection)],
    ['count', fc.tuple(orderFilter)],
    ['aggregate', fc.tuple(orderFilter, functions)],
    ['paginate', fc.tuple(fc.record({ filter: orderFilter, orderBy: fc.constant('account__code') }))],
    ['create', fc.tuple(orderRow, orderSelection)],
    ['createMany', fc.tuple(fc.array(orderRow, { maxLength: 3 }))],
    ['createManyAndReturn', fc.tuple(fc.array(orderRow, { maxLength: 2 }))],
    ['update', fc.tuple(orderId, fc.oneof(orderChange, linkedChange), orderSelection)],
    ['updateMany', fc.tuple(orderFilter, orderChange, fc.constant({ all: true }))],
    ['delete', fc.tuple(orderId, orderSelection)],
    ['deleteMany', fc.tuple(fc.record({ id__in: fc.array(orderId, { maxLength: 2 }) }))],
  ]
  const of = (model: RandomCall['model'], verbs: [string, fc.Arbitrary<unknown[]>][]) =>
    fc.oneof(
      ...verbs.map(([verb, args]) =>
        fc.record({ model: fc.constant(model), verb: fc.constant(verb), args, within: fc.boolean() }),
      ),
    )
  return fc.oneof(of('accounts', accounts), of('orders', orders))
}
