import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { describe, expect, test } from 'vitest'
import { HttpError } from '../errors.ts'
import { installErrorHandling } from './error-handling.ts'
import { requestId } from './request-id.ts'
import { created, cursorPage, fail, noContent, ok, page } from './responses.ts'

const rows = {
  items: [{ id: 1n }],
  page: 1,
  perPage: 20,
  total: 1,
  totalPages: 1,
  hasNext: false,
  hasPrev: false,
}

test.each([
  [
    (app: Hono) => app.get('/', (c) => ok(c, { at: new Date(0) })),
    200,
    { success: true, data: { at: '1970-01-01T00:00:00.000Z' } },
  ],
  [
    (app: Hono) => app.get('/', (c) => ok(c, null, { message: 'done' })),
    200,
    { success: true, data: null, message: 'done' },
  ],
  [(app: Hono) => app.get('/', (c) => created(c, { id: 1 })), 201, { success: true, data: { id: 1 } }],
  [
    (app: Hono) => app.get('/', (c) => page(c, rows, { message: 'here' })),
    200,
    {
      success: true,
      data: [{ id: '1' }],
      pagination: { page: 1, perPage: 20, total: 1, totalPages: 1, hasNext: false, hasPrev: false },
      message: 'here',
    },
  ],
  [
    (app: Hono) =>
      app.get('/', (c) => page(c, { items: [1], page: 2, perPage: 1, hasNext: true, hasPrev: true })),
    200,
    { success: true, data: [1], pagination: { page: 2, perPage: 1, hasNext: true, hasPrev: true } },
  ],
  [
    (app: Hono) =>
      app.get('/', (c) => cursorPage(c, { items: [{ id: 1n }], perPage: 1, hasNext: true, nextCursor: 'x' })),
    200,
    { success: true, data: [{ id: '1' }], pagination: { nextCursor: 'x', perPage: 1, hasNext: true } },
  ],
  [
    (app: Hono) =>
      app.get('/', (c) =>
        cursorPage(
          c,
          { items: [], perPage: 1, hasNext: false, nextCursor: null, hasPrev: false, prevCursor: null },
          { message: 'none' },
        ),
      ),
    200,
    {
      success: true,
      data: [],
      pagination: { nextCursor: null, perPage: 1, hasNext: false, prevCursor: null, hasPrev: false },
      message: 'none',
    },
  ],
])('answers are in the envelope (%#)', async (add, status, body) => {
  const app = new Hono()
  add(app)
  const response = await app.request('/')
  expect(response.status).toBe(status)
  expect(response.headers.get('content-type')).toBe('application/json')
  expect(await response.json()).toEqual(body)
})

test('a page of 0 rows has 0 pages', async () => {
  const app = new Hono().get('/', (c) => page(c, { items: [], page: 1, perPage: 0, total: 5 }))
  expect(await (await app.request('/')).json()).toMatchObject({
    pagination: { totalPages: 0, hasNext: false },
  })
})

test('no content is no content', async () => {
  const response = await new Hono().get('/', (c) => noContent(c)).request('/')
  expect([response.status, await response.text()]).toEqual([204, ''])
})

describe('an error that is returned', () => {
  const answer = async (error: unknown, accept?: string) => {
    const logged: unknown[] = []
    const log = (fields: object) => void logged.push(fields)
    const app = new Hono()
    app.use(requestId())
    installErrorHandling(app, { logger: { debug: log, info: log, warn: log, error: log } })
    app.get('/returned', (c) => fail(c, error))
    app.get('/thrown', () => {
      throw error
    })
    const ask = async (path: string) => {
      const response = await app.request(path, { headers: accept ? { accept } : {} })
      const { requestId: id, ...body } = (await response.json()) as { requestId?: string }
      expect(id).toBe(response.headers.get('x-request-id'))
      const headers = Object.fromEntries(response.headers)
      return { status: response.status, body, headers: { ...headers, 'x-request-id': '' } }
    }
    const [returned, thrown] = [await ask('/returned'), await ask('/thrown')]
    return { returned, thrown, logged }
  }

  test.each([
    [new HttpError('RATE_LIMITED', 'Too many', { retryAfterMs: 1500 }), 429, 0],
    [new HttpError('VALIDATION_FAILED', 'Wrong', { issues: [{ path: ['a'], code: 'X' }] }), 422, 0],
    [new HttpError('UNSUPPORTED_MEDIA_TYPE', 'No', { cause: new Error('why') }), 415, 2],
    [new Error('secret'), 500, 2],
    ['text', 500, 2],
    [null, 500, 2],
  ])('%s is what it would be when it is thrown', async (error, status, lines) => {
    for (const accept of [undefined, 'application/problem+json']) {
      const { returned, thrown, logged } = await answer(error, accept)
      expect(returned).toEqual(thrown)
      expect([returned.status, logged.length]).toEqual([status, lines])
    }
  })

  test('is mapped as what is thrown is', async () => {
    const app = new Hono()
    const mapError = (thrown: unknown) => (thrown instanceof RangeError ? new HTTPException(409) : undefined)
    installErrorHandling(app, { logger: console, mapError })
    app.get('/', (c) => fail(c, new RangeError('x')))
    expect((await app.request('/')).status).toBe(409)
  })

  test('is answered in an app without error handling as well', async () => {
    const app = new Hono().get('/', (c) => fail(c, new HttpError('TOO_LARGE', 'Too large')))
    const response = await app.request('/')
    expect([response.status, await response.json()]).toEqual([
      413,
      { success: false, message: 'Too large', code: 'TOO_LARGE' },
    ])
  })
})
