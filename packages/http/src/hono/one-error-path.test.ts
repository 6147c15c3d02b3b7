import { type } from 'arktype'
import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { streamSSE } from 'hono/streaming'
import * as v from 'valibot'
import { beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { HttpError } from '../errors.ts'
import { schemaErrors } from '../schema-errors.ts'
import type { ErrorHandlingOptions } from './error-answers.ts'
import { installErrorHandling } from './error-handling.ts'
import { httpStack } from './http-stack.ts'
import { idempotency } from './idempotency.ts'
import { requestId } from './request-id.ts'
import { requestLog } from './request-log.ts'

interface Line {
  readonly at: string
  readonly message: string
  readonly requestId?: string
  readonly status?: number
  readonly err?: { readonly type: string; readonly message: string; readonly cause?: { message: string } }
}

let lines: Line[]
const at = (level: string) => (fields: object, message?: string) =>
  void lines.push({ at: level, message, ...fields } as Line)
const logger = { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
const mapError = schemaErrors

beforeEach(() => {
  lines = []
})

const setUps: [string, (app: Hono, options: ErrorHandlingOptions) => void][] = [
  ['httpStack', (app, options) => httpStack(app, { ...options, log: false })],
  [
    'the pieces',
    (app, options) => {
      app.use(requestId())
      installErrorHandling(app, options)
    },
  ],
]

const explode = () => {
  throw new Error('hunter2')
}

/** An object every question to which throws. */
function hostileProxy(target: object): object {
  const traps = { get: explode, has: explode, getPrototypeOf: explode, ownKeys: explode, set: explode }
  return new Proxy(target, traps)
}

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  return proxy
}

/** An Error whose fields cannot be read. */
function unreadable(...fields: string[]): Error {
  const error = new Error('readable')
  for (const field of fields) Object.defineProperty(error, field, { get: explode })
  return error
}

function cyclic(): Error {
  const error = new Error('turns')
  error.cause = error
  return Object.assign(error, { self: error })
}

function branded(fields: object): Error {
  const error = Object.assign(new Error('ours'), { code: 'OURS', kind: 'conflict', ...fields })
  return Object.defineProperty(error, Symbol.for('fastkit.error'), { value: 1 })
}

const cycle: Record<string, unknown> = {}
cycle['self'] = cycle

/** As Prisma's client throws it: code, meta, and the query with its values in the message. */
function prismaError(): Error {
  const error = new Error(
    'Invalid `prisma.user.create()` invocation:\n{ data: { password: "hunter2" } }\nUnique constraint failed',
  )
  return Object.assign(error, {
    name: 'PrismaClientKnownRequestError',
    code: 'P2002',
    meta: { target: ['email'], query: "INSERT INTO users VALUES ('hunter2')" },
    clientVersion: '7.0.0',
  })
}

const thrown: [string, () => unknown, number, string][] = [
  ['an AppError', () => branded({}), 409, 'OURS'],
  ['an HTTPException', () => new HTTPException(403), 403, 'FORBIDDEN'],
  [
    'an HTTPException with a response',
    () => new HTTPException(401, { res: new Response('hunter2') }),
    401,
    'UNAUTHENTICATED',
  ],
  ['an HTTPException of a rare status', () => new HTTPException(418 as 400), 418, 'HTTP_418'],
  ['what Valibot throws', () => thrownBy(() => v.parse(v.string(), 1)), 422, 'VALIDATION_FAILED'],
  ['what Zod throws', () => thrownBy(() => z.string().parse(1)), 422, 'VALIDATION_FAILED'],
  ['what ArkType throws', () => thrownBy(() => type('string').assert(1)), 422, 'VALIDATION_FAILED'],
  ['what Prisma throws', prismaError, 500, 'INTERNAL'],
  ['an Error', () => new Error('hunter2'), 500, 'INTERNAL'],
  ['text', () => 'hunter2', 500, 'INTERNAL'],
  ['nothing', () => undefined, 500, 'INTERNAL'],
  ['null', () => null, 500, 'INTERNAL'],
  ['a symbol', () => Symbol('hunter2'), 500, 'INTERNAL'],
  ['a bigint', () => 1n, 500, 'INTERNAL'],
  ['a frozen object', () => Object.freeze({ status: 404, message: 'hunter2' }), 500, 'INTERNAL'],
  ['a Response', () => new Response('hunter2'), 500, 'INTERNAL'],
  ['a proxy that answers nothing', () => hostileProxy({}), 500, 'INTERNAL'],
  ['a proxy of an Error', () => hostileProxy(new Error('hunter2')), 500, 'INTERNAL'],
  ['a revoked proxy', revoked, 500, 'INTERNAL'],
  [
    'an Error that cannot be read',
    () => unreadable('message', 'name', 'stack', 'cause', 'code', 'status', 'errors'),
    500,
    'INTERNAL',
  ],
  [
    'an Error whose brand cannot be read',
    () => Object.defineProperty(new Error('x'), Symbol.for('fastkit.error'), { get: explode }),
    500,
    'INTERNAL',
  ],
  [
    'an AppError whose kind cannot be read',
    () => Object.defineProperty(branded({}), 'kind', { get: explode }),
    500,
    'INTERNAL',
  ],
  ['an Error in a circle', cyclic, 500, 'INTERNAL'],
  [
    'an Error with the prototype of nothing',
    () => Object.setPrototypeOf(new Error('x'), null),
    500,
    'INTERNAL',
  ],
  [
    'an AppError whose issues go in a circle',
    () => branded({ issues: [{ path: ['a'], code: 'X', params: cycle }] }),
    500,
    'INTERNAL',
  ],
  ['an AppError whose issues cannot be read', () => branded({ issues: hostileProxy([]) }), 500, 'INTERNAL'],
  ['an AppError with a challenge in two lines', () => branded({ challenge: 'a\r\nb: c' }), 500, 'INTERNAL'],
  [
    'an AppError of bigints',
    () => branded({ issues: [{ path: [], code: 'X', params: { a: 1n } }] }),
    409,
    'OURS',
  ],
  ['an Error with a message of a megabyte', () => new Error('x'.repeat(2 ** 20)), 500, 'INTERNAL'],
]

function thrownBy(run: () => unknown): unknown {
  try {
    run()
  } catch (error) {
    return error
  }
  throw new Error('It passed')
}

describe.each(setUps)('with %s', (_, install) => {
  function build() {
    const app = new Hono()
    install(app, { logger, mapError })
    return app
  }

  describe.each(thrown)('%s', (_, make, status, code) => {
    const raise = () => {
      throw make()
    }

    test.each([
      ['in a handler', (app: Hono) => app.get('/x', raise)],
      ['in an async handler', (app: Hono) => app.get('/x', async () => raise())],
      ['in a middleware', (app: Hono) => app.use(raise).get('/x', (c) => c.text(''))],
      [
        'after the handler',
        (app: Hono) => app.use((_c, next) => next().then(raise)).get('/x', (c) => c.text('')),
      ],
      [
        'in a mounted app',
        (app: Hono) => app.route('/', new Hono().use((_, next) => next()).get('/x', raise)),
      ],
    ])('%s', async (_where, add) => {
      const app = build()
      add(app)
      const response = await app.request('/x')
      const body = (await response.json()) as { requestId: string; message: string }
      expect([response.status, body]).toMatchObject([status, { success: false, code }])
      expect(body.requestId).toBe(response.headers.get('x-request-id'))
      expect(JSON.stringify(body)).not.toContain('hunter2')
      expect(response.headers.get('cache-control')).toBe('no-store')
      const logged = lines.filter(({ err }) => err)
      const due = status >= 500
      expect(logged).toHaveLength(due ? 1 : 0)
      if (due) expect(logged).toMatchObject([{ requestId: body.requestId, status }])
      for (const { err } of logged) expect(JSON.stringify(err).length).toBeLessThan(50_000)
    })
  })

  test('the log has the cause, once', async () => {
    const app = build()
    app.get('/x', () => {
      throw new Error('outer', { cause: new Error('inner') })
    })
    await app.request('/x')
    expect(lines).toMatchObject([
      { at: 'error', message: 'Request failed', err: { message: 'outer', cause: { message: 'inner' } } },
    ])
  })

  test('of a response of an HTTPException what says how to go on is kept, and nothing else', async () => {
    const app = build()
    app.get('/x', () => {
      const headers = {
        'www-authenticate': 'Basic',
        'content-length': '7',
        'content-language': 'la',
        'cache-control': 'public, max-age=60',
        'x-request-id': 'theirs',
        trailer: 'x-checksum',
      }
      throw new HTTPException(401, { res: new Response('hunter2', { headers }) })
    })
    const response = await app.request('/x')
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'www-authenticate': 'Basic',
      'content-type': 'application/json',
      'cache-control': 'no-store',
      'x-request-id': ((await response.json()) as { requestId: string }).requestId,
    })
    expect(response.headers.has('trailer')).toBe(false)
    expect(response.headers.has('content-length')).toBe(false)
    expect(response.headers.has('content-language')).toBe(false)
  })

  test('a redirect that is thrown stays one', async () => {
    const app = build()
    app.get('/x', () => {
      throw new HTTPException(302 as 400, { res: Response.redirect('http://localhost/y', 302) })
    })
    const response = await app.request('/x')
    expect([response.status, response.headers.get('location')]).toEqual([302, 'http://localhost/y'])
    expect(lines).toEqual([])
  })

  test.each([
    ['GET', '/nowhere', 404, 'ROUTE_NOT_FOUND'],
    ['GET', '/%E0%A4%A', 404, 'ROUTE_NOT_FOUND'],
    ['GET', '/%00', 404, 'ROUTE_NOT_FOUND'],
    ['GET', `/${'a/'.repeat(3000)}`, 404, 'ROUTE_NOT_FOUND'],
    ['DELETE', '/things/1', 405, 'METHOD_NOT_ALLOWED'],
    ['OPTIONS', '/things/1', 405, 'METHOD_NOT_ALLOWED'],
    ['DELETE', '/mounted/things/1', 405, 'METHOD_NOT_ALLOWED'],
    ['GET', '/things/gone', 404, 'NOT_FOUND'],
  ])('%s %s is %i', async (method, path, status, code) => {
    const app = build()
    const things = (into: Hono) =>
      into
        .get('/things/:id', (c) => {
          if (c.req.param('id') === 'gone') throw new HTTPException(404)
          return c.text('')
        })
        .put('/things/:id', (c) => c.text(''))
    things(app)
    app.route('/mounted', things(new Hono()))
    const response = await app.request(path, { method })
    expect([response.status, await response.json()]).toMatchObject([
      status,
      { code, requestId: response.headers.get('x-request-id') },
    ])
    expect(response.headers.get('allow')).toBe(status === 405 ? 'GET, HEAD, PUT' : null)
    expect(lines).toEqual([])
  })

  test('so is a body that is no form, whoever has read it before', async () => {
    const app = new Hono()
    const types = ['multipart/form-data', 'application/json']
    httpStack(app, { logger, log: false, guard: { types } })
    app.use(idempotency({ principal: () => 'ann' }))
    app.post('/form', async (c) => c.json([...(await c.req.formData()).keys()]))
    app.post('/wrong', async (c) => {
      await c.req.text()
      throw new TypeError('of our own')
    })
    const ask = (path: string, type: string, body: string) =>
      app.request(path, { method: 'POST', body, headers: { 'content-type': type, 'idempotency-key': path } })
    for (const [type, body] of [
      ['application/json', '{}'],
      ['multipart/form-data; boundary=x', 'hunter2'],
    ] as const) {
      const response = await ask('/form', type, body)
      expect([response.status, await response.json()]).toMatchObject([400, { code: 'MALFORMED_FORM' }])
      expect((await ask('/wrong', type, body)).status).toBe(500)
    }
  })

  test('a form that cannot be read is 400', async () => {
    const app = new Hono()
    httpStack(app, { logger, log: false, guard: { types: ['multipart/form-data'] } })
    app.post('/form', async (c) => c.json([...(await c.req.formData()).keys()]))
    app.post('/parsed', async (c) => c.json(await c.req.parseBody()))
    const headers = { 'content-type': 'multipart/form-data; boundary=x' }
    for (const path of ['/form', '/parsed']) {
      const response = await app.request(path, { method: 'POST', body: 'hunter2', headers })
      expect([response.status, await response.json()]).toMatchObject([400, { code: 'MALFORMED_FORM' }])
    }
    expect(lines).toEqual([])
  })

  test('what fails in a stream of Hono is too late for an answer, and leaves no rejection', async () => {
    const app = build()
    app.get('/x', (c) =>
      streamSSE(
        c,
        async (stream) => {
          await stream.writeSSE({ data: 'first' })
          throw new Error('hunter2')
        },
        async () => {},
      ),
    )
    const text = await (await app.request('/x')).text()
    expect(text).toContain('first')
  })
})

describe('mounted as a part of an app that has nothing of ours', () => {
  test.each(setUps)('%s answers the errors and the wrong methods of its part', async (_, install) => {
    const part = new Hono()
    install(part, { logger })
    part.get('/fails', explode)
    part.get('/text', () => {
      throw 'hunter2'
    })
    part.get('/', (c) => c.text('part'))
    const app = new Hono()
      .get('/', (c) => c.text('whole'))
      .get('/fails', explode)
      .route('/api', part)
    app.onError((_, c) => c.text('theirs', 500))
    const get = async (path: string, method = 'GET') => {
      const response = await app.request(path, { method })
      return [response.status, await response.text(), response.headers.has('x-request-id')]
    }
    expect(await get('/')).toEqual([200, 'whole', false])
    expect(await get('/fails')).toEqual([500, 'theirs', false])
    expect(await get('/api')).toEqual([200, 'part', true])
    expect(await get('/api/fails')).toEqual([500, expect.stringContaining('INTERNAL'), true])
    expect(await get('/api/text')).toEqual([500, expect.stringContaining('INTERNAL'), true])
    expect(await get('/api/fails', 'POST')).toEqual([
      405,
      expect.stringContaining('METHOD_NOT_ALLOWED'),
      true,
    ])
    // Whose an unknown path is, the app around it decides.
    expect(await get('/api/nowhere')).toEqual([404, '404 Not Found', true])
  })
})

test('a log line for each request, of requestLog alone', async () => {
  const app = new Hono().use('/a/*', requestLog(logger))
  app.get('/a/ok', (c) => c.text('', 201))
  app.get('/a/fails', explode)
  app.get('/a/text', () => {
    throw 'hunter2'
  })
  app.get('/one', requestLog(logger), (c) => c.text(''))
  app.onError((_, c) => c.text('', 500))
  await app.request('/a/ok?token=hunter2', { headers: { authorization: 'hunter2' } })
  await app.request('/a/fails')
  await expect(app.request('/a/text')).rejects.toBe('hunter2')
  await app.request('/a/nowhere')
  await app.request('/one')
  expect(lines.map(({ status }) => status)).toEqual([201, 500, 500, 404, 200])
  expect(lines[0]).toEqual({
    at: 'info',
    message: 'Request',
    method: 'GET',
    path: '/a/ok',
    status: 201,
    durationMs: expect.any(Number),
  })
  expect(JSON.stringify(lines)).not.toContain('hunter2')
})

test('an error of ours is answered by Hono alone, too', async () => {
  const app = new Hono().get('/x', () => {
    throw new HttpError('RATE_LIMITED', 'Slower', { retryAfterMs: 1500 })
  })
  const response = await app.request('/x')
  expect([response.status, response.headers.get('retry-after')]).toEqual([429, '2'])
})
