import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { type AddressInfo, connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'

const main = fileURLToPath(new URL('main.ts', import.meta.url))
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'invoicing-main-'))
})
afterAll(() => rm(folder, { recursive: true }))

interface Started {
  readonly child: ChildProcess
  readonly out: () => string
  readonly err: () => string
}

function start(env: Record<string, string> = {}): Started {
  const child = spawn(process.execPath, [main], {
    env: {
      PATH: process.env['PATH'],
      NODE_COMPILE_CACHE: join(folder, 'compiled'), // the second start takes half the time
      DATABASE_URL: `file:${join(folder, 'data', 'app.db')}`,
      PORT: '0',
      ...env,
    },
  })
  const text = { out: '', err: '' }
  child.stdout.on('data', (chunk) => (text.out += chunk))
  child.stderr.on('data', (chunk) => (text.err += chunk))
  return { child, out: () => text.out, err: () => text.err }
}

async function ready(app: Started): Promise<string> {
  for (;;) {
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(app.out())?.[0]
    if (url) return url
    if (app.child.exitCode !== null) throw new Error(app.err())
    await once(app.child.stdout as NodeJS.ReadableStream, 'data')
  }
}

test('it serves what it prints, stops on a signal though somebody says nothing, and keeps its data', async () => {
  for (const expected of [3, 4]) {
    const app = start()
    const url = await ready(app)
    expect(app.out().match(/curl /g)).toHaveLength(5)
    expect(app.out()).toContain('Ctrl+C')
    const { pagination } = (await (await fetch(`${url}/clients`)).json()) as { pagination: { total: number } }
    expect(pagination.total).toBe(expected)
    const body = JSON.stringify({ name: 'Eve', email: 'eve@example.com' })
    await fetch(`${url}/clients`, { method: 'POST', body, headers: { 'content-type': 'application/json' } })
    const silent = connect(Number(new URL(url).port), '127.0.0.1').on('error', () => {})
    await once(silent, 'connect')
    app.child.kill('SIGTERM')
    expect(await once(app.child, 'exit')).toEqual([0, null])
    expect(app.err()).toBe('')
  }
})

test('what cannot be started says why on one line, without a password, and exits with 1', async () => {
  const busy = createServer().listen(0, '127.0.0.1')
  await once(busy, 'listening')
  const { port } = busy.address() as AddressInfo
  const reasons = await Promise.all(
    [
      { PORT: 'x' },
      { PORT: String(port) },
      { HOST: '192.0.2.1' },
      { DATABASE_URL: 'postgresql://app:hunter2@127.0.0.1:1/crm' },
    ].map(async (env) => {
      const app = start(env)
      expect(await once(app.child, 'close')).toEqual([1, null])
      expect(app.out()).toBe('')
      expect(app.err()).toMatch(/^invoicing: [^\n]+\n$/)
      return app.err()
    }),
  )
  busy.close()
  expect(reasons).toEqual([
    expect.stringContaining('PORT must be a port from 0 to 65535'),
    expect.stringContaining(`port ${port} of 127.0.0.1 is in use`),
    expect.stringContaining('192.0.2.1 is no address of this machine'),
    expect.stringContaining('cannot open the database of DATABASE_URL: DatabaseNotReachable'),
  ])
  expect(reasons.join()).not.toContain('hunter2')
})
