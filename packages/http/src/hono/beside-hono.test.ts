import { Hono, type MiddlewareHandler } from 'hono'
import { basicAuth } from 'hono/basic-auth'
import { bearerAuth } from 'hono/bearer-auth'
import { bodyLimit } from 'hono/body-limit'
import { cache } from 'hono/cache'
import { every, except, some } from 'hono/combine'
import { compress } from 'hono/compress'
import { contextStorage, getContext } from 'hono/context-storage'
import { cors } from 'hono/cors'
import { csrf } from 'hono/csrf'
import { etag } from 'hono/etag'
import { jwt, sign } from 'hono/jwt'
import { languageDetector } from 'hono/language'
import { requestId as honoRequestId } from 'hono/request-id'
import { secureHeaders } from 'hono/secure-headers'
import { timeout } from 'hono/timeout'
import { timing } from 'hono/timing'
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { serve } from '../node/serve.ts'
import { bodyGuard } from './body-guard.ts'
import { installErrorHandling } from './error-handling.ts'
import { ifMatch, setETag } from './etag.ts'
import { httpStack } from './http-stack.ts'
import { idempotency } from './idempotency.ts'
import { rateLimit } from './rate-limit.ts'
import { requestId } from './request-id.ts'
import { requestLog } from './request-log.ts'
import { ok } from './responses.ts'

let lines: object[]
/** But for the end of what a timeout has answered before: it comes while other tests run. */
const log = (fields: { path?: string }) => {
  if (fields.path !== '/slow') lines.push(fields)
}
const logger = { debug: log, info: log, warn: log, error: log }

/** What Hono's cache needs of the Cache API, which Node does not have. */
function memoryCaches() {
  const kept = new Map<string, Response>()
  const keyOf = (key: Request | string) => (typeof key === 'string' ? key : key.url)
  const open = async () => ({
    match: async (key: Request | string) => kept.get(keyOf(key))?.clone(),
    put: async (key: Request | string, response: Response) => void kept.set(keyOf(key), response),
  })
  return { open }
}

beforeEach(() => {
  lines = []
  vi.stubGlobal('caches', memoryCaches())
})

const secret = 'a-secret-that-is-long-enough-for-hmac'
const valid = { 'content-type': 'application/json', origin: 'http://a.example' }

interface Theirs {
  readonly make: () => MiddlewareHandler
  /** What a request must have to pass it. */
  readonly headers?: Record<string, string>
  /** A request that it refuses, and the code of the envelope that tells so. */
  readonly refused?: { path?: string; init: RequestInit; code: string }
}

const post = (body: string, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  body,
  headers: { ...valid, ...headers },
})

const theirs: Record<string, Theirs> = {
  basicAuth: {
    make: () => basicAuth({ username: 'a', password: 'b' }),
    headers: { authorization: `Basic ${btoa('a:b')}` },
    refused: { init: {}, code: 'UNAUTHENTICATED' },
  },
  bearerAuth: {
    make: () => bearerAuth({ token: 'abc' }),
    headers: { authorization: 'Bearer abc' },
    refused: { init: { headers: { authorization: 'Bearer no' } }, code: 'UNAUTHENTICATED' },
  },
  bodyLimit: {
    make: () => bodyLimit({ maxSize: 20 }),
    refused: { init: post('"a text of more than 20 bytes"'), code: 'TOO_LARGE' },
  },
  cache: { make: () => cache({ cacheName: 'c', wait: true, cacheControl: 'max-age=60' }) },
  'combine: every': { make: () => every(secureHeaders(), timing()) },
  'combine: some': { make: () => some(bearerAuth({ token: 'abc' }), (_, next) => next()) },
  'combine: except': { make: () => except('/none', secureHeaders()) },
  compress: { make: () => compress({ threshold: 0 }), headers: { 'accept-encoding': 'gzip' } },
  contextStorage: { make: () => contextStorage() },
  cors: { make: () => cors({ origin: 'http://a.example', exposeHeaders: ['x-request-id'] }) },
  csrf: {
    make: () => csrf({ origin: 'http://a.example' }),
    refused: {
      init: post('a=1', {
        'content-type': 'application/x-www-form-urlencoded',
        origin: 'http://evil.example',
      }),
      code: 'FORBIDDEN',
    },
  },
  etag: { make: () => etag() },
  jwt: {
    make: () => jwt({ secret, alg: 'HS256' }),
    headers: { authorization: `Bearer ${await sign({ sub: 'a' }, secret)}` },
    refused: { init: {}, code: 'UNAUTHENTICATED' },
  },
  language: {
    make: () => languageDetector({ supportedLanguages: ['en', 'de'], fallbackLanguage: 'en', caches: false }),
  },
  requestId: { make: () => honoRequestId({ generator: () => 'theirs' }) },
  secureHeaders: { make: () => secureHeaders() },
  timeout: { make: () => timeout(20), refused: { path: '/slow', init: {}, code: 'TIMEOUT' } },
  timing: { make: () => timing({ total: false }) },
}

/** Each of our pieces alone, and all of them in the stack. */
const ours: Record<string, (app: Hono) => void> = {
  httpStack: (app) => httpStack(app, { logger, guard: { types: ['application/json', formType] } }),
  installErrorHandling: (app) => installErrorHandling(app, { logger }),
  requestId: (app) => void app.use(requestId()),
  requestLog: (app) => void app.use(requestLog(logger)),
  bodyGuard: (app) => void app.use(bodyGuard({ types: ['application/json', formType] })),
  rateLimit: (app) =>
    void app.use(rateLimit({ policies: { a: { limit: 9, windowMs: 60_000 } }, key: () => 'k' })),
  idempotency: (app) => void app.use(idempotency({ principal: () => 'a' })),
}
const formType = 'application/x-www-form-urlencoded'
const answering = ['httpStack', 'installErrorHandling']

function withRoutes(app: Hono): Hono {
  app.get('/', (c) => c.json({ hello: 'world' }))
  app.get('/slow', async (c) => {
    await new Promise((resolve) => setTimeout(resolve, 1000))
    return c.json({ late: true })
  })
  app.post('/', async (c) => c.json({ length: (await c.req.text()).length }, 201))
  return app
}

type Ask = (app: Hono, path: string, init?: RequestInit) => Promise<Response>

const inProcess: Ask = async (app, path, init) => app.request(path, init)

const overSocket: Ask = async (app, path, init) => {
  const { url, stop } = await serve(app, { port: 0, signals: [] })
  onTestFinished(async () => void (await stop()))
  return fetch(`${url}${path}`, { ...init, headers: { connection: 'close', ...init?.headers } })
}

describe.each(Object.entries(ours))('%s', (name, install) => {
  const ways: [string, Ask][] = [['in this process', inProcess]]
  if (name === 'httpStack') ways.push(['over a socket', overSocket])

  describe.each(ways)('%s', (_, ask) => {
    describe.each(Object.entries(theirs))('beside Hono’s %s', (theirName, { make, headers, refused }) => {
      const alone = () => withRoutes(new Hono().use(make()))
      const orders: [string, () => Hono][] = [
        [
          'inside it',
          () => {
            const app = new Hono()
            install(app)
            return withRoutes(app.use(make()))
          },
        ],
        [
          'around it',
          () => {
            const app = new Hono().use(make())
            install(app)
            return withRoutes(app)
          },
        ],
      ]

      test.each(orders)('%s, both do what they do alone', async (_order, build) => {
        const both = build()
        for (const init of [{}, post('"text"')] as RequestInit[]) {
          const request = { ...init, headers: { ...valid, ...headers, ...init.headers } }
          const expected = await inProcess(alone(), '/', request)
          vi.stubGlobal('caches', memoryCaches())
          const response = await ask(both, '/', request)
          expect(response.status).toBe(expected.status)
          const [body, theirBody] = [await response.text(), await expected.text()]
          if (name === 'httpStack' && expected.status >= 400) expect(body).toContain('"success":false')
          else if (expected.status < 400 && ask === inProcess) expect(body).toBe(theirBody)
          for (const [header, value] of expected.headers) {
            if (expected.status >= 400 && /^content-|^cache-/.test(header)) continue
            if (header === 'server-timing' || header === 'content-encoding' || header === 'transfer-encoding')
              continue
            if (header === 'vary')
              expect(response.headers.get('vary')?.toLowerCase()).toContain(value.toLowerCase())
            else expect([header, response.headers.get(header)]).toEqual([header, value])
          }
        }
        const id = (await ask(both, '/', { headers: { ...valid, ...headers } })).headers.get('x-request-id')
        if (theirName === 'requestId') expect(id).toBe('theirs')
        else if (['httpStack', 'requestId'].includes(name)) expect(id).toMatch(/^[\w-]{36}$/)
      })

      if (refused && answering.includes(name)) {
        test.each(orders)('%s, what it refuses is in the envelope', async (_order, build) => {
          const { path = '/', init, code } = refused
          const expected = await inProcess(alone(), path, init)
          const response = await ask(build(), path, init)
          expect([response.status, await response.json()]).toMatchObject([
            expected.status,
            { success: false, code },
          ])
          const challenge = (of: Response) => of.headers.get('www-authenticate')?.replace(/http:[^"]+/, '')
          expect(challenge(response)).toBe(challenge(expected))
        })
      }
    })
  })
})

test('an answer that comes after the timeout is nobody’s, and nothing is left unhandled', async () => {
  const app = new Hono()
  httpStack(app, { logger })
  app.use(timeout(5))
  let ended = false
  app.get('/', async () => {
    await new Promise((resolve) => setTimeout(resolve, 30))
    ended = true
    throw new Error('late')
  })
  const response = await app.request('/')
  expect([response.status, await response.json()]).toMatchObject([504, { code: 'TIMEOUT' }])
  while (!ended) await new Promise((resolve) => setTimeout(resolve, 5))
})

test('over a socket, an answer from Hono’s cache has the id of its own request', async () => {
  const app = new Hono()
  httpStack(app, { logger })
  app.use(cache({ cacheName: 'c', wait: true }))
  let asked = 0
  app.get('/', (c) => ok(c, ++asked))
  const { url, stop } = await serve(app, { port: 0, signals: [] })
  onTestFinished(async () => void (await stop()))
  const ids: (string | null)[] = []
  for (let at = 0; at < 3; at++) {
    const response = await fetch(url, { headers: { connection: 'close' } })
    ids.push(response.headers.get('x-request-id'))
    expect(await response.json()).toMatchObject({ data: 1 })
  }
  expect(new Set(ids).size).toBe(3)
  expect(lines).toMatchObject(ids.map((requestId) => ({ requestId })))
})

test('Hono’s combine takes our middleware', async () => {
  const app = new Hono()
  installErrorHandling(app, { logger })
  const limited = rateLimit({ policies: { a: { limit: 1, windowMs: 60_000 } }, key: () => 'k' })
  app.use('/every', every(requestId(), limited, bodyGuard()))
  app.use('/some', some(bearerAuth({ token: 'abc' }), limited))
  app.use('/except/*', except('/except/not', limited))
  app.get('*', (c) => ok(c, c.get('requestId') ?? null))
  const status = async (path: string) => (await app.request(path)).status
  expect([await status('/every'), await status('/every')]).toEqual([200, 429])
  expect([await status('/some'), await status('/except/not'), await status('/except/a')]).toEqual([
    429, 200, 429,
  ])
})

test('contextStorage reaches what ours set, and a context of one request only', async () => {
  const app = new Hono().use(contextStorage())
  httpStack(app, { logger })
  app.get('/:at', async (c) => {
    await new Promise((resolve) => setTimeout(resolve, Number(c.req.param('at')) % 3))
    return c.text(getContext().get('requestId' as never))
  })
  await Promise.all(
    Array.from({ length: 50 }, async (_, at) => {
      const response = await app.request(`/${at}`)
      expect(await response.text()).toBe(response.headers.get('x-request-id'))
    }),
  )
})

test('each piece is useful on one route, in an app that has nothing else of ours', async () => {
  const app = new Hono()
  app.get('/id', requestId(), (c) => c.text(c.var.requestId))
  app.get('/log', requestLog(logger), (c) => c.text(''))
  app.post('/guard', bodyGuard(), (c) => c.text(''))
  app.get('/limit', rateLimit({ policies: { a: { limit: 1, windowMs: 60_000 } }, key: () => 'k' }), (c) =>
    c.text(''),
  )
  app.post('/once', idempotency({ principal: () => 'a', required: true }), (c) => c.text(''))
  app.patch('/match', async (c) =>
    c.json(await ifMatch(c, async (version = 0) => version, { required: true })),
  )
  app.get('/tag', (c) => {
    setETag(c, 1)
    return ok(c, 1)
  })
  const get = async (path: string, method = 'GET', body?: string) => {
    const response = await app.request(path, { method, ...(body !== undefined && { body }) })
    const text = await response.text()
    return [response.status, /"code":"(\w+)"/.exec(text)?.[1]]
  }
  expect(await get('/id')).toEqual([200, undefined])
  expect(await get('/log')).toEqual([200, undefined])
  expect(lines).toHaveLength(1)
  expect(await get('/guard', 'POST', 'x')).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE'])
  expect(await get('/limit')).toEqual([200, undefined])
  expect(await get('/limit')).toEqual([429, 'RATE_LIMITED'])
  expect(await get('/once', 'POST')).toEqual([400, 'IDEMPOTENCY_KEY_REQUIRED'])
  expect(await get('/match', 'PATCH')).toEqual([428, 'PRECONDITION_REQUIRED'])
  expect(await get('/tag')).toEqual([200, undefined])
})
