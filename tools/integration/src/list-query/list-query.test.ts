import type { Translator } from '@fastkit/contracts'
import { createRepository } from '@fastkit/db'
import { cursorPage, installErrorHandling, page } from '@fastkit/http/hono'
import { de, en } from '@fastkit/http/translations'
import { createTranslator } from '@fastkit/i18n'
import { validated } from '@fastkit/validation/hono'
import fc from 'fast-check'
import { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDatabase } from '../../test/open-database.ts'
import { filter, invoiceList } from './invoice-list.ts'

const silent = { debug() {}, info() {}, warn() {}, error() {} }

let close: () => Promise<void>
let get: (query: string) => Promise<{ status: number; body: Body }>

interface Body {
  code?: string
  data: { id: string; totalCents: number; client?: { name: string }; items?: unknown[] }[]
  pagination: { total?: number; nextCursor?: string | null }
  issues: { path: string[]; code: string; message: string }[]
}

const ids = [1, 2, 3, 4, 5].map((n) => `01900000-0000-7000-8000-00000000000${n}`)

beforeAll(async () => {
  const { prisma, close: closeDatabase } = await openDatabase()
  close = closeDatabase
  await prisma.client.createMany({ data: [{ name: 'Ann', city: 'Ulm' }, { name: 'Bea' }] })
  for (const [index, id] of ids.entries()) {
    await prisma.invoice.create({
      data: {
        id,
        clientId: index < 3 ? 1 : 2,
        status: index % 2 === 0 ? 'draft' : 'paid',
        totalCents: index * 100,
        rate: index === 4 ? null : `${index}.50`,
        views: BigInt(index) * 10n ** 16n,
        paid: index % 2 === 1,
        dueOn: new Date(Date.UTC(2026, 0, index + 1)),
        items: { create: [{ description: `100% wool, ${index}` }] },
      },
    })
  }
  const invoices = createRepository(prisma, 'invoice')
  const app = new Hono()
  installErrorHandling(app, { logger: silent })
  app.get('/', validated('query', invoiceList), async (c) => {
    const asked = c.req.valid('query')
    if ('cursor' in asked) return cursorPage(c, await invoices.cursorPaginate(asked))
    return page(c, await invoices.paginate(asked))
  })
  get = async (query) => {
    const response = await app.request(`/?${query}`)
    return { status: response.status, body: (await response.json()) as Body }
  }
})
afterAll(() => close?.())

const cents = async (query: string) => {
  const { status, body } = await get(`sort=totalCents&${query}`)
  expect([status, body.issues]).toEqual([200, undefined])
  return body.data.map(({ totalCents }) => totalCents)
}

describe('what a client asks for comes out of the database', () => {
  test.each([
    [`filter[id]=${ids[1]?.toUpperCase()}`, [100]],
    [`filter[id__in]=${ids[0]},${ids[4]}`, [0, 400]],
    ['filter[status__not_in]=draft,issued', [100, 300]],
    ['filter[status__ne]=draft', [100, 300]],
    ['filter[totalCents__between]=100,300', [100, 200, 300]],
    ['filter[totalCents__between]=300,100', []],
    ['filter[rate]=1.5', [100]],
    ['filter[rate__gte]=2.500', [200, 300]],
    ['filter[rate__is_null]=true', [400]],
    ['filter[rate__is_null]=false', [0, 100, 200, 300]],
    ['filter[rate__ne]=1.50', [0, 200, 300, 400]],
    ['filter[views__gt]=20000000000000000', [300, 400]],
    ['filter[paid]=true', [100, 300]],
    ['filter[paid__in]=true,false', [0, 100, 200, 300, 400]],
    ['filter[dueOn__between]=2026-01-02,2026-01-03', [100, 200]],
    ['filter[dueOn]=2026-01-02T01:00:00%2B01:00', [100]],
    ['filter[client__name__iexact]=aNN', [0, 100, 200]],
    ['filter[client__name__endswith]=ea', [300, 400]],
    ['filter[client__city__is_null]=true', [300, 400]],
    ['filter[items__description__icontains]=100%25%20WOOL', [0, 100, 200, 300, 400]],
    ['filter[items__description__icontains]=0%251', []],
  ])('%s', async (query, expected) => {
    expect(await cents(query)).toEqual(expected)
  })

  test('relations come along when they are asked for', async () => {
    const [plain, full] = await Promise.all([get('perPage=1'), get('perPage=1&include=items,client')])
    expect(plain.body.data[0]).not.toHaveProperty('client')
    expect(full.body.data[0]).toMatchObject({ client: { name: 'Ann' }, items: [{ id: 1 }] })
  })

  test('a cursor, empty at first, walks the whole list', async () => {
    const seen: number[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const { body }: { body: Body } = await get(
        `cursor=${cursor}&perPage=2&sort=-client__name,-rate&include=client`,
      )
      expect(body.pagination).not.toHaveProperty('total')
      seen.push(...body.data.map(({ totalCents }) => totalCents))
      cursor = body.pagination.nextCursor as string | null
    }
    expect(seen).toEqual([300, 400, 200, 100, 0])
  })

  test.each([
    ['cursor=nope'],
    ['cursor=%00'],
    [`cursor=${'A'.repeat(8000)}`],
    [`cursor=${'A'.repeat(8001)}`],
  ])('a cursor that is none is 422: %.20s', async (query) => expect((await get(query)).status).toBe(422))
})

test('whatever the query string, the answer is 200 or a 422 that names parameters', async () => {
  const fields = Object.entries(filter).flatMap(([name, { lookups }]) =>
    lookups.map((lookup) => `filter[${name}${lookup === 'eq' ? '' : `__${lookup}`}]`),
  )
  const name = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...fields, 'sort', 'include', 'page', 'perPage', 'cursor') },
    fc.constantFrom(
      'filter',
      'filter[]',
      'filter[__proto__]',
      '__proto__',
      'constructor',
      'filter[client]',
      'where',
    ),
    fc.string({ unit: 'binary' }),
  )
  const one = fc.oneof(
    fc.integer().map(String),
    fc.bigInt().map(String),
    fc.double().map(String),
    fc.date({ noInvalidDate: true }).map((at) => at.toISOString()),
    fc.constantFrom(
      ...ids,
      'true',
      'false',
      'null',
      '',
      '-',
      ',',
      '1.50',
      '-0.1',
      '2026-01-01',
      'draft',
      'paid',
    ),
    fc.constantFrom(
      '9007199254740991',
      '9'.repeat(30),
      '-dueOn',
      'client__name',
      'client',
      'items',
      '%',
      '_',
      '\\',
    ),
    fc.string({ unit: 'binary' }),
  )
  const value = fc.oneof(one, fc.array(one, { maxLength: 4 }).map(String))
  const encoded = fc.tuple(name, value).map(([key, text]) => `${encode(key)}=${encode(text)}`)
  const raw = fc.string({ maxLength: 30 }).map((text) => text.replace(/[#\s]/g, '&'))
  const seen = { ok: 0, refused: 0 }
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof({ weight: 9, arbitrary: encoded }, raw), { maxLength: 5 }),
      async (parts) => {
        const { status, body } = await get(parts.join('&'))
        seen[status === 200 ? 'ok' : 'refused'] += 1
        if (status === 200) return
        expect([status, body.code]).toSatisfy(
          ([, code]) =>
            status === 422 &&
            ['VALIDATION_FAILED', 'FILTER_VALUE', 'CURSOR_INVALID'].includes(code as string),
        )
        if (body.code === 'VALIDATION_FAILED') expect(body.issues.length).toBeGreaterThan(0)
      },
    ),
    { numRuns: 1500 },
  )
  expect(seen.ok).toBeGreaterThan(50)
  expect(seen.refused).toBeGreaterThan(50)
})

function encode(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '?'))
}

test('what is wrong is said in the language of the request', async () => {
  const { t, has } = createTranslator({ catalogs: { de, en }, defaultLocale: 'en' })
  const app = new Hono()
  installErrorHandling(app, { logger: silent, translator: { t, has } as Translator, locale: () => 'de' })
  app.get('/', validated('query', invoiceList), (c) => c.body(null))
  const response = await app.request('/?page=0&nope=1')
  expect(((await response.json()) as { errors: object }).errors).toEqual({
    page: [expect.stringMatching(/^Muss eine ganze Zahl von 1 bis \d+ sein$/)],
    nope: ['Ist kein Parameter dieser Liste'],
  })
})
