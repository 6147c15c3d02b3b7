import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import type { Readable } from 'node:stream'
import { text as readText } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { getRequestListener } from '@hono/node-server'
import { Hono, type MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { expect, onTestFinished, test } from 'vitest'
import { serve } from '../node/serve.ts'
import { bodyGuard } from './body-guard.ts'
import { installErrorHandling } from './error-handling.ts'
import { httpStack } from './http-stack.ts'
import { idempotency } from './idempotency.ts'

const silent = () => {}
const logger = { debug: silent, info: silent, warn: silent, error: silent }

const use = (app: Hono, ...middleware: MiddlewareHandler[]) => {
  installErrorHandling(app, { logger })
  app.use(...middleware)
}
const types = ['application/json', 'multipart/form-data']
const idempotent = () => idempotency({ principal: () => 'ann' })

const before: Record<string, (app: Hono) => void> = {
  httpStack: (app) => httpStack(app, { logger, guard: { types } }),
  idempotency: (app) => use(app, idempotent()),
  'two guards and idempotency': (app) => use(app, bodyGuard({ types }), bodyGuard({ types }), idempotent()),
  'bodyGuard between Hono’s limits': (app) =>
    use(app, bodyLimit({ maxSize: 999 }), bodyGuard({ types }), bodyLimit({ maxSize: 999 })),
}

const elsewhere = 'http://elsewhere.example/'
const handlers: Record<string, (raw: Request) => Promise<unknown>> = {
  'text()': (raw) => raw.text(),
  'json()': async (raw) => JSON.stringify(await raw.json()),
  'arrayBuffer()': async (raw) => new TextDecoder().decode(await raw.arrayBuffer()),
  'clone()': (raw) => raw.clone().text(),
  'new Request(raw)': (raw) => new Request(raw).text(),
  'new Request(url, raw)': (raw) => new Request(elsewhere, raw).text(),
  body: (raw) => new Response(raw.body).text(),
  'fetch(url, raw)': async (raw) => (await fetch(new URL('/echo', raw.url), raw)).text(),
}

async function sender(app: Hono, over: string) {
  app.post('/echo', async (c) => c.text(await c.req.text()))
  const { url, stop } = await serve(app, { port: 0, signals: [] })
  onTestFinished(async () => void (await stop()))
  let key = 0
  return (path: string, init: RequestInit) => {
    const headers = { ...init.headers, 'idempotency-key': `${++key}`, connection: 'close' }
    const request = { method: 'POST', ...init, headers }
    return over === 'a socket' ? fetch(url + path, request) : app.request(url + path, request)
  }
}

const text = '{"a":"ü"}'
const json = { 'content-type': 'application/json' }
/** With a length, and without one. */
const bodies = { body: text, chunks: undefined }

for (const over of ['a socket', 'nothing']) {
  for (const [name, install] of Object.entries(before)) {
    test(`behind ${name}, over ${over}, the raw request is read as if nobody had read it`, async () => {
      const app = new Hono()
      install(app)
      app.mount('/mounted', async (request) => new Response(await request.text()))
      app.post('/raw', async (c) => c.text(`${await handlers[c.req.query('how') ?? '']?.(c.req.raw)}`))
      app.post('/both', async (c) => c.json([await c.req.json(), await c.req.text(), await c.req.raw.text()]))
      const send = await sender(app, over)
      for (const body of Object.values(bodies)) {
        const sent = () =>
          ({ body: body ?? new Blob([text]).stream(), headers: json, duplex: 'half' }) as RequestInit
        // Node's fetch takes no headers of chunks, behind bare Hono either.
        const ways = Object.keys(handlers).filter((how) => body !== undefined || !how.startsWith('fetch'))
        const raw = ways.map((how) => `/raw?how=${encodeURIComponent(how)}`)
        for (const path of ['/mounted/x', ...raw]) {
          const response = await send(path, sent())
          expect([path, response.status, await response.text()]).toEqual([path, 200, text])
        }
        expect(await (await send('/both', sent())).json()).toEqual([JSON.parse(text), text, text])
      }
    })

    test(`behind ${name}, over ${over}, forms are read by whoever wants to`, async () => {
      const app = new Hono()
      install(app)
      app.post('/raw', async (c) => c.text(`${(await c.req.raw.formData()).get('a')}`))
      app.post('/hono', async (c) => c.text(`${(await c.req.formData()).get('a')}`))
      app.post('/parsed', async (c) => c.text(`${(await c.req.parseBody())['a']}`))
      const send = await sender(app, over)
      for (const path of ['/raw', '/hono', '/parsed']) {
        const body = new FormData()
        body.append('a', 'b')
        const response = await send(path, { body })
        expect([path, response.status, await response.text()]).toEqual([path, 200, 'b'])
      }
    })

    test(`behind ${name}, over ${over}, no body is no body`, async () => {
      const app = new Hono()
      install(app)
      app.post('/', async (c) => c.text(`[${await c.req.raw.text()}]`))
      const send = await sender(app, over)
      expect(await (await send('/', {})).text()).toBe('[]')
    })
  }
}

test('a request made inside another is guarded as any', async () => {
  const app = new Hono()
  httpStack(app, { logger })
  app.post('/inner', async (c) => c.text(await c.req.text()))
  app.post('/', async (c) => {
    const body = await c.req.text()
    return app.request('/inner', { method: 'POST', body, headers: json }, c.env)
  })
  app.get('/', (c) => app.request('/inner', { method: 'POST', body: '{"a', headers: json }, c.env))
  const send = await sender(app, 'a socket')
  expect(await (await send('/', { body: text, headers: json })).text()).toBe(text)
  const refused = await send('/', { method: 'GET' })
  expect([refused.status, await refused.json()]).toMatchObject([400, { code: 'MALFORMED_JSON' }])
})

/** Sends a body in pieces, over a connection of its own, and returns what is answered. */
async function sendRaw(url: string, head: readonly string[], ...pieces: readonly string[]) {
  const length = pieces.reduce((sum, piece) => sum + Buffer.byteLength(piece), 0)
  const [start = '', ...headers] = head
  const lines = [start, 'host: h', 'connection: close', ...headers]
  if (!headers.includes(chunked)) lines.push(`content-length: ${length}`)
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  socket.write(`${lines.join('\r\n')}\r\n\r\n`)
  for (const piece of pieces) {
    socket.write(piece)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  const answer = await readText(socket)
  return { status: Number(answer.slice(9, 12)), body: answer.split('\r\n\r\n')[1] ?? '' }
}

const post = 'POST / HTTP/1.1'
const isJson = 'content-type: application/json'
const chunked = 'transfer-encoding: chunked'
const form = 'multipart/form-data; boundary=x'
const part = '--x\r\ncontent-disposition: form-data; name="a"\r\n\r\nb\r\n--x--\r\n'

for (const [name, install] of Object.entries(before)) {
  test(`behind ${name}, a body that comes in pieces is read whole, and nothing else with it`, async () => {
    const app = new Hono()
    install(app)
    app.post('/', async (c) => {
      if (c.req.header('content-type') === form) return c.json([(await c.req.formData()).get('a')])
      const bytes = await c.req.arrayBuffer()
      return c.json([await c.req.json(), await c.req.text(), new TextDecoder().decode(bytes)])
    })
    const { url, stop } = await serve(app, { port: 0, signals: [] })
    onTestFinished(async () => void (await stop()))
    const read = await sendRaw(url, [post, isJson, 'idempotency-key: 1'], '{"a":', '"ü"}')
    expect(JSON.parse(read.body)).toEqual([{ a: 'ü' }, text, text])
    const half = part.length / 2
    const head = [post, `content-type: ${form}`, 'idempotency-key: 2']
    const sent = await sendRaw(url, head, part.slice(0, half), part.slice(half))
    expect(JSON.parse(sent.body)).toEqual(['b'])
  })
}

test('a body that somebody wants as text is read by way of the Request', async () => {
  const app = new Hono<{ Bindings: { incoming: Readable } }>()
  app.use(async (c, next) => {
    c.env.incoming.setEncoding('latin1')
    await next()
  })
  app.use(bodyGuard())
  app.post('/', async (c) => c.text(await c.req.text()))
  const { url, stop } = await serve(app, { port: 0, signals: [] })
  onTestFinished(async () => void (await stop()))
  expect(await sendRaw(url, [post, isJson], text)).toMatchObject({ status: 200, body: text })
})

test('a long body of which somebody has a copy is read whole, by both', async () => {
  const long = JSON.stringify('a'.repeat(300_000))
  const app = new Hono()
  app.use(async (c, next) => {
    const copy = c.req.raw.clone() // whose stream nobody has touched yet when the guard looks
    await next()
    c.header('copied', `${(await copy.text()).length}`)
  })
  app.use(bodyGuard())
  app.post('/', async (c) => c.text(`${(await c.req.text()).length}`))
  const { url, stop } = await serve(app, { port: 0, signals: [] })
  onTestFinished(async () => void (await stop()))
  const response = await fetch(url, { method: 'POST', body: long, headers: json })
  expect([await response.text(), response.headers.get('copied')]).toEqual(['300002', '300002'])
})

test('a body that a cloud has read before is taken from there', async () => {
  const app = new Hono<{ Bindings: { incoming: { rawBody?: Uint8Array } } }>()
  app.use(async (c, next) => {
    c.env.incoming.rawBody = Buffer.from(text)
    await next()
  })
  app.use(bodyGuard(), idempotent())
  app.post('/', async (c) => c.text(`${await c.req.text()}${await c.req.raw.text()}`))
  const { url, stop } = await serve(app, { port: 0, signals: [] })
  onTestFinished(async () => void (await stop()))
  const response = await fetch(url, { method: 'POST', body: '[1]', headers: json })
  expect(await response.text()).toBe(text + text)
})

test('a body of which a server in front has removed the length is looked at all the same', async () => {
  const app = new Hono()
  installErrorHandling(app, { logger })
  app.use(bodyGuard())
  app.post('/', (c) => c.text('seen'))
  const listen = getRequestListener(app.fetch)
  const server = createServer((incoming, outgoing) => {
    delete incoming.headers['content-length']
    void listen(incoming, outgoing)
  }).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  expect(await sendRaw(url, [post, isJson], '{"a')).toMatchObject({ status: 400 })
})

test('a body that cannot be left for others is an error of its request alone', async () => {
  const app = new Hono<{ Bindings: { incoming: object } }>()
  installErrorHandling(app, { logger })
  app.use(async (c, next) => {
    Object.defineProperty(c.env.incoming, 'rawBody', { get: () => undefined })
    await next()
  })
  app.use(bodyGuard())
  app.post('/', (c) => c.text('seen'))
  const { url, stop } = await serve(app, { port: 0, signals: [] })
  onTestFinished(async () => void (await stop()))
  expect(await sendRaw(url, [post, isJson], '{}')).toMatchObject({ status: 500 })
})

test('a body is read from Node’s request, which is several times as fast', async () => {
  const app = new Hono<{ Bindings: { incoming: { rawBody?: Uint8Array } } }>()
  app.use(bodyGuard())
  app.post('/', (c) => c.json(Buffer.isBuffer(c.env.incoming.rawBody)))
  const { url, stop } = await serve(app, { port: 0, signals: [] })
  onTestFinished(async () => void (await stop()))
  const response = await fetch(url, { method: 'POST', body: text, headers: json })
  expect(await response.json()).toBe(true)
})

test('a request that somebody has replaced by an unpacked one is taken as it is now', async () => {
  const app = new Hono()
  app.use(async (c, next) => {
    const headers = new Headers(c.req.raw.headers)
    headers.delete('content-encoding')
    headers.delete('content-length')
    const body = c.req.raw.body?.pipeThrough(new DecompressionStream('gzip'))
    c.req.raw = new Request(c.req.raw, { body, headers, duplex: 'half' } as RequestInit)
    await next()
  })
  app.use(bodyGuard())
  app.post('/', async (c) => c.json(await c.req.json()))
  const { url, stop } = await serve(app, { port: 0, signals: [] })
  onTestFinished(async () => void (await stop()))
  const packed = { ...json, 'content-encoding': 'gzip' }
  const response = await fetch(url, { method: 'POST', body: new Uint8Array(gzipSync(text)), headers: packed })
  expect([response.status, await response.text()]).toEqual([200, text])
})

test('a body that somebody has read a part of is not taken for a whole one', async () => {
  const app = new Hono<{ Bindings: { incoming: Readable } }>()
  installErrorHandling(app, { logger })
  app.use(async (c, next) => {
    await new Promise((resolve) => setTimeout(resolve, 20))
    c.env.incoming.read(2)
    await next()
  })
  app.use(idempotent())
  app.post('/', async (c) => c.text(await c.req.text()))
  const { url, stop } = await serve(app, { port: 0, signals: [] })
  onTestFinished(async () => void (await stop()))
  expect(await sendRaw(url, [post, isJson, 'idempotency-key: 1'], '[[1]]')).toMatchObject({ status: 500 })
})

test('a TRACE with a body is read where its length is known, and refused where it is not', async () => {
  const app = new Hono()
  installErrorHandling(app, { logger })
  app.use(async (c, next) => {
    void c.req.raw.body
    await next()
  })
  app.use(bodyGuard())
  app.all('/', async (c) => c.text(`${await c.req.text()}${await c.req.raw.text()}`))
  const { url, stop } = await serve(app, { port: 0, signals: [] })
  onTestFinished(async () => void (await stop()))
  const trace = 'TRACE / HTTP/1.1'
  expect(await sendRaw(url, [trace, isJson], '[1]')).toEqual({ status: 200, body: '[1][1]' })
  expect(await sendRaw(url, [trace, isJson, chunked], '3\r\n[1]\r\n0\r\n\r\n')).toMatchObject({ status: 413 })
})

test('a whole request is handled, although its client did not stay', async () => {
  const app = new Hono<{ Bindings: { incoming: Readable } }>()
  const read: string[] = []
  let onArrival = () => {}
  const arrived = new Promise<void>((resolve) => {
    onArrival = resolve
  })
  app.use(async (c, next) => {
    const clientLeft = new Promise((resolve) => c.env.incoming.once('close', resolve))
    onArrival()
    await clientLeft
    await next()
  })
  app.use(bodyGuard())
  app.post('/', async (c) => {
    read.push(await c.req.text())
    return c.body(null)
  })
  const { url, stop } = await serve(app, { port: 0, signals: [] })
  onTestFinished(async () => void (await stop()))
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  socket.write(
    `POST / HTTP/1.1\r\nhost: h\r\ncontent-type: application/json\r\ncontent-length: 7\r\n\r\n{"a":1}`,
  )
  await arrived
  socket.destroy()
  await expect.poll(() => read).toEqual(['{"a":1}'])
})
