import { type Handler, Hono } from 'hono'
import { compress } from 'hono/compress'
import { HTTPException } from 'hono/http-exception'
import { stream, streamSSE } from 'hono/streaming'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { memoryIdempotencyStore } from '../idempotency/memory-store.ts'
import { serve } from '../node/serve.ts'
import { bodyGuard } from './body-guard.ts'
import { installErrorHandling } from './error-handling.ts'
import { type IdempotencyOptions, idempotency } from './idempotency.ts'
import { requestId } from './request-id.ts'
import { created, noContent, ok } from './responses.ts'
import { streamed } from './streamed.ts'

const silent = () => {}
const logger = { debug: silent, info: silent, warn: silent, error: silent }
let rows: unknown[]
let gate: Promise<void> | undefined
/** Hears of a request that has got as far as its handler. */
let reached: () => void

beforeEach(() => {
  rows = []
  gate = undefined
  reached = silent
})

function build(options: Partial<IdempotencyOptions> = {}) {
  const app = new Hono()
  app.use(requestId())
  installErrorHandling(app, { logger })
  app.use(bodyGuard())
  app.use(idempotency({ principal: (c) => c.req.header('x-user') ?? 'ann', ...options }))
  const insert = async (row: unknown) => {
    reached()
    await gate
    return rows.push(row)
  }
  app.post('/rows', async (c) => {
    const id = await insert(await c.req.json())
    return created(c, { id }, { message: 'da, „ü“' })
  })
  app.put('/rows', async (c) => ok(c, await insert(await c.req.json())))
  app.post('/rows/:id', async (c) => ok(c, await insert(c.req.param('id'))))
  app.delete('/rows', async (c) => {
    await insert('deleted')
    return noContent(c)
  })
  app.post('/fails', async (c) => {
    const { thrown } = await c.req.json()
    await insert(thrown)
    if (thrown === 'error') throw new Error('no')
    if (thrown === 'text') throw 'no'
    if (thrown === 'refusal') throw new HTTPException(409)
    return c.body(null, 503)
  })
  return app
}

interface Sent {
  readonly key?: string
  readonly body?: unknown
  readonly path?: string
  readonly method?: string
  readonly headers?: Record<string, string>
}

async function send(
  app: Hono,
  { key = 'k1', body = { a: 1 }, path = '/rows', method = 'POST', headers = {} }: Sent = {},
) {
  const response = await app.request(path, {
    method,
    body: JSON.stringify(body),
    headers: {
      'content-type': 'application/json',
      ...(key !== '' && { 'idempotency-key': key }),
      ...headers,
    },
  })
  const text = await response.text()
  return { status: response.status, text, headers: response.headers, code: /"code":"(\w+)"/.exec(text)?.[1] }
}

test('twenty twins are one row and one answer', async () => {
  const app = build()
  const answers = await Promise.all(Array.from({ length: 20 }, () => send(app)))
  answers.push(await send(app))
  expect(rows).toEqual([{ a: 1 }])
  expect(
    new Set(answers.map(({ status, text, headers }) => `${status} ${headers.get('content-type')} ${text}`)),
  ).toEqual(new Set([`201 application/json {"success":true,"data":{"id":1},"message":"da, „ü“"}`]))
  expect(answers.filter(({ headers }) => headers.get('idempotency-replayed') === 'true')).toHaveLength(20)
  expect(new Set(answers.map(({ headers }) => headers.get('x-request-id'))).size).toBe(21)
})

test('an answer without a body is repeated, too', async () => {
  const app = build()
  for (let at = 0; at < 2; at++)
    expect(await send(app, { method: 'DELETE' })).toMatchObject({ status: 204, text: '' })
  expect(rows).toHaveLength(1)
})

test('a redirect that is thrown is an answer like any other', async () => {
  const app = build()
  app.post('/moves', async (c) => {
    rows.push(await c.req.json())
    throw new HTTPException(303, { res: c.redirect('/rows/1', 303) })
  })
  const answers = [await send(app, { path: '/moves' }), await send(app, { path: '/moves' })]
  expect(answers.map(({ status, headers }) => [status, headers.get('location')])).toEqual([
    [303, '/rows/1'],
    [303, '/rows/1'],
  ])
  expect(rows).toHaveLength(1)
})

test('a key holds for one principal, one method and one route', async () => {
  const app = build()
  await send(app)
  await send(app, { headers: { 'x-user': 'bob' } })
  await send(app, { method: 'PUT' })
  await send(app, { path: '/rows/7' })
  await send(app, { key: 'k2' })
  expect(rows).toHaveLength(5)
})

test('what is written around a key cannot make it another principal’s', async () => {
  const app = build()
  await send(app, { headers: { 'x-user': 'a","b' }, key: 'c' })
  await send(app, { headers: { 'x-user': 'a' }, key: 'b","c' })
  expect(rows).toHaveLength(2)
})

test('the same key with another body, path or query is refused', async () => {
  const app = build()
  await send(app, { path: '/rows/7?a=1' })
  for (const other of [
    { path: '/rows/7?a=2' },
    { path: '/rows/8?a=1' },
    { path: '/rows/7?a=1', body: { a: 2 } },
  ])
    expect(await send(app, other)).toMatchObject({ status: 422, code: 'IDEMPOTENCY_MISMATCH' })
  expect(rows).toEqual(['7'])
})

test('who waits too long for a twin is told that it is under way', async () => {
  const app = build({ waitMs: 0 })
  let open = silent
  gate = new Promise((resolve) => (open = resolve))
  const inHandler = new Promise<void>((resolve) => (reached = resolve))
  const first = send(app)
  await inHandler
  const twin = await send(app)
  expect(twin).toMatchObject({ status: 409, code: 'IDEMPOTENCY_IN_PROGRESS' })
  expect(twin.headers.get('retry-after')).toBe('1')
  open()
  expect((await first).status).toBe(201)
  expect((await send(app)).headers.get('idempotency-replayed')).toBe('true')
})

test('a process that crashed frees its keys when the lease is over', async () => {
  let time = 0
  const store = memoryIdempotencyStore({ now: () => time })
  const crashed = build({ store, leaseMs: 1000 })
  gate = new Promise(silent)
  const inHandler = new Promise<void>((resolve) => (reached = resolve))
  void send(crashed)
  await inHandler
  gate = undefined
  const app = build({ store, leaseMs: 1000, waitMs: 0 })
  expect((await send(app)).status).toBe(409)
  time += 1000
  expect((await send(app)).status).toBe(201)
})

test.each(['error', 'text', 'refusal', 'answer'])('after a failure (%s) the key is free', async (thrown) => {
  const app = build()
  for (let at = 0; at < 2; at++) {
    const { status, headers } = await send(app, { path: '/fails', body: { thrown } })
    expect([status >= 400, headers.get('idempotency-replayed')]).toEqual([true, null])
  }
  expect(rows).toHaveLength(2)
})

test.each([
  { leaseMs: 0 },
  { leaseMs: Number.NaN },
  { ttlMs: -1 },
  { waitMs: -1 },
  { maxBytes: Number.POSITIVE_INFINITY },
])('%j is refused at once', (options) => {
  expect(() => idempotency({ principal: () => 'a', ...options })).toThrow(Object.keys(options)[0])
})

test('without a key, or for a stranger, nothing is kept', async () => {
  const app = build()
  for (let at = 0; at < 2; at++) await send(app, { key: '' })
  expect(rows).toHaveLength(2)
  const strangers = build({ principal: () => undefined })
  for (let at = 0; at < 2; at++)
    expect((await send(strangers)).headers.get('idempotency-replayed')).toBeNull()
  expect(rows).toHaveLength(4)
})

test('a key can be required, and one that is none is refused', async () => {
  const app = build({ required: true })
  expect(await send(app, { key: '' })).toMatchObject({ status: 400, code: 'IDEMPOTENCY_KEY_REQUIRED' })
  for (const key of ['x'.repeat(256), 'a b', '""'])
    expect(await send(app, { key })).toMatchObject({ status: 400, code: 'IDEMPOTENCY_KEY_INVALID' })
  expect(rows).toEqual([])
  await send(app, { key: 'k1' })
  expect((await send(app, { key: '"k1"' })).headers.get('idempotency-replayed')).toBe('true')
})

test('when the store cannot be asked nothing happens; when it cannot keep, the answer still goes out', async () => {
  const down = () => Promise.reject(new Error('down'))
  const store = memoryIdempotencyStore()
  expect(await send(build({ store: { ...store, begin: down } }))).toMatchObject({
    status: 503,
    code: 'UNAVAILABLE',
  })
  expect(rows).toEqual([])
  const logged: unknown[] = []
  const error = (fields: object) => logged.push(fields)
  const app = build({ store: { ...store, finish: down }, logger: { ...logger, error } })
  expect((await send(app)).status).toBe(201)
  expect(logged).toMatchObject([{ err: { message: 'down' } }])
})

/** Posts to a handler over a socket, always with the same key. */
async function overSocket(handler: Handler, options: Partial<IdempotencyOptions> = {}) {
  const app = new Hono()
  installErrorHandling(app, { logger })
  app.use(idempotency({ principal: () => 'ann', ...options }))
  app.post('/', handler)
  const { url, stop } = await serve(app, { port: 0, signals: [] })
  onTestFinished(async () => void (await stop()))
  return () => fetch(url, { method: 'POST', headers: { 'idempotency-key': 'k', connection: 'close' } })
}

test.each([
  ['', (write: Handler) => write],
  [
    ', in an app that is mounted',
    (write: Handler): Handler => {
      const inner = new Hono().post('/', write)
      return (c) => inner.fetch(c.req.raw, c.env)
    },
  ],
])('half an answer is never repeated as a whole one%s', async (_, through) => {
  let times = 0
  const post = await overSocket(
    through((c) =>
      streamed(c, async (writer) => {
        await writer.write('half')
        await writer.sleep(20)
        if (++times === 1) throw new Error('broken')
        await writer.write(' and the other')
      }),
    ),
  )
  await expect(post().then((response) => response.text())).rejects.toThrow()
  expect(await (await post()).text()).toBe('half and the other')
  expect(times).toBe(2)
})

test.each<[string, Handler]>([
  [
    'of events',
    (c) =>
      streamSSE(
        c,
        endless((stream) => stream.writeSSE({ data: 'first' })),
      ),
  ],
  [
    'by streamed',
    (c) =>
      streamed(
        c,
        endless((stream) => stream.write('first')),
      ),
  ],
  [
    'of nobody knows what, when the lease is over',
    (c) =>
      stream(
        c,
        endless((s) => s.write('first')),
      ),
  ],
])('an endless answer %s arrives as it is written, and its key is free', async (_, handler) => {
  const post = await overSocket(handler, { leaseMs: 100, waitMs: 0 })
  for (let at = 0; at < 2; at++) {
    const response = await post()
    const reader = response.body?.getReader()
    expect(new TextDecoder().decode((await reader?.read())?.value)).toContain('first')
    expect(response.headers.get('idempotency-replayed')).toBeNull()
    await reader?.cancel()
  }
})

/** Writes once, and goes on until the client has left. */
function endless<Writer extends { aborted: boolean; sleep(ms: number): Promise<unknown> }>(
  write: (writer: Writer) => Promise<unknown>,
): (writer: Writer) => Promise<void> {
  return async (writer) => {
    await write(writer)
    while (!writer.aborted) await writer.sleep(5)
  }
}

test('an answer longer than is kept arrives whole, is logged and happens again', async () => {
  const logged: unknown[] = []
  const warn = (fields: object) => logged.push(fields)
  let times = 0
  const post = await overSocket((c) => c.text(`${++times}`.repeat(100)), {
    maxBytes: 99,
    logger: { ...logger, warn },
  })
  expect([await (await post()).text(), await (await post()).text()]).toEqual([
    '1'.repeat(100),
    '2'.repeat(100),
  ])
  expect(logged).toMatchObject([{ maxBytes: 99 }, { maxBytes: 99 }])
})

test.each(['around', 'inside'])(
  'Hono’s compress %s it: who takes no gzip can read a replay',
  async (where) => {
    const app = new Hono()
    installErrorHandling(app, { logger })
    const once = idempotency({ principal: () => 'ann' })
    for (const middleware of where === 'around'
      ? [compress({ threshold: 0 }), once]
      : [once, compress({ threshold: 0 })])
      app.use(middleware)
    app.post('/', (c) => ok(c, 'word '.repeat(100)))
    const { url, stop } = await serve(app, { port: 0, signals: [] })
    onTestFinished(async () => void (await stop()))
    const post = async (encoding: string) => {
      const headers = { 'idempotency-key': 'k', 'accept-encoding': encoding, connection: 'close' }
      const response = await fetch(url, { method: 'POST', headers })
      return { body: await response.json(), encoding: response.headers.get('content-encoding') }
    }
    const body = { success: true, data: 'word '.repeat(100) }
    expect(await post('gzip')).toEqual({ body, encoding: 'gzip' })
    expect(await post('identity')).toEqual({ body, encoding: null })
    expect(await post('gzip')).toEqual({ body, encoding: where === 'around' ? 'gzip' : null })
  },
)

test('20 MB are kept without holding up the others', async () => {
  const file = new Uint8Array(20_000_000).fill(65)
  const app = new Hono()
  app.use(idempotency({ principal: () => 'ann', maxBytes: 2 ** 25 }))
  app.post('/', (c) => c.body(file))
  const before = process.cpuUsage()
  for (const replayed of [null, 'true']) {
    const response = await app.request('/', { method: 'POST', headers: { 'idempotency-key': 'k' } })
    expect(response.headers.get('idempotency-replayed')).toBe(replayed)
    expect(Buffer.compare(Buffer.from(await response.arrayBuffer()), file)).toBe(0)
  }
  // It was ten times as much, byte by byte.
  expect(process.cpuUsage(before).user / 1000).toBeLessThan(1500)
})
