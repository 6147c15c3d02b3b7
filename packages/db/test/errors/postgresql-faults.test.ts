import { PrismaPg } from '@prisma/adapter-pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { gate } from '../better-sqlite3/database.ts'
import { type EmptyDatabase, migratedDatabase, providers } from '../databases.ts'
import { PrismaClient } from '../generated/postgresql/client.ts'
import { commitFailsWithin, failsWithin } from './limits.ts'
import { type FaultyProxy, startProxy } from './proxy.ts'

type PoolConfig = Exclude<ConstructorParameters<typeof PrismaPg>[0], string | { connect: unknown }>

describe.runIf(providers.includes('postgresql'))('a PostgreSQL that fails', () => {
  let database: EmptyDatabase
  let direct: PrismaClient
  let proxy: FaultyProxy
  const clients: PrismaClient[] = []
  const clientOf = (config: PoolConfig) => {
    const client = new PrismaClient({ adapter: new PrismaPg({ connectionString: database.url, ...config }) })
    clients.push(client)
    return client
  }
  const author = (email: string) => ({ data: { name: 'Ann', email } })
  const pidOf = async (client: Pick<PrismaClient, '$queryRawUnsafe'>) => {
    const [row] = await client.$queryRawUnsafe<{ pid: number }[]>('SELECT pg_backend_pid() AS pid')
    return row?.pid
  }
  const terminate = (pid: number | undefined) => direct.$queryRawUnsafe(`SELECT pg_terminate_backend(${pid})`)

  beforeAll(async () => {
    database = await migratedDatabase('postgresql')
    direct = clientOf({})
    proxy = await startProxy(database.url)
  })
  afterAll(async () => {
    await proxy.close()
    await Promise.all(clients.map((client) => client.$disconnect()))
    await database.drop()
  })

  test('a connection that is killed under a query is unavailable, and the next query is fine', async () => {
    const client = clientOf({ max: 1 })
    const pid = await pidOf(client)
    const sleep = client.$queryRawUnsafe('SELECT pg_sleep(5)::text')
    sleep.catch(() => {})
    await expect
      .poll(() =>
        direct.$queryRawUnsafe(`SELECT 1 FROM pg_stat_activity WHERE pid = ${pid} AND state = 'active'`),
      )
      .toHaveLength(1)
    await terminate(pid)
    expect(await failsWithin(0, () => sleep)).toMatchObject({
      code: 'DATABASE_UNAVAILABLE',
      kind: 'unavailable',
    })
    expect(await client.author.count()).toBe(0)
  })

  test('so is one that is killed within a transaction', async () => {
    const client = clientOf({ max: 1 })
    const work = () =>
      client.$transaction(async (tx) => {
        await terminate(await pidOf(tx))
        await tx.author.count()
      })
    expect(await failsWithin(0, work)).toMatchObject({ code: 'DATABASE_UNAVAILABLE', kind: 'unavailable' })
    expect(await client.author.count()).toBe(0)
  })

  test('a connection lost during COMMIT is told as such: the row is there', async () => {
    const client = clientOf({ connectionString: proxy.url, max: 1 })
    const work = () =>
      client.$transaction(async (tx) => {
        await tx.author.create(author('committed@x'))
        proxy.cutAfter('COMMIT')
      })
    expect(await commitFailsWithin(0, work)).toMatchObject({ code: 'COMMIT_UNKNOWN', kind: 'unavailable' })
    await expect.poll(() => direct.author.count({ where: { email: 'committed@x' } })).toBe(1)
    await direct.author.deleteMany()
  })

  test('a server that stops answering times out after query_timeout', async () => {
    const client = clientOf({ connectionString: proxy.url, query_timeout: 300 })
    await client.author.count()
    proxy.hang()
    expect(await failsWithin(300, () => client.author.count())).toMatchObject({
      code: 'DATABASE_TIMEOUT',
      kind: 'timeout',
    })
    proxy.resume({ onlyNew: true })
    expect(await client.author.count()).toBe(0)
  })

  test('within a transaction too, after which ROLLBACK waits as long again', async () => {
    const client = clientOf({ connectionString: proxy.url, query_timeout: 300, max: 1 })
    const work = () =>
      client.$transaction(async (tx) => {
        await tx.author.count()
        proxy.hang()
        await tx.author.count()
      })
    expect(await failsWithin(600, work)).toMatchObject({ code: 'DATABASE_TIMEOUT', kind: 'timeout' })
    proxy.resume({ onlyNew: true })
    expect(await failsWithin(300, () => client.author.count())).toMatchObject({ kind: 'timeout' }) // the same connection
    expect(await client.author.count()).toBe(0)
  })

  /** Cuts a slow query of a transaction off, waits for the server to be done with it, and writes on that connection. */
  const writeAfterCutOff = async (config: PoolConfig) => {
    const client = clientOf({ ...config, max: 1 })
    const slow = 'SELECT pg_sleep(0.9)::text'
    const work = () => client.$transaction((tx) => tx.$queryRawUnsafe(slow))
    expect(await failsWithin(600, work)).toMatchObject({ code: 'DATABASE_TIMEOUT' })
    const running = `SELECT 1 FROM pg_stat_activity WHERE state = 'active' AND query = '${slow}'`
    await expect.poll(() => direct.$queryRawUnsafe(running), { timeout: 5000 }).toHaveLength(0)
    const { id } = await client.author.create(author('after@x'))
    await client.$disconnect()
    return direct.author.findUnique({ where: { id } })
  }

  test('query_timeout alone returns a connection to the pool whose transaction is open: the next write is lost', async () => {
    expect(await writeAfterCutOff({ query_timeout: 300 })).toBeNull()
  })

  test('a statement_timeout that is shorter lets the server end it, and the next write stays', async () => {
    const row = await writeAfterCutOff({ query_timeout: 300, statement_timeout: 200 })
    expect(row).toMatchObject({ email: 'after@x' })
    await direct.author.deleteMany()
  })

  test('a server that accepts and then says nothing is unavailable after connectionTimeoutMillis', async () => {
    const client = clientOf({ connectionString: proxy.url, connectionTimeoutMillis: 300 })
    proxy.hang()
    expect(await failsWithin(300, () => client.author.count())).toMatchObject({
      code: 'DATABASE_UNAVAILABLE',
      kind: 'unavailable',
    })
    proxy.resume()
    expect(await client.author.count()).toBe(0)
  })

  test('a pool that is full is busy after connectionTimeoutMillis, or maxWait for a transaction', async () => {
    const client = clientOf({ max: 1, connectionTimeoutMillis: 300 })
    const held = gate()
    const begun = gate()
    const holder = client.$transaction(async (tx) => {
      await tx.author.count()
      begun.open()
      await held.opened
    })
    await begun.opened
    const busy = { code: 'DATABASE_BUSY', kind: 'unavailable', retryAfterMs: 1000 }
    expect(await failsWithin(300, () => client.author.count())).toMatchObject(busy)
    const second = () => client.$transaction((tx) => tx.author.count(), { maxWait: 100 })
    expect(await failsWithin(100, second)).toMatchObject(busy)
    held.open()
    await holder
  })

  test('a lock that is not released times out after lock_timeout, a slow statement after statement_timeout', async () => {
    const { id } = await direct.author.create(author('locked@x'))
    const client = clientOf({ options: '-c lock_timeout=300' })
    const slow = clientOf({ statement_timeout: 300 })
    const timeout = { code: 'DATABASE_TIMEOUT', kind: 'timeout' }
    await direct.$transaction(async (tx) => {
      await tx.author.update({ where: { id }, data: { rating: 1 } })
      const other = () => client.author.update({ where: { id }, data: { rating: 2 } })
      expect(await failsWithin(300, other)).toMatchObject(timeout)
    })
    expect(await failsWithin(300, () => slow.$queryRawUnsafe('SELECT pg_sleep(5)::text'))).toMatchObject(
      timeout,
    )
    await direct.author.deleteMany()
  })

  test('a server that is read-only, full, or not there is unavailable', async () => {
    const unavailable = { code: 'DATABASE_UNAVAILABLE', kind: 'unavailable' }
    const readOnly = clientOf({ options: '-c default_transaction_read_only=on' })
    expect(await failsWithin(0, () => readOnly.author.create(author('a@x')))).toMatchObject(unavailable)
    const nowhere = clientOf({ connectionString: 'postgresql://user:secret@127.0.0.1:1/none' })
    expect(await failsWithin(0, () => nowhere.author.count())).toMatchObject(unavailable)
    expect(await failsWithin(0, () => nowhere.$transaction([nowhere.author.count()]))).toMatchObject(
      unavailable,
    )
    const role = `limited_${new URL(database.url).pathname.slice(1)}`
    await direct.$executeRawUnsafe(`CREATE ROLE ${role} LOGIN PASSWORD 'secret' CONNECTION LIMIT 0`)
    const full = clientOf({ user: role, password: 'secret', connectionString: withUser(database.url, role) })
    const error = await failsWithin(0, () => full.author.count())
    await direct.$executeRawUnsafe(`DROP ROLE ${role}`)
    expect(error).toMatchObject({ ...unavailable, message: expect.stringContaining('run out of a resource') })
  })
})

function withUser(url: string, user: string): string {
  const changed = new URL(url)
  changed.username = user
  changed.password = 'secret'
  return changed.href
}
