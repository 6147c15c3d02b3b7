import { Hono } from 'hono'
import { compress } from 'hono/compress'
import { etag } from 'hono/etag'
import { HTTPException } from 'hono/http-exception'
import { timeout } from 'hono/timeout'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { serve } from '../node/serve.ts'
import { httpStack } from './http-stack.ts'
import { rateLimit } from './rate-limit.ts'
import { ok } from './responses.ts'
import { streamed } from './streamed.ts'

interface Line {
  readonly requestId?: string
  readonly path?: string
  readonly err?: unknown
}
let lines: Line[]
const log = (fields: Line) => void lines.push(fields)
const logger = { debug: log, info: log, warn: log, error: log }

beforeEach(() => {
  lines = []
})

function build() {
  const app = new Hono()
  httpStack(app, { logger, headers: { 'x-frame-options': 'DENY' } })
  return app
}

type Ask = (app: Hono, path: string) => Promise<Response>

const overSocket: Ask = async (app, path) => {
  const { url, stop } = await serve(app, { port: 0, signals: [] })
  onTestFinished(async () => void (await stop()))
  return fetch(url + path, { redirect: 'manual', headers: { connection: 'close', 'if-none-match': '"1"' } })
}
const ways: [string, Ask][] = [
  ['over a socket', overSocket],
  ['in this process', async (app, path) => app.request(path, { headers: { 'if-none-match': '"1"' } })],
]

test.each(ways)('%s, a route can take away a header of the stack', async (_, ask) => {
  const app = build()
  app.get('/', (c) => {
    c.header('X-Frame-Options', undefined)
    return c.text('embed me')
  })
  const { headers } = await ask(app, '/')
  expect([headers.get('x-frame-options'), headers.get('x-request-id')]).toEqual([null, lines[0]?.requestId])
})

test.each(ways)('%s, a bare Response has what the stack sets, unless it says otherwise', async (_, ask) => {
  const app = build()
  app.use('/tagged', etag())
  app.get('/bare', () => new Response('bare'))
  app.get('/own', () => new Response('own', { headers: { 'x-frame-options': 'SAMEORIGIN' } }))
  app.get('/without', (c) => {
    c.header('x-frame-options', undefined)
    return new Response('without')
  })
  app.get('/moved', () => Response.redirect('http://a.example/', 302))
  app.get('/thrown', (c) => {
    throw new HTTPException(302, { res: c.redirect('http://a.example/') })
  })
  app.get('/tagged', () => new Response('same', { headers: { etag: '"1"' } }))
  const expected = [
    ['/bare', 'DENY'],
    ['/own', 'SAMEORIGIN'],
    ['/without', null],
    ['/moved', 'DENY'],
    ['/thrown', 'DENY'],
    ['/tagged', 'DENY'],
  ]
  for (const [at, [path, frame]] of expected.entries()) {
    const { headers } = await ask(app, path as string)
    expect([path, headers.get('x-frame-options'), headers.get('x-request-id')]).toEqual([
      path,
      frame,
      lines[at]?.requestId,
    ])
  }
})

test.each(ways)('%s, a Vary of the stack stays beside those of errors and of middleware', async (_, ask) => {
  const app = new Hono()
  httpStack(app, { logger, headers: { Vary: 'Origin' } })
  app.use('/zip', compress({ threshold: 0 }))
  app.get('/', (c) => c.text('plain'))
  app.get('/bare', () => new Response('bare'))
  app.get('/zip', (c) => c.text('compressed'))
  const varied = async (path: string) => (await ask(app, path)).headers.get('vary')
  expect(await varied('/')).toBe('Origin')
  expect(await varied('/bare')).toBe('Origin')
  expect(await varied('/zip')).toBe('Origin, Accept-Encoding')
  expect(await varied('/unknown')).toBe('Origin, accept')
})

test.each(ways)('%s, an error is whole, whatever length its handler had announced', async (_, ask) => {
  const app = build()
  app.get('/', (c) => {
    c.header('content-length', '5')
    c.header('content-encoding', 'gzip')
    throw new Error('no such file')
  })
  const response = await ask(app, '/')
  expect([response.status, await response.json()]).toMatchObject([500, { code: 'INTERNAL' }])
  expect(response.headers.get('content-encoding')).toBeNull()
})

test.each(ways)('%s, the line of a request whose handler returned nothing says 500', async (_, ask) => {
  const app = build()
  app.get('/', (() => undefined) as never)
  expect((await ask(app, '/')).status).toBe(500)
  expect(lines.map((line) => (line as { status?: number }).status)).toEqual([500, 500])
})

test('the headers of a request made inside another are not those of the other', async () => {
  const app = build()
  app.get('/in', rateLimit({ policies: { inner: { limit: 9, windowMs: 1000 } } }), (c) => ok(c, 1))
  app.get('/out', async (c) => {
    const inner = await app.request('/in', {}, c.env)
    return c.json([inner.headers.get('x-request-id'), inner.headers.get('ratelimit')])
  })
  const response = await overSocket(app, '/out')
  const id = response.headers.get('x-request-id')
  expect(response.headers.get('ratelimit')).toBeNull()
  expect(await response.json()).toEqual([id, '"inner";r=8;t=1'])
  expect(lines).toMatchObject([
    { path: '/in', requestId: id },
    { path: '/out', requestId: id },
  ])
})

test('a request can be made inside another whose answer has begun', async () => {
  const app = build()
  app.get('/in', (c) => ok(c, 1))
  app.get('/', (c) =>
    streamed(c, async (writer) => {
      await writer.write('first ')
      await writer.sleep(20)
      await writer.write(String((await app.request('/in', {}, c.env)).status))
    }),
  )
  expect(await (await overSocket(app, '/')).text()).toBe('first 200')
  expect(lines.some(({ err }) => err !== undefined)).toBe(false)
})

test.each(['/in/x', '/in/fails'])('an app that is mounted has the id of the request: %s', async (path) => {
  const [outer, inner] = [build(), build()]
  inner.get('/x', (c) => ok(c, c.get('requestId' as never)))
  inner.get('/fails', () => {
    throw new Error('inner')
  })
  outer.mount('/in', inner.fetch)
  const response = await overSocket(outer, path)
  const id = response.headers.get('x-request-id')
  expect(await response.text()).toContain(id)
  expect(lines.length).toBeGreaterThan(1)
  expect(new Set(lines.map(({ requestId }) => requestId))).toEqual(new Set([id]))
})

test('a limit that is told after the answer has gone disturbs nobody', async () => {
  const app = build()
  app.use(timeout(5))
  let late = () => {}
  const done = new Promise<void>((resolve) => (late = resolve))
  const take = async () => {
    await new Promise((resolve) => setTimeout(resolve, 40))
    setTimeout(late, 20)
    return { allowed: true, remaining: 1, resetMs: 1 }
  }
  app.use(rateLimit({ policies: { a: { limit: 9, windowMs: 9 } }, storeTimeoutMs: 999, store: { take } }))
  let reached = false
  app.get('/', (c) => {
    reached = true
    return ok(c, 1)
  })
  expect((await overSocket(app, '/')).status).toBe(504)
  await done
  expect(reached).toBe(true)
})
