import { Hono } from 'hono'
import { cors } from 'hono/cors'
import { HTTPException } from 'hono/http-exception'
import { routePath } from 'hono/route'
import { beforeEach, describe, expect, test } from 'vitest'
import { describeThrown } from '../describe-thrown.ts'
import { HttpError } from '../errors.ts'
import type { ErrorHandlingOptions } from './error-answers.ts'
import { installErrorHandling } from './error-handling.ts'
import { httpStack } from './http-stack.ts'
import { requestId } from './request-id.ts'
import { fail, ok } from './responses.ts'

let logged: { err: unknown; requestId?: string }[]
const log = (fields: object) => logged.push(fields as never)
const logger = { debug: log, info: log, warn: log, error: log }

function build() {
  const app = new Hono()
  app.use(requestId())
  installErrorHandling(app, { logger })
  return app
}

beforeEach(() => {
  logged = []
})

const thrown: [string, unknown, number, string][] = [
  ['an AppError', new HttpError('VALIDATION_FAILED', 'no'), 422, 'VALIDATION_FAILED'],
  ['an HTTPException', new HTTPException(403, { message: 'no' }), 403, 'FORBIDDEN'],
  ['an Error', new Error('no'), 500, 'INTERNAL'],
  ['text', 'no', 500, 'INTERNAL'],
  ['undefined', undefined, 500, 'INTERNAL'],
  ['an object', { status: 404 }, 500, 'INTERNAL'],
]

describe.each(thrown)('%s', (_, error, status, code) => {
  const raise = () => {
    throw error
  }

  test.each([
    ['in a handler', (app: Hono) => app.get('/x', raise)],
    ['in an async handler', (app: Hono) => app.get('/x', async () => raise())],
    ['in a middleware', (app: Hono) => app.use(raise).get('/x', (c) => c.text(''))],
    [
      'after next() in a middleware',
      (app: Hono) => app.use((_c, next) => next().then(raise)).get('/x', (c) => c.text('')),
    ],
    ['in a mounted app', (app: Hono) => app.route('/', new Hono().get('/x', raise))],
  ])('thrown %s is answered in the envelope', async (_where, add) => {
    const app = build()
    add(app)
    const response = await app.request('/x')
    const body = (await response.json()) as { requestId: string }
    expect(response.status).toBe(status)
    expect(response.headers.get('content-type')).toBe('application/json')
    expect(body).toMatchObject({ success: false, code, requestId: response.headers.get('x-request-id') })
    expect(body.requestId).toMatch(/^[\w-]{36}$/)
    expect(logged.map(({ err }) => err)).toEqual(status >= 500 ? [describeThrown(error)] : [])
  })
})

test('an unknown path is 404, with the request id of the header', async () => {
  const response = await build().request('/nowhere')
  expect(response.status).toBe(404)
  expect(await response.json()).toEqual({
    success: false,
    code: 'ROUTE_NOT_FOUND',
    message: 'There is nothing at this address',
    requestId: response.headers.get('x-request-id'),
  })
})

test('a known path with another method is 405 and says which it takes', async () => {
  const app = build()
  app.get('/things/:id', (c) => ok(c, 1)).delete((c) => ok(c, 1))
  const response = await app.request('/things/1', { method: 'POST' })
  expect(response.status).toBe(405)
  expect(response.headers.get('allow')).toBe('GET, HEAD, DELETE')
  expect(await response.json()).toMatchObject({
    code: 'METHOD_NOT_ALLOWED',
    requestId: response.headers.get('x-request-id'),
  })
})

test('so is one in a mounted app', async () => {
  const app = build()
  app.route(
    '/things',
    new Hono().get('/', (c) => ok(c, 1)),
  )
  expect((await app.request('/things', { method: 'PUT' })).status).toBe(405)
  expect((await app.request('/things', { method: 'HEAD' })).status).toBe(200)
})

test('its language may be part of the path, by a middleware that has reached it', async () => {
  const app = new Hono()
  const asked: (string | undefined)[] = []
  installErrorHandling(app, {
    logger,
    translator: { t: (key) => key, has: () => false },
    locale(c) {
      asked.push(c.req.param('lang'))
      return 'en'
    },
  })
  app.use('/:lang/*', (_, next) => next())
  app.get('/:lang/things', (c) => ok(c, 1))
  expect((await app.request('/de/things', { method: 'POST' })).status).toBe(405)
  expect(new Set(asked)).toEqual(new Set(['de']))
})

test('after a 404 of a handler, middleware still sees which route was reached', async () => {
  const app = new Hono()
  const seen: unknown[] = []
  app.use(async (c, next) => {
    await next()
    seen.push(routePath(c), c.req.param('id'))
  })
  installErrorHandling(app, { logger })
  app.get('/things/:id', (c) => c.text('', 404))
  await app.request('/things/7')
  expect(seen).toEqual(['/things/:id', '7'])
})

describe.each([
  ['installErrorHandling', installErrorHandling],
  ['httpStack', (app, options) => httpStack(app, { ...options, guard: false })],
] satisfies [string, typeof installErrorHandling][])('of an app without a route, with %s', (_, install) => {
  const post = { method: 'POST', body: '{', headers: { 'content-type': 'application/json' } }

  test('what its own notFound throws is answered as of any handler', async () => {
    const app = new Hono()
    install(app, { logger })
    app.notFound(async (c) => c.json(await c.req.json()))
    const response = await app.request('/nowhere', post)
    expect([response.status, await response.json()]).toMatchObject([400, { code: 'MALFORMED_JSON' }])
  })

  test('an unknown path is 404', async () => {
    const app = new Hono()
    install(app, { logger })
    expect((await app.request('/nowhere', post)).status).toBe(404)
  })
})

test('an app may answer its errors itself', async () => {
  const app = new Hono()
  installErrorHandling(app, { logger })
  app.onError((_, c) => c.text('own', 418))
  app.notFound(() => {
    throw new Error('no')
  })
  expect((await app.request('/nowhere')).status).toBe(418)
})

test('a 404 that a handler throws stays a 404', async () => {
  const app = build()
  app.get('/x', () => {
    throw new HTTPException(404, { message: 'gone fishing' })
  })
  expect(await (await app.request('/x')).json()).toMatchObject({ code: 'NOT_FOUND', message: 'gone fishing' })
})

test.each([
  ['an Error', new Error('late')],
  ['text', 'late'],
])('%s thrown after the answer replaces the answer, and keeps what is not about it', async (_, late) => {
  const app = build()
  app.use(cors({ origin: 'https://app.example' }))
  app.use(async (_c, next) => {
    await next()
    throw late
  })
  app.get('/x', (c) =>
    c.text('secret', 200, {
      'content-length': '6',
      'content-encoding': 'identity',
      'content-disposition': 'attachment',
      'content-language': 'de',
      'content-range': 'bytes 0-5/6',
      etag: '"1"',
      'last-modified': 'x',
      expires: 'x',
      'cache-control': 'max-age=60',
    }),
  )
  const response = await app.request('/x', { headers: { origin: 'https://app.example' } })
  expect(response.status).toBe(500)
  expect(await response.json()).toMatchObject({ code: 'INTERNAL' })
  const { vary, ...headers } = Object.fromEntries(response.headers)
  expect(headers).toEqual({
    'access-control-allow-origin': 'https://app.example',
    'cache-control': 'no-store',
    'content-type': 'application/json',
    'x-request-id': expect.any(String),
  })
})

test('without request ids there is none in the body either', async () => {
  const app = new Hono()
  installErrorHandling(app, { logger })
  expect(await (await app.request('/nowhere')).json()).not.toHaveProperty('requestId')
})

test('installing it after a route is refused, since that route would not be covered', () => {
  const app = new Hono().get('/x', (c) => c.text(''))
  expect(() => installErrorHandling(app, { logger })).toThrow(
    expect.objectContaining({ code: 'WRONG_SETUP' }),
  )
})

const problemJson = 'application/problem+json'

test.each([
  [problemJson, problemJson],
  [`application/json;q=0.9, ${problemJson}`, problemJson],
  [`application/json, ${problemJson};q=0.5`, 'application/json'],
  [`${problemJson};q=0`, 'application/json'],
  ['*/*', 'application/json'],
  ['text/html', 'application/json'],
])('who accepts %s gets %s', async (accept, expected) => {
  const app = build()
  app.get('/x', () => {
    throw new HttpError('VALIDATION_FAILED', 'In words', {
      issues: [{ path: ['a'], code: 'X', message: 'no' }],
    })
  })
  const response = await app.request('/x', { headers: { accept } })
  expect(response.headers.get('content-type')).toBe(expected)
  expect(response.headers.get('vary')).toBe('accept')
  const requestId = response.headers.get('x-request-id')
  const issues = { errors: { a: ['no'] }, issues: [{ path: ['a'], code: 'X', message: 'no' }] }
  expect(await response.json()).toEqual(
    expected === problemJson
      ? {
          type: 'about:blank',
          title: 'Unprocessable Content',
          status: 422,
          detail: 'In words',
          code: 'VALIDATION_FAILED',
          ...issues,
          requestId,
        }
      : { success: false, message: 'In words', code: 'VALIDATION_FAILED', ...issues, requestId },
  )
})

test.each([true, false])('an app can decide it for everybody: problem %s', async (problem) => {
  const app = new Hono()
  installErrorHandling(app, { logger, problem })
  app.get('/x', (c) => ok(c, 1))
  for (const accept of [problemJson, 'application/json'])
    for (const [path, method] of [
      ['/nowhere', 'GET'],
      ['/x', 'DELETE'],
    ] as const) {
      const response = await app.request(path, { method, headers: { accept } })
      expect(response.headers.get('content-type')).toBe(problem ? problemJson : 'application/json')
    }
})

test('a body that is no JSON is 400 wherever a handler reads it, other broken JSON is 500', async () => {
  const app = build()
  app.post('/body', async (c) => ok(c, await c.req.json()))
  app.post('/stored', async (c) => ok(c, [await c.req.json(), JSON.parse('{"stored"')]))
  const post = async (path: string, body: string) => {
    const response = await app.request(path, { method: 'POST', body })
    return ((await response.json()) as { code: string }).code
  }
  expect(await post('/body', '{"a"')).toBe('MALFORMED_JSON')
  expect(await post('/body', '')).toBe('MALFORMED_JSON')
  expect(await post('/stored', '{}')).toBe('INTERNAL')
  expect(logged).toHaveLength(1)
})

test('a translation turns errors of libraries into answers', async () => {
  const app = new Hono()
  const mapError = (thrown: unknown) =>
    (thrown as { code?: string }).code === 'P2002' ? new HTTPException(409, { cause: thrown }) : undefined
  installErrorHandling(app, { logger, mapError })
  app.get('/x', () => {
    throw Object.assign(new Error('Unique constraint'), { code: 'P2002' })
  })
  const response = await app.request('/x')
  expect([response.status, await response.json()]).toMatchObject([409, { code: 'CONFLICT' }])
  expect(logged).toMatchObject([{ status: 409, err: { cause: { code: 'P2002' } } }])
})

test('an error that mapError knows nothing of is in the log', async () => {
  const app = new Hono()
  installErrorHandling(app, {
    logger,
    mapError: (thrown) => (thrown instanceof RangeError ? new HTTPException(409) : undefined),
  })
  app.get('/x', () => {
    throw new Error('the important cause')
  })
  expect((await app.request('/x')).status).toBe(500)
  expect(logged).toMatchObject([{ err: { message: 'the important cause' } }])
})

test.each(['resolves', 'rejects'])(
  'a mapError that is async and %s is refused, and the error is in the log',
  async (how) => {
    const app = new Hono()
    // @ts-expect-error the types refuse it already
    const mapError: NonNullable<ErrorHandlingOptions['mapError']> = async (thrown) => {
      if (how === 'rejects') throw thrown
      return new HTTPException(404)
    }
    installErrorHandling(app, { logger, mapError })
    app.get('/x', () => {
      throw new Error('the important cause')
    })
    expect((await app.request('/x')).status).toBe(500)
    expect(logged).toMatchObject([
      { err: { code: 'WRONG_SETUP', cause: { message: 'the important cause' } } },
    ])
  },
)

test.each([
  [undefined, 'accept'],
  ['Origin', 'Origin, accept'],
  ['Accept-Encoding', 'Accept-Encoding, accept'],
  ['Accept-Encoding,Accept', 'Accept-Encoding,Accept'],
  ['ACCEPT, Origin', 'ACCEPT, Origin'],
  ['Origin,\tAccept', 'Origin,\tAccept'],
  ['*', '*'],
])('where answers vary by %s, an error and a 405 vary by %s', async (vary, expected) => {
  const app = build()
  app.use(async (c, next) => {
    if (vary !== undefined) c.header('vary', vary)
    await next()
  })
  app.get('/things', () => {
    throw new HTTPException(403)
  })
  for (const method of ['GET', 'POST']) {
    const { headers, ok } = await app.request('/things', { method })
    expect([method, ok, headers.get('vary')]).toEqual([method, false, expected])
  }
})

test.each([
  ['an error', '/error', 500],
  ['anything else that is thrown', '/text', 500],
  ['a refusal that is returned', '/fail', 403],
  ['an unknown path', '/nowhere', 404],
])('%s is not kept by caches, although a middleware has set headers early', async (_, path, status) => {
  const app = build()
  app.use(async (c, next) => {
    c.res.headers.set('cache-control', 'public, max-age=3600')
    c.res.headers.set('vary', 'Origin')
    c.res.headers.set('x-early', 'yes')
    await next()
  })
  app.get('/error', () => {
    throw new Error('x')
  })
  app.get('/text', () => {
    throw 'x'
  })
  app.get('/fail', (c) => fail(c, new HTTPException(403)))
  app.get('/late', (c) => ok(c, 1))
  const response = await app.request(path)
  expect(response.status).toBe(status)
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'cache-control': 'no-store',
    vary: 'Origin, accept',
    'x-early': 'yes',
  })
  expect((await app.request('/late')).headers.get('cache-control')).toBe('public, max-age=3600')
})

test('a translation that throws is an error of ours, and both are logged', async () => {
  const app = new Hono()
  const broken = () => {
    throw new Error('broken')
  }
  installErrorHandling(app, { logger, mapError: broken })
  app.get('/x', () => {
    throw new Error('first')
  })
  expect((await app.request('/x')).status).toBe(500)
  expect(logged).toMatchObject([{ err: { errors: [{ message: 'broken' }, { message: 'first' }] } }])
})

test('a refusal is logged when it has a cause, which the client does not see', async () => {
  const app = build()
  app.get('/x', () => {
    throw new HTTPException(403, { message: 'no', cause: new Error('policy 7') })
  })
  expect(await (await app.request('/x')).text()).not.toContain('policy')
  expect(logged).toMatchObject([{ status: 403, err: { cause: { message: 'policy 7' } } }])
})

test('a log that fails does not cost the client its answer', async () => {
  const app = new Hono()
  const fail = () => {
    throw new Error('disk full')
  }
  installErrorHandling(app, { logger: { debug: fail, info: fail, warn: fail, error: fail } })
  app.get('/x', fail)
  expect((await app.request('/x')).status).toBe(500)
})
