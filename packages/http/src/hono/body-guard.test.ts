import { once } from 'node:events'
import { connect } from 'node:net'
import { Hono } from 'hono'
import { expect, onTestFinished, test } from 'vitest'
import { serve } from '../node/serve.ts'
import { type BodyGuardOptions, bodyGuard } from './body-guard.ts'
import { installErrorHandling } from './error-handling.ts'
import { ok } from './responses.ts'

const silent = () => {}
const logger = { debug: silent, info: silent, warn: silent, error: silent }

type Body = string | Uint8Array | ReadableStream | null

async function post(body: Body, options?: BodyGuardOptions, headers: Record<string, string> = {}) {
  const app = new Hono()
  installErrorHandling(app, { logger })
  app.use(bodyGuard(options))
  app.post('/', async (c) => ok(c, await c.req.text()))
  const init = {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...headers },
    duplex: 'half',
  }
  const response = await app.request('/', init as RequestInit)
  return [response.status, ((await response.json()) as { code?: string }).code]
}

const chunks = (count: number, size: number) =>
  new ReadableStream({
    start(controller) {
      for (let at = 0; at < count; at++) controller.enqueue(new Uint8Array(size).fill(0x20))
      controller.close()
    },
  })

test.each([
  ['a body', '{"a":1}', undefined, {}, [200, undefined]],
  ['no body at all', null, undefined, {}, [200, undefined]],
  ['an empty body', '', undefined, {}, [400, 'MALFORMED_JSON']],
  ['broken JSON', '{"a"', undefined, {}, [400, 'MALFORMED_JSON']],
  ['deep JSON', '['.repeat(65), undefined, {}, [400, 'TOO_DEEP']],
  ['bad UTF-8', Uint8Array.from([0x22, 0xff, 0x22]), undefined, {}, [400, 'MALFORMED_TEXT']],
  ['text', 'x', undefined, { 'content-type': 'text/plain' }, [415, 'UNSUPPORTED_MEDIA_TYPE']],
  ['gzip', '{}', undefined, { 'content-encoding': 'gzip' }, [415, 'UNSUPPORTED_MEDIA_TYPE']],
  [
    'text where it is taken',
    'x',
    { types: ['text/plain'] },
    { 'content-type': 'text/plain' },
    [200, undefined],
  ],
  ['exactly the limit', '[1]', { maxBytes: 3 }, {}, [200, undefined]],
  ['one byte more', '[10]', { maxBytes: 3 }, {}, [413, 'TOO_LARGE']],
  ['more than the default', ' '.repeat(2 ** 20 + 1), undefined, {}, [413, 'TOO_LARGE']],
  ['chunks', chunks(3, 2), { maxBytes: 5 }, { 'transfer-encoding': 'chunked' }, [413, 'TOO_LARGE']],
  ['an announced length', '[1]', { maxBytes: 5 }, { 'content-length': '900' }, [413, 'TOO_LARGE']],
  ['a length that is a lie', '[1,2,3]', { maxBytes: 5 }, { 'content-length': '3' }, [413, 'TOO_LARGE']],
] as [string, Body, BodyGuardOptions | undefined, Record<string, string>, unknown[]][])(
  '%s',
  async (_, body, options, headers, expected) => {
    expect(await post(body, options, headers)).toEqual(expected)
  },
)

test('a GET passes whatever its headers say', async () => {
  const app = new Hono().use(bodyGuard()).get('/', (c) => c.text('here'))
  expect((await app.request('/', { headers: { 'content-type': 'text/plain' } })).status).toBe(200)
})

const chunk = (size: number) => `${size.toString(16)}\r\n${' '.repeat(size)}\r\n`
const json = 'Content-Type: application/json\r\n'

test.each([
  ['a DELETE without a body', 'DELETE', '', '', 200],
  ['a POST without a body', 'POST', 'Content-Length: 0\r\n', '', 200],
  ['a body', 'POST', `${json}Content-Length: 2\r\n`, '{}', 200],
  ['chunks', 'POST', `${json}Transfer-Encoding: chunked\r\n`, '2\r\n{}\r\n0\r\n\r\n', 200],
  [
    'too many chunks',
    'POST',
    `${json}Transfer-Encoding: chunked\r\n`,
    `${chunk(60)}${chunk(60)}0\r\n\r\n`,
    413,
  ],
  ['more than is taken', 'POST', `${json}Content-Length: 101\r\n`, ' '.repeat(101), 413],
  ['a promise to send more than is taken', 'POST', `${json}Content-Length: 99999999\r\n`, '', 413],
  ['a body without a type', 'POST', 'Content-Length: 2\r\n', '{}', 415],
  ['chunks without a type', 'DELETE', 'Transfer-Encoding: chunked\r\n', '2\r\n{}\r\n0\r\n\r\n', 415],
])('over a socket, %s', async (_, method, headers, body, status) => {
  const app = new Hono()
  installErrorHandling(app, { logger })
  app.use(bodyGuard({ maxBytes: 100 }))
  app.on(['POST', 'DELETE'], '/', (c) => ok(c, null))
  const { url, stop } = await serve(app, { port: 0, signals: [] })
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  onTestFinished(async () => {
    socket.destroy()
    await stop()
  })
  socket.write(`${method} / HTTP/1.1\r\nHost: h\r\n${headers}\r\n${body}`)
  const [answer] = await once(socket, 'data')
  expect(String(answer)).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
})
