import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { Agent, type IncomingMessage, request } from 'node:http'
import { connect } from 'node:net'
import { fileURLToPath } from 'node:url'
import { Hono } from 'hono'
import { expect, onTestFinished, test } from 'vitest'
import { createLifecycle } from '../lifecycle.ts'
import { serve } from './serve.ts'

const servedApp = fileURLToPath(new URL('../../test/served-app.ts', import.meta.url))

interface Running {
  readonly child: ChildProcess
  readonly url: string
  readonly out: () => string
  /** Waits until the app has written this. */
  wrote(text: string): Promise<void>
  /** The exit code, and the requests that handlers saw. */
  ended(): Promise<{ code: unknown; seen: string[] }>
}

async function start(options: object = {}): Promise<Running> {
  const child = spawn(process.execPath, [servedApp], {
    env: { PATH: process.env['PATH'], SERVE_OPTIONS: JSON.stringify(options) },
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  let out = ''
  child.stdout.on('data', (chunk) => (out += chunk))
  child.stderr.on('data', (chunk) => (out += chunk))
  const closed = once(child, 'close')
  const wrote = async (text: string) => {
    while (!out.includes(text)) {
      if (child.exitCode !== null) throw new Error(out)
      await Promise.race([once(child.stdout, 'data'), closed])
    }
  }
  await wrote('http://')
  return {
    child,
    url: /http:\S+/.exec(out)?.[0] as string,
    out: () => out,
    wrote,
    async ended() {
      const [code] = await closed
      return { code, seen: JSON.parse(/seen (.*)/.exec(out)?.[1] ?? '[]') }
    },
  }
}

function post(url: string, agent: Agent, id: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const asked = request(`${url}/work`, {
      agent,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
    })
    asked.on('error', (error) => reject(Object.assign(error, { reused: asked.reusedSocket })))
    asked.on('response', (response) => {
      response.on('error', reject)
      response.on('end', () => resolve(response))
      response.resume()
    })
    asked.end(JSON.stringify({ id }))
  })
}

test('under load, every request that a handler has seen is answered, and the app ends with 0', {
  timeout: 30_000,
}, async () => {
  const app = await start()
  const agent = new Agent({ keepAlive: true, maxSockets: 20 })
  const answered = new Set<string>()
  const failures: { reused?: boolean }[] = []
  let signalled = false
  const client = async (name: number) => {
    for (let at = 0; ; at++) {
      const id = `${name}.${at}`
      try {
        if ((await post(app.url, agent, id)).statusCode === 200) answered.add(id)
      } catch (error) {
        failures.push(error as object)
        return
      }
      if (answered.size > 500 && !signalled) signalled = app.child.kill('SIGTERM')
    }
  }
  await Promise.all(Array.from({ length: 20 }, (_, name) => client(name)))
  const { code, seen } = await app.ended()
  expect(code).toBe(0)
  expect(seen.length).toBeGreaterThan(500)
  expect(seen.filter((id) => !answered.has(id))).toEqual([])
  // Nobody listens any more; on a connection that was there already, nothing fails.
  expect(failures.map(({ reused }) => reused)).toEqual(Array(20).fill(false))
  expect(app.out()).toMatch(/cache closed\ndatabase closed/)
})

test('a connection that stays open and says nothing keeps nobody', async () => {
  const app = await start()
  const agent = new Agent({ keepAlive: true })
  await post(app.url, agent, 'only')
  app.child.kill('SIGTERM')
  expect(await app.ended()).toEqual({ code: 0, seen: ['only'] })
})

test('a connection that has never said anything keeps nobody', async () => {
  const app = await start({ drainTimeoutMs: 600_000, deadlineMs: 600_000 })
  const silent = connect(Number(new URL(app.url).port), '127.0.0.1').on('error', () => {})
  await once(silent, 'connect')
  app.child.kill('SIGTERM')
  expect(await app.ended()).toEqual({ code: 0, seen: [] })
})

test('a connection that fell silent in the headers of a request keeps nobody', async () => {
  const app = await start({ drainTimeoutMs: 600_000, deadlineMs: 600_000 })
  const silent = connect(Number(new URL(app.url).port), '127.0.0.1').on('error', () => {})
  await new Promise<void>((resolve) => silent.write('GET / HTTP/1.1\r\nHost: a\r\n', () => resolve()))
  await fetch(`${app.url}/health/live`, { headers: { connection: 'close' } })
  app.child.kill('SIGTERM')
  expect(await app.ended()).toEqual({ code: 0, seen: [] })
})

test.each(['Content-Length: 100', 'Transfer-Encoding: chunked'])(
  'a client that hangs up while it sends a body is no error of the app, %s',
  async (length) => {
    const app = await start({ guarded: true })
    const client = connect(Number(new URL(app.url).port), '127.0.0.1').on('error', () => {})
    const head = `POST /work HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n${length}`
    client.write(`${head}\r\n\r\n3\r\n{"a\r\n`, () => client.destroy())
    await app.wrote('"status":499')
    app.child.kill('SIGTERM')
    await app.ended()
    expect(app.out()).not.toContain('Request failed')
  },
)

test('while it drains it is not ready, and still answers', async () => {
  const app = await start({ readinessDelayMs: 1500 })
  const readiness = async () => (await fetch(`${app.url}/health/ready`)).status
  expect(await readiness()).toBe(200)
  app.child.kill('SIGTERM')
  let status = 200
  while (status === 200) status = await readiness()
  expect(status).toBe(503)
  expect((await fetch(`${app.url}/health/live`)).status).toBe(200)
  expect(await app.ended()).toMatchObject({ code: 0 })
})

test('a request that never finishes is cut off, and the app ends with 1 and everything closed', async () => {
  const app = await start({ drainTimeoutMs: 200 })
  const stuck = fetch(`${app.url}/stuck`).catch(() => 'cut')
  await app.wrote('stuck')
  app.child.kill('SIGTERM')
  expect(await app.ended()).toMatchObject({ code: 1 })
  expect(await stuck).toBe('cut')
  expect(app.out()).toContain('database closed')
})

test('a second signal ends it at once', async () => {
  const app = await start({ drainTimeoutMs: 600_000, deadlineMs: 600_000 })
  const stuck = fetch(`${app.url}/stuck`).catch(() => 'cut')
  await app.wrote('stuck')
  app.child.kill('SIGTERM')
  let status = 200
  while (status === 200)
    status = await fetch(`${app.url}/health/ready`).then(
      (r) => r.status,
      () => 0,
    )
  app.child.kill('SIGINT')
  expect(await app.ended()).toMatchObject({ code: 1 })
  expect(await stuck).toBe('cut')
})

test('what hangs does not keep it beyond the deadline, and the log names it', async () => {
  const app = await start({ deadlineMs: 300, hangs: true })
  app.child.kill('SIGTERM')
  expect(await app.ended()).toMatchObject({ code: 1 })
  expect(app.out()).toContain('The deadline has passed {"requests":0,"open":["events","cache","database"]}')
})

test('the delay before it drains does not count against the deadline', async () => {
  const app = await start({ readinessDelayMs: 400, deadlineMs: 300 })
  app.child.kill('SIGTERM')
  expect(await app.ended()).toMatchObject({ code: 0 })
  expect(app.out()).toContain('database closed')
})

test('it can be stopped from inside, once, and its lifecycle is closed', async () => {
  const lifecycle = createLifecycle()
  let closed = 0
  lifecycle.onClose('database', () => closed++)
  const before = process.listenerCount('SIGTERM')
  const { url, stop } = await serve(
    new Hono().get('/', (c) => c.text('here')),
    { port: 0, lifecycle },
  )
  expect(await (await fetch(url, { headers: { connection: 'close' } })).text()).toBe('here')
  expect(await Promise.all([stop(), stop()])).toEqual([true, true])
  expect(closed).toBe(1)
  expect(process.listenerCount('SIGTERM')).toBe(before)
  await expect(fetch(url)).rejects.toThrow()
})

test('a port that is taken is named, with what to do', async () => {
  const { url, stop } = await serve(new Hono(), { port: 0 })
  onTestFinished(() => void stop())
  const { port } = new URL(url)
  await expect(serve(new Hono(), { port: Number(port) })).rejects.toMatchObject({
    code: 'CANNOT_LISTEN',
    message: `port ${port} of 127.0.0.1 is in use: stop what uses it, or take another`,
  })
})
