import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import fc from 'fast-check'
import { Hono } from 'hono'
import { describeRoute, validator } from 'hono-openapi'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import { answerErrors, documentErrors } from '../../test/openapi-checks.ts'
import { HttpError } from '../errors.ts'
import { installErrorHandling } from '../hono/error-handling.ts'
import { requestId } from '../hono/request-id.ts'
import { created, cursorPage, noContent, ok, page } from '../hono/responses.ts'
import { date, decimal, int, type JsonSchema, oneOf, text } from '../list-query/fields.ts'
import { listQuery } from '../list-query/list-query.ts'
import { schemaErrors } from '../schema-errors.ts'
import { toJson } from '../wire.ts'
import { describe } from './describe.ts'
import { openapiDocument, openapiJson } from './openapi-document.ts'

class Decimal {
  toDecimalPlaces(): this {
    return this
  }
  toJSON(): string {
    return '12.50'
  }
}

const Invoice = v.object({
  id: v.number(),
  views: v.bigint(),
  rate: v.nullable(v.instance(Decimal)),
  dueOn: v.date(),
  pdf: v.optional(v.instance(Uint8Array)),
  tags: v.tuple([v.string(), v.number()]),
  paid: v.pipe(
    v.string(),
    v.transform((given) => given === 'yes'),
  ),
})
const InvoiceCreate = v.strictObject({ rate: v.optional(v.string()), dueOn: v.pipe(v.string(), v.isoDate()) })
type Tree = { name: string; children: Tree[] }
const Tree: v.GenericSchema<Tree> = v.object({ name: v.string(), children: v.array(v.lazy(() => Tree)) })

const row: v.InferOutput<typeof Invoice> = {
  id: 1,
  views: 12345678901234567890n,
  rate: new Decimal(),
  dueOn: new Date(0),
  pdf: new Uint8Array([1, 2, 3]),
  tags: ['a', 1],
  paid: true,
}

/** The row as it is sent. */
const sent = JSON.parse(toJson(row))

const list = listQuery({
  filter: {
    status: oneOf(['draft', 'paid'], ['eq', 'in']),
    total: int(['between']),
    rate: decimal(['eq']),
    at: date(['gte']),
    name: text(['icontains']),
  },
  sort: ['dueOn'],
  include: ['client'],
  paging: 'both',
})

const app = new Hono()
app.use(requestId())
installErrorHandling(app, {
  logger: { debug() {}, info() {}, warn() {}, error() {} },
  mapError: schemaErrors,
})
app
  .get(
    '/invoices',
    describe({ summary: 'Lists invoices', query: list, page: Invoice, cursorPage: Invoice }),
    (c) => {
      const asked = list.parse(c.req.queries())
      if ('page' in asked)
        return page(c, { items: [row], page: asked.page, perPage: asked.perPage, total: 1 })
      return cursorPage(c, {
        items: [row],
        perPage: 1,
        hasNext: false,
        nextCursor: null,
        hasPrev: false,
        prevCursor: null,
      })
    },
  )
  .post('/invoices', describe({ json: InvoiceCreate, created: Invoice, errors: [409] }), async (c) => {
    const { dueOn } = v.parse(InvoiceCreate, await c.req.json())
    if (dueOn === '2026-01-01') throw new HttpError('IDEMPOTENCY_IN_PROGRESS', 'Again')
    return created(c, row, { message: 'Made' })
  })
  .get('/invoices/:id{[0-9]+}', describe({ ok: Invoice, errors: [404], tags: ['invoices'] }), (c) =>
    ok(c, row),
  )
  .delete('/invoices/:id{[0-9]+}', describe({ noContent: true, errors: [404] }), (c) => noContent(c))
  .get('/slices', describe({ slice: v.string() }), (c) =>
    page(c, { items: ['a'], page: 1, perPage: 1, hasNext: true, hasPrev: false }),
  )
  .get('/null', describe({ ok: v.null() }), (c) => ok(c, null))
  .get('/tree', describe({ ok: Tree }), (c) => ok(c, { name: 'a', children: [{ name: 'b', children: [] }] }))
  .get('/broken', describe({ ok: v.null() }), () => {
    throw new Error('broken')
  })
  .get(
    '/theirs',
    describeRoute({ responses: { 200: { description: 'Theirs' } } }),
    validator('query', v.object({ a: v.string() })),
    (c) => c.json({}),
  )
  .get('/hidden', (c) => ok(c, null))
  .get('/openapi.json', (c, next) => openapiJson(app, { info: { title: 'Invoices', version: '1' } })(c, next))

const asked = () => openapiDocument(app, { info: { title: 'Invoices', version: '1' } }) as Promise<Document>
interface Document {
  paths: Record<
    string,
    Record<string, { parameters: { name: string }[]; responses: object; tags?: string[] }>
  >
}

test('the document is OpenAPI 3.1, as it is served', async () => {
  const response = await app.request('/openapi.json')
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/json'])
  const document = (await response.json()) as object
  expect(document).toMatchObject({ openapi: '3.1.0' })
  expect((document as { info: object }).info).toEqual({ title: 'Invoices', version: '1' })
  expect(await documentErrors(document)).toBe(undefined)
  expect(await documentErrors({ ...document, paths: { x: 1 } })).not.toBe(undefined)
})

test('it has the routes that are described, with what they read and refuse', async () => {
  const { paths } = await asked()
  expect(Object.keys(paths)).toEqual([
    '/invoices',
    '/invoices/{id}',
    '/slices',
    '/null',
    '/tree',
    '/broken',
    '/theirs',
  ])
  expect(paths['/invoices']?.['get']?.parameters).toEqual(
    list.parameters.map((one) => ({ in: 'query', ...one })),
  )
  expect(Object.keys(paths['/invoices']?.['get']?.responses ?? {})).toEqual(['200', '422', 'default'])
  expect(Object.keys(paths['/invoices']?.['post']?.responses ?? {})).toEqual([
    '201',
    '400',
    '409',
    '413',
    '415',
    '422',
    'default',
  ])
  expect(paths['/invoices/{id}']?.['get']).toMatchObject({
    tags: ['invoices'],
    parameters: [{ in: 'path', name: 'id' }],
  })
  expect(Object.keys(paths['/theirs']?.['get']?.responses ?? {})).toEqual(['200'])
})

test.each([
  ['get', '/invoices', '/invoices', undefined, 200],
  ['get', '/invoices', '/invoices?cursor=', undefined, 200],
  ['get', '/invoices', '/invoices?filter[status]=void&nope=1', undefined, 422],
  ['post', '/invoices', '/invoices', { dueOn: '2026-02-01' }, 201],
  ['post', '/invoices', '/invoices', { dueOn: '2026-01-01' }, 409],
  ['post', '/invoices', '/invoices', { dueOn: 'x', more: 1 }, 422],
  ['post', '/invoices', '/invoices', '{', 400],
  ['get', '/invoices/{id}', '/invoices/1', undefined, 200],
  ['delete', '/invoices/{id}', '/invoices/1', undefined, 204],
  ['get', '/slices', '/slices', undefined, 200],
  ['get', '/null', '/null', undefined, 200],
  ['get', '/tree', '/tree', undefined, 200],
  ['get', '/broken', '/broken', undefined, 500],
] as const)('%s %s: %s with %j answers %i as described', async (method, path, url, body, status) => {
  const document = await asked()
  for (const accept of ['application/json', 'application/problem+json']) {
    const response = await app.request(url, {
      method,
      headers: { accept, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    expect(response.status).toBe(status)
    expect(await answerErrors(document, [method, path], response)).toBe(undefined)
  }
})

test.each([
  ['a date that is none', { ...sent, dueOn: 'yesterday' }],
  ['a bigint as a number', { ...sent, views: 5 }],
  ['a tuple that is too short', { ...sent, tags: ['a'] }],
  ['too little', {}],
])('an answer with %s is not as described', async (_, data) => {
  const response = Response.json({ success: true, data })
  expect(await answerErrors(await asked(), ['get', '/invoices/{id}'], response)).not.toBe(undefined)
})

test('what a list takes is what it describes', () => {
  const plain = fc.constantFrom(
    ...[
      '1',
      '0',
      '-1',
      '01',
      '1e3',
      '9007199254740992',
      '20',
      '101',
      '1.5',
      '-0',
      '-0.0',
      '.5',
      '9'.repeat(30),
    ],
    ...[
      'true',
      'false',
      'TRUE',
      'draft',
      'paid',
      'dueOn',
      '-dueOn',
      '--dueOn',
      'client',
      '',
      ' ',
      'x'.repeat(256),
    ],
    ...[
      '2026-01-31',
      '2026-02-30',
      '0000-01-01',
      '2026-01-31T10:00:00Z',
      '2026-01-31t10:00:00z',
      '2026-01-31 10:00',
    ],
    ...['2026-01-31T10:00:00.123456Z', '2026-01-31T23:59:60Z', '2026-01-31T10:00:00+02:00', 'yesterday'],
  )
  const ajv = new Ajv2020({ strict: false, formats: { decimal: true } })
  ;(formats as unknown as (one: Ajv2020) => void)(ajv)
  const checks = new Map(list.parameters.map(({ name, schema }) => [name, ajv.compile(schema)]))
  const decoded = (text: string, { type, items }: JsonSchema): unknown => {
    if (type === 'array') return text.split(',').map((part) => decoded(part, items as JsonSchema))
    if (type === 'integer') return /^(0|-?[1-9]\d*)$/.test(text) ? Number(text) : text
    return type === 'boolean' && /^(true|false)$/.test(text) ? text === 'true' : text
  }
  const text = fc.oneof(
    plain,
    fc.array(plain, { minLength: 1, maxLength: 4 }).map(String),
    fc.integer().map(String),
  )
  const seen = { taken: 0, refused: 0 }
  fc.assert(
    fc.property(fc.constantFrom(...list.parameters), text, ({ name, schema }, given) => {
      const described = checks.get(name)?.(decoded(given, schema))
      const taken = takes({ [name]: given })
      seen[taken ? 'taken' : 'refused'] += 1
      // Each field once, also in both directions, is more than JSON Schema can say.
      if (name === 'sort' && described && !taken) expect(given).toMatch(/dueOn.*dueOn/)
      else expect([name, given, taken]).toEqual([name, given, described])
    }),
    { numRuns: 3000 },
  )
  expect(Math.min(seen.taken, seen.refused)).toBeGreaterThan(200)
})

function takes(query: Record<string, string>): boolean {
  try {
    list.parse(query)
    return true
  } catch {
    return false
  }
}

test('a route that answers 200 in two ways is described wrongly', () => {
  expect(() => describe({ ok: Invoice, page: Invoice })).toThrow(
    expect.objectContaining({ code: 'WRONG_SETUP' }),
  )
})

test('a document that cannot be made is tried again', async () => {
  const broken = new Hono()
  let works = false
  const get = {
    '~standard': { version: 1, vendor: 'arktype', validate: (value: unknown) => ({ value }) },
    toJsonSchema: () => {
      if (works) return { type: 'string' }
      throw new Error('not now')
    },
  } as const
  broken.get('/', describe({ ok: get }), (c) => ok(c, ''))
  broken.get('/openapi.json', openapiJson(broken, { info: { title: 'Broken', version: '1' } }))
  broken.onError((_, c) => c.text('failed', 500))
  expect((await broken.request('/openapi.json')).status).toBe(500)
  works = true
  expect((await broken.request('/openapi.json')).status).toBe(200)
})
