import { memoryUnitOfWork } from '@fastkit/db/testing'
import { recordSignals, transactional } from '@fastkit/events'
import { beforeEach, expect, test } from 'vitest'
import type { Client } from '../clients/clients.model.ts'
import type { Product } from '../products/products.model.ts'
import { invoiceEvents } from './invoices.events.ts'
import type { Invoice } from './invoices.model.ts'
import { InvoiceService, type Invoices } from './invoices.service.ts'

const client = { id: 1, name: 'Ada', language: 'de' } as Client
const logger = { debug() {}, info() {}, warn() {}, error() {} }
const events = invoiceEvents(logger)
const unitOfWork = memoryUnitOfWork()
let now: number
let invoice: Invoice
let stock: Map<number, number>
let calls: unknown[][]

beforeEach(() => {
  now = Date.parse('2026-12-31T23:59:59.999Z')
  invoice = {
    id: 1,
    number: null,
    clientId: 1,
    status: 'draft',
    issuedOn: null,
    dueOn: new Date('2027-01-31'),
    currency: 'EUR',
    totalCents: 600,
    version: 1,
    createdAt: new Date(0),
    updatedAt: new Date(0),
    items: [item(9, 1), item(3, 2), item(9, 3)],
  }
  stock = new Map([
    [3, 10],
    [9, 10],
  ])
  calls = []
})

const item = (productId: number, quantity: number) => ({
  id: productId,
  productId,
  description: 'Thing',
  quantity,
  unitPriceCents: 100,
  totalCents: quantity * 100,
})

/** A service test needs no database: one invoice, and a shelf of products. */
function build(): InvoiceService {
  const invoices: Partial<Invoices> = {
    getOrFail: async () => invoice,
    async create(data) {
      calls.push(['create', data])
      return invoice
    },
    async update(_id, data, options) {
      calls.push(['update', data, options])
      invoice = { ...invoice, ...(data as Partial<Invoice>) }
      return invoice
    },
    async delete(_id, options) {
      calls.push(['delete', options])
      return invoice
    },
    async move(_id, { from, to, ...fields }) {
      if (invoice.status !== from) return false
      invoice = { ...invoice, status: to, ...fields }
      return true
    },
    nextNumber: async (year) => `${year}-00001`,
  }
  return new InvoiceService({
    invoices: invoices as Invoices,
    clients: { get: async (id) => (id === 1 ? client : null) },
    products: {
      async sold(ids, language) {
        calls.push(['sold', ids, language])
        return [{ id: 3, sku: 'A', name: null, priceCents: 100, currency: 'EUR' } as Product]
      },
      async moveStock(id, by) {
        calls.push(['moveStock', id, by])
        stock.set(id, (stock.get(id) ?? 0) + by)
        return { sku: `P${id}`, stock: stock.get(id) } as Product
      },
    },
    unitOfWork,
    events: {
      issued: transactional(events.issued, unitOfWork),
      paid: transactional(events.paid, unitOfWork),
      void: transactional(events.void, unitOfWork),
    },
    clock: { now: () => now },
  })
}

test('an invoice belongs to the year of the day it is issued on, in UTC', async () => {
  expect(await build().issue(1)).toMatchObject({ issuedOn: '2026-12-31', number: '2026-00001' })
  invoice = { ...invoice, status: 'draft' }
  now += 1
  expect(await build().issue(1)).toMatchObject({ issuedOn: '2027-01-01', number: '2027-00001' })
})

test('the stock moves once for each product, in the order of their ids', async () => {
  const invoices = build()
  await invoices.issue(1)
  await invoices.void(1)
  expect(calls).toEqual([
    ['moveStock', 3, -2],
    ['moveStock', 9, -4],
    ['moveStock', 3, 2],
    ['moveStock', 9, 4],
  ])
})

test('what is missing from the stock is told', async () => {
  stock.set(9, 1)
  await expect(build().issue(1)).rejects.toMatchObject({
    code: 'OUT_OF_STOCK',
    kind: 'conflict',
    params: { sku: 'P9', missing: 3 },
  })
})

test.each([
  ['draft', ['issue']],
  ['issued', ['pay', 'void']],
  ['paid', []],
  ['void', []],
] as const)('of an invoice that is %s, one can: %j', async (status, allowed) => {
  for (const move of ['issue', 'pay', 'void'] as const) {
    invoice = { ...invoice, status }
    const moved = await build()
      [move](1)
      .then(() => 'moved')
      .catch((error) => error.code)
    expect([move, moved]).toEqual([
      move,
      (allowed as readonly string[]).includes(move) ? 'moved' : 'INVOICE_STATE',
    ])
  }
})

test('prices and names are the products’, in the client’s language, and the number where there is no name', async () => {
  const dueOn = new Date('2027-01-31')
  await build().create({ clientId: 1, currency: 'EUR', dueOn, items: [{ productId: 3, quantity: 2 }] })
  expect(calls).toEqual([
    ['sold', [3], 'de'],
    [
      'create',
      {
        clientId: 1,
        currency: 'EUR',
        dueOn,
        totalCents: 200,
        items: [{ productId: 3, description: 'A', quantity: 2, unitPriceCents: 100, totalCents: 200 }],
      },
    ],
  ])
})

test('a payment is told once it is committed, and not when it is undone', async () => {
  const { paid } = events
  using recorded = recordSignals({ paid })
  invoice = { ...invoice, status: 'issued' }
  const undone = unitOfWork.run(async () => {
    await build().pay(1)
    expect(recorded.of(paid)).toEqual([])
    throw new Error('changed my mind')
  })
  await expect(undone).rejects.toThrow('changed my mind')
  expect(recorded.of(paid)).toEqual([])

  invoice = { ...invoice, status: 'issued' }
  await build().pay(1)
  expect(recorded.of(paid)).toEqual([{ invoiceId: 1 }])
})

test('a change that was given up is none', async () => {
  const given = { signal: AbortSignal.abort(new Error('gone')) }
  await expect(build().update(1, {}, given)).rejects.toThrow('gone')
  await expect(build().delete(1, given)).rejects.toThrow('gone')
  expect(calls).toEqual([])
})

test('only drafts are changed and deleted, and as they were seen', async () => {
  for (const status of ['issued', 'paid', 'void']) {
    invoice = { ...invoice, status }
    for (const change of [build().update(1, {}), build().delete(1)])
      await expect(change).rejects.toMatchObject({ code: 'INVOICE_STATE' })
  }
  invoice = { ...invoice, status: 'draft' }
  await build().update(1, {}, { version: 7 })
  await build().update(1, {})
  await build().delete(1, { version: 7 })
  expect(calls).toEqual([
    ['update', {}, { version: 7 }],
    ['update', {}, { version: 1 }],
    ['delete', { version: 7 }],
  ])
})
