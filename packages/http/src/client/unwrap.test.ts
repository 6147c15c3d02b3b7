import { Hono } from 'hono'
import { hc } from 'hono/client'
import { describe, expect, test } from 'vitest'
import { HttpError } from '../errors.ts'
import { installErrorHandling } from '../hono/error-handling.ts'
import { requestId } from '../hono/request-id.ts'
import { created, cursorPage, noContent, ok, page } from '../hono/responses.ts'
import { ApiError } from './api-error.ts'
import { unwrap } from './unwrap.ts'

const base = new Hono()
base.use(requestId())
installErrorHandling(base, { logger: { debug() {}, info() {}, warn() {}, error() {} } })
const app = base
  .get('/one', (c) => ok(c, { at: new Date(0), big: 1n }))
  .post('/one', (c) => created(c, { id: 1 }))
  .delete('/one', (c) => noContent(c))
  .get('/null', (c) => ok(c, null))
  .get('/nothing', (c) => ok(c, undefined))
  .get('/first', (c) =>
    ok(
      c,
      [1].find((n) => n > 1),
    ),
  )
  .get('/all', (c) => page(c, { items: [1, 2], page: 1, perPage: 2, total: 3 }))
  .get('/walk', (c) => cursorPage(c, { items: [1], perPage: 1, hasNext: true, nextCursor: 'x' }))
  .get('/invalid', (c) => {
    const issues = [{ path: ['items', 0, 'price'], code: 'MIN', message: 'Too low' }]
    if (c.req.path !== '') throw new HttpError('VALIDATION_FAILED', 'The input is not valid', { issues })
    return ok(c, 1)
  })
  .get('/limited', (c) => {
    if (c.req.path !== '') throw new HttpError('RATE_LIMITED', 'Too many requests', { retryAfterMs: 2500 })
    return ok(c, 1)
  })
const client = hc<typeof app>('http://localhost', { fetch: app.request })

const thrownBy = async (promise: Promise<unknown>): Promise<ApiError> => {
  const thrown = await promise.then(
    () => undefined,
    (error) => error,
  )
  expect(thrown).toBeInstanceOf(ApiError)
  return thrown
}

describe('an answer that worked is', () => {
  test('its data', async () => {
    expect(await unwrap(await client.one.$get())).toEqual({ at: '1970-01-01T00:00:00.000Z', big: '1' })
    expect(await unwrap(client.one.$post())).toEqual({ id: 1 })
    expect(await unwrap(client.null.$get())).toBe(null)
    expect(await unwrap(client.nothing.$get())).toBe(null)
    expect(await unwrap(client.first.$get())).toBe(null)
  })

  test('nothing, of a 204', async () => {
    expect(await unwrap(client.one.$delete())).toBe(undefined)
  })

  test('a page, as the repository returned it', async () => {
    const rows = {
      items: [1, 2],
      page: 1,
      perPage: 2,
      total: 3,
      totalPages: 2,
      hasNext: true,
      hasPrev: false,
    }
    expect(await unwrap(client.all.$get())).toEqual(rows)
    expect(await unwrap(client.walk.$get())).toEqual({
      items: [1],
      nextCursor: 'x',
      perPage: 1,
      hasNext: true,
    })
  })
})

describe('an answer that did not work throws', () => {
  test.each([['application/json'], ['application/problem+json']])('what it says, as %s', async (accept) => {
    const error = await thrownBy(unwrap(client.invalid.$get({}, { headers: { accept } })))
    expect({ ...error, message: error.message }).toEqual({
      name: 'ApiError',
      message: 'The input is not valid',
      code: 'VALIDATION_FAILED',
      status: 422,
      errors: { 'items.0.price': ['Too low'] },
      issues: [{ path: ['items', 0, 'price'], code: 'MIN', message: 'Too low' }],
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      retryAfterMs: undefined,
    })
  })

  test('when to come back', async () => {
    expect(await thrownBy(unwrap(client.limited.$get()))).toMatchObject({
      code: 'RATE_LIMITED',
      status: 429,
      errors: {},
      issues: [],
      retryAfterMs: 3000,
    })
  })

  const answers: [body: string | null, init: ResponseInit, expected: object][] = [
    [
      '<html>Bad Gateway</html>',
      { status: 502, statusText: 'Bad Gateway' },
      { code: 'HTTP_502', message: 'Bad Gateway' },
    ],
    ['<html>', { status: 503, headers: { 'retry-after': '7' } }, { code: 'HTTP_503', retryAfterMs: 7000 }],
    ['', { status: 404 }, { code: 'HTTP_404', message: 'The server answered 404' }],
    [null, { status: 304 }, { code: 'HTTP_304' }],
    ['{"detail":"Not here"}', { status: 404 }, { code: 'HTTP_404', message: 'Not here' }],
    ['{"type":"about:blank","title":"Gone"}', { status: 410 }, { code: 'HTTP_410', message: 'Gone' }],
    ['[1]', { status: 500, headers: { 'x-request-id': 'r1' } }, { code: 'HTTP_500', requestId: 'r1' }],
    ['null', { status: 500 }, { code: 'HTTP_500' }],
    ['{"success":true,"data":1}', { status: 500 }, { code: 'HTTP_500' }],
    [
      '{"success":false,"code":"X","errors":{"a":"b"},"issues":3}',
      { status: 400 },
      { code: 'X', errors: {}, issues: [] },
    ],
    ['{"success":false,"code":"X","message":"no"}', { status: 200 }, { code: 'X', message: 'no' }],
    ['{"success":false,"code":7}', { status: 400 }, { code: 'HTTP_400' }],
    ['{"success":true}', { status: 200 }, { code: 'UNEXPECTED_ANSWER' }],
    [
      '{"ok":1,"code":"X"}',
      { status: 200 },
      { code: 'UNEXPECTED_ANSWER', message: 'The answer is no envelope' },
    ],
    [
      '<html>Log in to the Wi-Fi</html>',
      { status: 200 },
      { code: 'UNEXPECTED_ANSWER', cause: expect.any(SyntaxError) },
    ],
    ['{"success":true,"data":', { status: 200 }, { code: 'UNEXPECTED_ANSWER' }],
    ['', { status: 200 }, { code: 'UNEXPECTED_ANSWER' }],
    [
      '{"hello":1}',
      { status: 200, statusText: 'OK' },
      { code: 'UNEXPECTED_ANSWER', message: 'The answer is no envelope' },
    ],
  ]
  test.each(answers)('%s with %j', async (body, init, expected) => {
    const fetch = async () => new Response(body, init)
    const foreign = hc<typeof app>('http://localhost', { fetch })
    expect(await thrownBy(unwrap(foreign.one.$get()))).toMatchObject({ status: init.status, ...expected })
  })
})

test('what fetch itself rejects with comes as it is', async () => {
  const down = new TypeError('fetch failed')
  const offline = hc<typeof app>('http://localhost', { fetch: () => Promise.reject(down) })
  await expect(unwrap(offline.one.$get())).rejects.toBe(down)
})

test('an answer that breaks off is an error of this answer', async () => {
  const body = new ReadableStream({ pull: (stream) => stream.error(new TypeError('terminated')) })
  const cut = hc<typeof app>('http://localhost', { fetch: async () => new Response(body) })
  expect(await thrownBy(unwrap(cut.one.$get()))).toMatchObject({
    code: 'UNEXPECTED_ANSWER',
    cause: { message: 'terminated' },
  })
})
