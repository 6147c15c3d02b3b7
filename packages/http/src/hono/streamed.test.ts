import { once } from 'node:events'
import { type IncomingMessage, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { expect, onTestFinished, test } from 'vitest'
import { installErrorHandling } from './error-handling.ts'
import { requestId } from './request-id.ts'
import { type StreamWriter, streamed } from './streamed.ts'

const logged: object[] = []
const log = (fields: object) => logged.push(fields)

function build(write: (writer: StreamWriter) => Promise<void>): Hono {
  logged.length = 0
  const app = new Hono()
  app.use(requestId())
  installErrorHandling(app, { logger: { debug: log, info: log, warn: log, error: log } })
  app.get('/', (c) => streamed(c, write))
  return app
}

/** Everything that arrives over a socket, and whether it came to a proper end. */
async function read(
  app: Hono,
  onData = () => {},
): Promise<{ text: string; complete: boolean; requestId: unknown }> {
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }) as Server
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  const asked = request({
    port: (server.address() as AddressInfo).port,
    host: '127.0.0.1',
    agent: false,
  }).end()
  const [response] = (await once(asked, 'response')) as [IncomingMessage]
  let text = ''
  response.on('data', (chunk) => {
    text += chunk
    onData()
  })
  response.on('error', () => {})
  await new Promise((resolve) => response.on('close', resolve))
  return { text, complete: response.complete, requestId: response.headers['x-request-id'] }
}

test('what is written arrives', async () => {
  const app = build(async (writer) => {
    await writer.write('one,')
    await writer.write('two')
  })
  expect(await read(app)).toMatchObject({ text: 'one,two', complete: true })
  expect(logged).toEqual([])
})

test.each([
  ['an Error', new Error('hunter2', { cause: new Error('why') })],
  ['text', 'hunter2'],
  ['undefined', undefined],
])('%s in the middle breaks the connection, tells nothing and is logged once', async (_, thrown) => {
  let sent = () => {}
  const arrived = new Promise<void>((resolve) => (sent = resolve))
  const app = build(async (writer) => {
    await writer.write('half')
    await arrived
    throw thrown
  })
  const { text, complete, requestId } = await read(app, () => sent())
  expect(complete).toBe(false)
  expect(text).toBe('half')
  expect(logged).toHaveLength(1)
  expect(logged[0]).toMatchObject({ requestId, status: 500, path: '/' })
})

test('without a connection of Node, the body fails', async () => {
  const app = build(async (writer) => {
    await writer.write('half')
    throw new Error('hunter2')
  })
  await expect((await app.request('/')).text()).rejects.toThrow('The answer broke off')
  expect(logged).toHaveLength(1)
})
