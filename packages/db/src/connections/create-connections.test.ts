import { PrismaMariaDb } from '@prisma/adapter-mariadb'
import { PrismaPg } from '@prisma/adapter-pg'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type EmptyDatabase, emptyDatabase, providers } from '../../test/databases.ts'
import { type FaultyProxy, startProxy } from '../../test/errors/proxy.ts'
import { PrismaClient as MysqlClient } from '../../test/generated/mysql/client.ts'
import { PrismaClient as PostgresqlClient } from '../../test/generated/postgresql/client.ts'
import { DbError } from '../errors.ts'
import { createConnections } from './create-connections.ts'
import { ping } from './health.ts'

const unhandled: unknown[] = []
const remember = (error: unknown) => unhandled.push(error)
process.on('unhandledRejection', remember)
afterAll(() => {
  process.off('unhandledRejection', remember)
})
afterEach(() => expect(unhandled).toEqual([]))

/** Resolves when what was rejected, and nobody caught, has been reported. */
const turn = () => new Promise((resolve) => setImmediate(resolve))
/** Those of the worker: some of the files before may end meanwhile, none may be added. */
const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length

/** A client that behaves as a test says. */
function client({ answer = async () => {}, disconnect = async () => {} }: Partial<Behaviour> = {}) {
  return { $queryRawUnsafe: answer as (sql: string) => Promise<unknown>, $disconnect: disconnect }
}
interface Behaviour {
  readonly answer: (sql: string) => Promise<unknown>
  readonly disconnect: () => Promise<void>
}
const never = () => new Promise<never>(() => {})

describe('get', () => {
  const main = client()
  const connections = createConnections({ main, analytics: client() })

  test('gives the very client', () => {
    expect(connections.get('main')).toBe(main)
  })

  test.each(['gone', 'constructor', '__proto__', ''])('refuses "%s", and says what there is', (name) => {
    expect(() => connections.get(name as 'main')).toThrow(
      expect.objectContaining({
        code: 'UNKNOWN_CONNECTION',
        message: `There is no connection "${name}"; there are: main, analytics`,
      }),
    )
  })
})

describe('ping', () => {
  test('answers nothing where the database answers', async () => {
    expect(await ping(client())).toBe(undefined)
  })

  test('of one that hangs fails after the timeout, and leaves no timer', async () => {
    const before = timers()
    await expect(ping(client({ answer: never }), { timeoutMs: 5 })).rejects.toMatchObject({
      code: 'DATABASE_TIMEOUT',
      kind: 'timeout',
    })
    expect(timers()).toBeLessThanOrEqual(before)
  })

  test('fails with a DbError, whatever a client throws, and keeps that to itself', async () => {
    const cause = new Error('password=secret')
    const failing = client({ answer: () => Promise.reject(cause) })
    const error = await ping(failing).catch((thrown: unknown) => thrown as DbError)
    if (!(error instanceof DbError)) expect.fail('it did not fail with a DbError')
    expect([error.code, error.cause, error.message.includes('secret')]).toEqual([
      'DATABASE_ERROR',
      cause,
      false,
    ])
    await expect(ping({} as never)).rejects.toMatchObject({ code: 'DATABASE_ERROR' })
  })
})

describe('health', () => {
  test('tells of each, and asks all at the same time', async () => {
    const asked: string[] = []
    const waiting: (() => void)[] = []
    const slow = (name: string) =>
      client({
        answer: () =>
          new Promise<void>((resolve) => {
            asked.push(name)
            waiting.push(resolve)
            if (waiting.length === 2) for (const each of waiting) each()
          }),
      })
    const broken = client({ answer: () => Promise.reject(new Error('password=secret')) })
    const { health } = createConnections({ main: slow('main'), broken, other: slow('other') })
    const found = await health()
    expect(asked).toEqual(['main', 'other'])
    expect(found).toEqual({
      main: { ok: true, latencyMs: expect.any(Number) },
      broken: { ok: false, latencyMs: expect.any(Number), error: 'DATABASE_ERROR' },
      other: { ok: true, latencyMs: expect.any(Number) },
    })
  })

  test('never throws, whatever a client does', async () => {
    const thrower = client({
      answer: () => {
        throw 'no Error at all'
      },
    })
    const { health } = createConnections({ thrower, nothing: {} as never })
    expect(await health()).toMatchObject({
      thrower: { ok: false, error: 'DATABASE_ERROR' },
      nothing: { ok: false, error: 'DATABASE_ERROR' },
    })
  })

  test('of one that hangs costs the timeout, and leaves no timer and no rejection', async () => {
    let fail = (_: unknown) => {}
    const hanging = client({ answer: () => new Promise((_, reject) => (fail = reject)) })
    const before = timers()
    const { health } = createConnections({ hanging, main: client() })
    expect(await health({ timeoutMs: 5 })).toMatchObject({
      hanging: { ok: false, error: 'DATABASE_TIMEOUT' },
      main: { ok: true },
    })
    expect(timers()).toBeLessThanOrEqual(before)
    fail(new Error('much later'))
    await turn()
    expect(unhandled).toEqual([])
  })

  test('asked again meanwhile shares the question, and afterwards asks anew', async () => {
    const answers: (() => void)[] = []
    const main = client({ answer: () => new Promise<void>((resolve) => answers.push(resolve)) })
    const { health } = createConnections({ main })
    const both = [health(), health()]
    expect(answers).toHaveLength(1)
    answers[0]?.()
    expect(await Promise.all(both)).toMatchObject([{ main: { ok: true } }, { main: { ok: true } }])
    await health({ timeoutMs: 1 })
    const next = health()
    expect(answers).toHaveLength(3)
    answers[2]?.()
    expect(await next).toMatchObject({ main: { ok: true } })
  })

  test('of no connection is empty', async () => {
    expect(await createConnections({}).health()).toEqual({})
  })
})

describe('close', () => {
  test('disconnects one after the other, the last one first', async () => {
    const seen: string[] = []
    const named = (name: string) =>
      client({
        async disconnect() {
          seen.push(`${name} begins`)
          await turn()
          seen.push(`${name} ends`)
        },
      })
    await createConnections({ main: named('main'), replica: named('replica') }).close()
    expect(seen).toEqual(['replica begins', 'replica ends', 'main begins', 'main ends'])
  })

  test('at the same time and again is one', async () => {
    let count = 0
    const connections = createConnections({ main: client({ disconnect: async () => void count++ }) })
    await Promise.all([connections.close(), connections.close()])
    await connections.close()
    expect(count).toBe(1)
  })

  test('goes on when one fails or hangs, and then says which', async () => {
    const seen: string[] = []
    const failure = new Error('socket of 10.0.0.1')
    const connections = createConnections(
      {
        main: client({ disconnect: async () => void seen.push('main') }),
        failing: client({ disconnect: () => Promise.reject(failure) }),
        hanging: client({ disconnect: never }),
        thrower: client({
          disconnect: () => {
            throw failure
          },
        }),
      },
      { closeTimeoutMs: 5 },
    )
    const before = timers()
    const error = await connections.close().catch((thrown: unknown) => thrown as DbError)
    expect(seen).toEqual(['main'])
    expect(error).toMatchObject({
      code: 'CLOSE_FAILED',
      message: 'Could not close: thrower, hanging, failing',
      params: { connections: ['thrower', 'hanging', 'failing'] },
      cause: { errors: [failure, { code: 'DATABASE_TIMEOUT' }, failure] },
    })
    expect(timers()).toBeLessThanOrEqual(before)
    await expect(connections.close()).rejects.toBe(error)
  })

  test('ends the health checks: nobody is asked any more', async () => {
    let asked = 0
    const connections = createConnections({ main: client({ answer: async () => void asked++ }) })
    await connections.close()
    expect(await connections.health()).toEqual({
      main: { ok: false, latencyMs: 0, error: 'CONNECTION_CLOSED' },
    })
    expect(asked).toBe(0)
  })
})

/** Long enough for a machine that is busy. */
const patient = { timeoutMs: 10_000, timeout: 10_000 }

describe.each(providers)('on %s', (provider) => {
  let database: EmptyDatabase
  beforeAll(async () => {
    database = await emptyDatabase(provider)
  })
  afterAll(() => database?.drop())

  test('a database that answers is ok, and close lets it go', async () => {
    const connections = createConnections({ main: database.client(), other: database.client() })
    expect(await connections.health(patient)).toMatchObject({ main: { ok: true }, other: { ok: true } })
    await connections.close()
    expect(await connections.health()).toMatchObject({ main: { error: 'CONNECTION_CLOSED' } })
  })
})

const servers = providers.filter((provider) => provider !== 'sqlite')

describe.each(servers)('a %s server', (provider) => {
  let database: EmptyDatabase
  let proxy: FaultyProxy
  beforeAll(async () => {
    database = await emptyDatabase(provider)
    proxy = await startProxy(database.url)
  })
  afterAll(async () => {
    await proxy?.close()
    await database?.drop()
  })

  /** Two connections, and no timeout of the driver's for one that hangs. */
  const clientOf = (url: string) => {
    const mariadb = `${url.replace(/^mysql:/, 'mariadb:')}?connectionLimit=2&acquireTimeout=200`
    return provider === 'postgresql'
      ? new PostgresqlClient({ adapter: new PrismaPg({ connectionString: url, max: 2 }) })
      : new MysqlClient({ adapter: new PrismaMariaDb(mariadb) })
  }

  test('that does not exist is unavailable, and the answer says nothing of its address', async () => {
    const url = new URL(proxy.url)
    url.port = '1'
    url.password = 'secret'
    const gone = clientOf(url.href)
    const connections = createConnections({ gone: gone as PostgresqlClient })
    const { gone: found } = await connections.health(patient)
    expect(found).toEqual({ ok: false, latencyMs: expect.any(Number), error: 'DATABASE_UNAVAILABLE' })
    await expect(ping(gone, patient)).rejects.toMatchObject({
      code: 'DATABASE_UNAVAILABLE',
      kind: 'unavailable',
    })
    await gone.$disconnect()
  })

  test('that hangs costs the timeout, and is ok again when it answers again', async () => {
    const connections = createConnections(
      { main: clientOf(proxy.url) as PostgresqlClient, direct: clientOf(database.url) as PostgresqlClient },
      { closeTimeoutMs: 300 },
    )
    expect(await connections.health(patient)).toMatchObject({ main: { ok: true }, direct: { ok: true } })
    proxy.hang()
    expect(await connections.health({ timeoutMs: 300 })).toMatchObject({
      main: { ok: false, error: 'DATABASE_TIMEOUT' },
      direct: { ok: true },
    })
    proxy.resume()
    // MariaDB's pool was just making another connection, which takes it a moment to give up.
    await expect.poll(async () => (await connections.health()).main.ok, patient).toBe(true)
    await turn()
    expect(unhandled).toEqual([])
    await connections.close().catch(() => {})
  })

  test('that hangs does not keep close from its end', async () => {
    const connections = createConnections(
      { direct: clientOf(database.url) as PostgresqlClient, main: clientOf(proxy.url) as PostgresqlClient },
      { closeTimeoutMs: 300 },
    )
    await connections.health(patient)
    proxy.hang()
    await connections.health({ timeoutMs: 300 })
    await expect(connections.close()).rejects.toMatchObject({ params: { connections: ['main'] } })
    expect(await connections.health()).toMatchObject({ direct: { error: 'CONNECTION_CLOSED' } })
    proxy.resume()
  })
})
