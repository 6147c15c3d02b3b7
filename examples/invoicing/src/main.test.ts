import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const main = fileURLToPath(new URL('main.ts', import.meta.url))
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'invoicing-main-'))
})
afterAll(() => rm(folder, { recursive: true }))

function start(env: Record<string, string>): { child: ChildProcess; out: () => string; err: () => string } {
  const database = `file:${join(folder, 'data', 'app.db')}`
  const child = spawn(process.execPath, [main], {
    env: { PATH: process.env['PATH'], DATABASE_URL: database, PORT: '0', ...env },
  })
  const text = { out: '', err: '' }
  child.stdout.on('data', (chunk) => (text.out += chunk))
  child.stderr.on('data', (chunk) => (text.err += chunk))
  return { child, out: () => text.out, err: () => text.err }
}

async function ready(app: ReturnType<typeof start>): Promise<string> {
  for (;;) {
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(app.out())?.[0]
    if (url) return url
    if (app.child.exitCode !== null) throw new Error(app.err())
    await once(app.child.stdout as NodeJS.ReadableStream, 'data')
  }
}

test('it serves what it prints, stops on a signal, and keeps its data', async () => {
  for (const expected of [3, 4]) {
    const app = start({})
    const url = await ready(app)
    expect(app.out().match(/curl /g)).toHaveLength(4)
    expect(app.out()).toContain('Ctrl+C')
    const { pagination } = (await (await fetch(`${url}/clients`)).json()) as { pagination: { total: number } }
    expect(pagination.total).toBe(expected)
    const body = JSON.stringify({ name: 'Eve', email: 'eve@example.com' })
    await fetch(`${url}/clients`, { method: 'POST', body, headers: { 'content-type': 'application/json' } })
    app.child.kill('SIGTERM')
    expect(await once(app.child, 'exit')).toEqual([0, null])
    expect(app.err()).toBe('')
  }
})

test('it stops although somebody connected and says nothing', { timeout: 20_000 }, async () => {
  const app = start({})
  const { port } = new URL(await ready(app))
  const silent = connect(Number(port), '127.0.0.1').on('error', () => {})
  await once(silent, 'connect')
  app.child.kill('SIGTERM')
  expect(await once(app.child, 'exit')).toEqual([0, null])
})

describe('what cannot be started says why on one line, and exits with 1', () => {
  const fails = async (env: Record<string, string>) => {
    const app = start(env)
    const [code] = await once(app.child, 'close')
    expect(code).toBe(1)
    expect(app.out()).toBe('')
    expect(app.err()).toMatch(/^invoicing: [^\n]+\n$/)
    return app.err()
  }

  test('a port that is in use', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    expect(await fails({ PORT: String(port) })).toContain(`port ${port} of 127.0.0.1 is in use`)
    server.close()
  })

  test('a wrong setting', async () => {
    expect(await fails({ PORT: 'x' })).toContain('PORT must be a port from 0 to 65535')
  })

  test('an address of another machine', async () => {
    expect(await fails({ HOST: '192.0.2.1' })).toContain('192.0.2.1 is no address of this machine')
  })

  test('a folder that cannot be made', async () => {
    await writeFile(join(folder, 'file'), 'not a folder')
    expect(await fails({ DATABASE_URL: `file:${join(folder, 'file', 'app.db')}` })).toContain(
      'cannot open the database',
    )
    expect(await fails({ DATABASE_URL: `file:${join(folder, 'no', 'such', 'folder', 'app.db')}` })).toContain(
      'ENOENT',
    )
  })

  test('a file that is no database', async () => {
    await writeFile(
      join(folder, 'text.db'),
      'this is no database, and longer than a header of one hundred bytes'.repeat(3),
    )
    expect(await fails({ DATABASE_URL: `file:${join(folder, 'text.db')}` })).toContain('not a database')
  })

  test('a server that is not there, without the password', async () => {
    const message = await fails({ DATABASE_URL: 'postgresql://app:hunter2@127.0.0.1:1/crm' })
    expect(message).toContain('DatabaseNotReachable')
    expect(message).not.toContain('hunter2')
  })
})
