import { Hono } from 'hono'
import { compress } from 'hono/compress'
import { contextStorage } from 'hono/context-storage'
import { cors } from 'hono/cors'
import { csrf } from 'hono/csrf'
import { etag } from 'hono/etag'
import { secureHeaders } from 'hono/secure-headers'
import { timeout } from 'hono/timeout'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { serve } from '../node/serve.ts'
import { type HttpStackOptions, httpStack } from './http-stack.ts'
import { rateLimit } from './rate-limit.ts'
import { ok } from './responses.ts'

interface Line {
  readonly status?: number
  readonly requestId?: string
  readonly message?: string
}

let lines: Line[]
const log = (fields: object, message?: string) =>
  lines.push({ ...fields, ...(message !== undefined && { message }) })
const logger = { debug: log, info: log, warn: log, error: log }

beforeEach(() => {
  lines = []
})

function build(options: Partial<HttpStackOptions> = {}, before: (app: Hono) => void = () => {}) {
  const app = new Hono()
  before(app)
  httpStack(app, { logger, ...options })
  app.get('/rows', (c) => ok(c, [1, 2]))
  app.post('/rows', async (c) => ok(c, await c.req.json()))
  app.get('/plain', (c) => c.text('plain'))
  app.get('/fails', () => {
    throw new Error('hunter2')
  })
  app.get('/throws-text', () => {
    throw 'hunter2'
  })
  return app
}

/** Asks the app in this process, or over a socket. */
type Ask = (app: Hono, path: string, init?: RequestInit) => Promise<Response>

const ways: [string, Ask][] = [
  ['in this process', async (app, path, init) => app.request(path, init)],
  [
    'over a socket',
    async (app, path, init) => {
      const { url, stop } = await serve(app, { port: 0, signals: [] })
      onTestFinished(async () => void (await stop()))
      return fetch(`${url}${path}`, { ...init, headers: { connection: 'close', ...init?.headers } })
    },
  ],
]

const json = { 'content-type': 'application/json' }

describe.each(ways)('%s', (_, ask) => {
  test.each([
    ['/rows', {}, 200, undefined],
    ['/plain', {}, 200, undefined],
    ['/rows', { method: 'POST', body: '{"a":1}', headers: json }, 200, undefined],
    ['/rows', { method: 'POST', body: '{"a"', headers: json }, 400, 'MALFORMED_JSON'],
    [
      '/rows',
      { method: 'POST', body: 'x', headers: { 'content-type': 'text/plain' } },
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    ['/nowhere', {}, 404, 'ROUTE_NOT_FOUND'],
    ['/rows', { method: 'DELETE' }, 405, 'METHOD_NOT_ALLOWED'],
    ['/fails', {}, 500, 'INTERNAL'],
    ['/throws-text', {}, 500, 'INTERNAL'],
  ] as [string, RequestInit, number, string | undefined][])(
    '%s %j is %i, with one id everywhere',
    async (path, init, status, code) => {
      const response = await ask(build({ headers: { 'x-content-type-options': 'nosniff' } }), path, init)
      const text = await response.text()
      const requestId = response.headers.get('x-request-id')
      expect([response.status, /"code":"(\w+)"/.exec(text)?.[1]]).toEqual([status, code])
      expect(requestId).toMatch(/^[\w-]{36}$/)
      if (code) expect(text).toContain(requestId)
      expect(response.headers.get('vary')).toBe(code ? 'accept' : null)
      expect(text).not.toContain('hunter2')
      expect(response.headers.get('x-content-type-options')).toBe('nosniff')
      expect(lines.filter(({ message }) => message === 'Request')).toMatchObject([
        { requestId, status, path, durationMs: expect.any(Number) },
      ])
      expect(lines.filter(({ message }) => message === 'Request failed')).toHaveLength(status === 500 ? 1 : 0)
    },
  )

  test('an inbound id counts when it is trusted', async () => {
    const headers = { 'x-request-id': 'from-outside' }
    const response = await ask(build({ trustInbound: true }), '/rows', { headers })
    expect(response.headers.get('x-request-id')).toBe('from-outside')
  })

  test('a rate limit beside it tells what is left, of a refusal too', async () => {
    const app = new Hono()
    httpStack(app, { logger })
    app.use(rateLimit({ policies: { a: { limit: 1, windowMs: 60_000 } }, key: () => 'k' }))
    app.get('/', (c) => ok(c, 1))
    for (const status of [200, 429]) {
      const response = await ask(app, '/')
      expect([response.status, response.headers.get('ratelimit')]).toEqual([status, '"a";r=0;t=60'])
    }
  })

  describe.each([
    ['cors', cors()],
    ['etag', etag()],
    ['compress', compress({ threshold: 1 })],
    ['csrf', csrf()],
    ['timeout', timeout(5000)],
    ['secureHeaders', secureHeaders()],
    ['contextStorage', contextStorage()],
  ] as const)('beside Hono’s %s', (name, middleware) => {
    test.each(['before', 'after'] as const)('%s it', async (where) => {
      const app = build({}, (fresh) => where === 'before' && fresh.use(middleware))
      const both = where === 'before' ? app : after(middleware)
      const headers = { origin: 'https://app.example' }
      const answered = await ask(both, '/rows', { headers })
      expect(await answered.json()).toEqual({ success: true, data: [1, 2] })
      expect(answered.headers.get('x-request-id')).toBe(lines[0]?.requestId)
      if (name === 'cors') expect(answered.headers.get('access-control-allow-origin')).toBe('*')
      if (name === 'etag') expect(answered.headers.get('etag')).toMatch(/^"/)
      if (name === 'secureHeaders') expect(answered.headers.get('x-frame-options')).toBe('SAMEORIGIN')
      const failed = await ask(both, '/fails', { headers })
      expect([failed.status, await failed.json()]).toMatchObject([500, { code: 'INTERNAL' }])
    })
  })
})

function after(middleware: Parameters<Hono['use']>[1]): Hono {
  const app = new Hono()
  httpStack(app, { logger })
  app.use(middleware)
  app.get('/rows', (c) => ok(c, [1, 2]))
  app.get('/fails', () => {
    throw new Error('hunter2')
  })
  return app
}

test('parts of it can be left out', async () => {
  const app = build({ guard: false, log: false })
  const response = await app.request('/rows', { method: 'POST', body: '1' })
  expect(await response.json()).toEqual({ success: true, data: 1 })
  expect(lines).toEqual([])
})

test('after a route it is refused', () => {
  const app = new Hono().get('/', (c) => c.text(''))
  expect(() => httpStack(app, { logger })).toThrow(expect.objectContaining({ code: 'WRONG_SETUP' }))
})
