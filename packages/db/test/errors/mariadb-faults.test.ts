import { PrismaMariaDb } from '@prisma/adapter-mariadb'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { gate } from '../better-sqlite3/database.ts'
import { type EmptyDatabase, migratedDatabase, providers } from '../databases.ts'
import { PrismaClient } from '../generated/mysql/client.ts'
import { commitFailsWithin, failsWithin } from './limits.ts'
import { type FaultyProxy, startProxy } from './proxy.ts'

type PoolConfig = Extract<ConstructorParameters<typeof PrismaMariaDb>[0], { host?: string }>

describe.runIf(providers.includes('mysql'))('a MariaDB that fails', () => {
  let database: EmptyDatabase
  let direct: PrismaClient
  let proxy: FaultyProxy
  const clients: PrismaClient[] = []
  const clientOf = (url: string, config: Partial<PoolConfig> = {}) => {
    const client = new PrismaClient({
      adapter: new PrismaMariaDb({ ...configOf(url), ...config } as PoolConfig),
    })
    clients.push(client)
    return client
  }
  const author = (email: string) => ({ data: { name: 'Ann', email } })
  const idOf = async (client: Pick<PrismaClient, '$queryRawUnsafe'>) => {
    const [row] = await client.$queryRawUnsafe<{ id: bigint }[]>('SELECT CONNECTION_ID() AS id')
    return row?.id
  }
  const kill = (id: bigint | undefined) => direct.$executeRawUnsafe(`KILL ${id}`)

  beforeAll(async () => {
    database = await migratedDatabase('mysql')
    direct = clientOf(database.url, { connectionLimit: 2 })
    proxy = await startProxy(database.url)
  })
  afterAll(async () => {
    await proxy.close()
    await Promise.all(clients.map((client) => client.$disconnect()))
    await database.drop()
  })

  test('a connection that is killed under a query is unavailable, and the next query is fine', async () => {
    const client = clientOf(database.url, { connectionLimit: 1 })
    const id = await idOf(client)
    const sleep = client.$queryRawUnsafe('SELECT SLEEP(5)')
    sleep.catch(() => {})
    await expect
      .poll(() =>
        direct.$queryRawUnsafe(
          `SELECT 1 FROM information_schema.processlist WHERE id = ${id} AND command <> 'Sleep'`,
        ),
      )
      .toHaveLength(1)
    await kill(id)
    expect(await failsWithin(0, () => sleep)).toMatchObject({
      code: 'DATABASE_UNAVAILABLE',
      kind: 'unavailable',
    })
    expect(await client.author.count()).toBe(0)
  })

  test('so is one that is killed within a transaction', async () => {
    const client = clientOf(database.url, { connectionLimit: 1 })
    const work = () =>
      client.$transaction(async (tx) => {
        await kill(await idOf(tx))
        await tx.author.count()
      })
    expect(await failsWithin(0, work)).toMatchObject({ code: 'DATABASE_UNAVAILABLE', kind: 'unavailable' })
    expect(await client.author.count()).toBe(0)
  })

  test('a connection lost during COMMIT is told as such: the row is there', async () => {
    const client = clientOf(proxy.url, { connectionLimit: 1 })
    const work = () =>
      client.$transaction(async (tx) => {
        await tx.author.create(author('committed@x'))
        proxy.cutAfter('COMMIT')
      })
    expect(await commitFailsWithin(0, work)).toMatchObject({ code: 'COMMIT_UNKNOWN', kind: 'unavailable' })
    await expect.poll(() => direct.author.count({ where: { email: 'committed@x' } })).toBe(1)
    await direct.author.deleteMany()
  })

  test('a server that stops answering times out after socketTimeout, in a transaction too', async () => {
    const client = clientOf(proxy.url, { connectionLimit: 2, socketTimeout: 300, acquireTimeout: 1000 })
    await client.author.count()
    const timeout = { code: 'DATABASE_TIMEOUT', kind: 'timeout' }
    proxy.hang()
    expect(await failsWithin(300, () => client.author.count())).toMatchObject(timeout)
    proxy.resume({ onlyNew: true })
    expect(await client.author.count()).toBe(0)
    const work = () =>
      client.$transaction(async (tx) => {
        await tx.author.count()
        proxy.hang()
        await tx.author.count()
      })
    expect(await failsWithin(300, work)).toMatchObject(timeout)
    proxy.resume({ onlyNew: true })
    expect(await client.author.count()).toBe(0)
  })

  test('a server that accepts and then says nothing is unavailable after twice acquireTimeout at first', async () => {
    proxy.hang()
    const client = clientOf(proxy.url, { connectionLimit: 1, acquireTimeout: 300, connectTimeout: 200 })
    expect(await failsWithin(600, () => client.author.count())).toMatchObject({ kind: 'unavailable' })
    expect(await failsWithin(300, () => client.author.count())).toMatchObject({ kind: 'unavailable' })
    proxy.resume()
    expect(await client.author.count()).toBe(0)
  })

  test('a pool that is full is busy after acquireTimeout, or maxWait for a transaction', async () => {
    const client = clientOf(database.url, { connectionLimit: 1, acquireTimeout: 300 })
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

  test('a lock that is not released times out after innodb_lock_wait_timeout, a slow statement after queryTimeout', async () => {
    const { id } = await direct.author.create(author('locked@x'))
    const client = clientOf(database.url, {
      connectionLimit: 1,
      sessionVariables: { innodb_lock_wait_timeout: 1 },
    })
    const slow = clientOf(database.url, { connectionLimit: 1, queryTimeout: 300 })
    const timeout = { code: 'DATABASE_TIMEOUT', kind: 'timeout' }
    await direct.$transaction(async (tx) => {
      await tx.author.update({ where: { id }, data: { rating: 1 } })
      const other = () => client.author.update({ where: { id }, data: { rating: 2 } })
      expect(await failsWithin(1000, other)).toMatchObject(timeout)
    })
    expect(await failsWithin(300, () => slow.$queryRawUnsafe('SELECT SLEEP(5)'))).toMatchObject(timeout)
    await direct.author.deleteMany()
  })

  test('a server that is read-only, or not there, or does not know us, is unavailable', async () => {
    const unavailable = { code: 'DATABASE_UNAVAILABLE', kind: 'unavailable' }
    const readOnly = clientOf(database.url, { connectionLimit: 1, sessionVariables: { tx_read_only: 1 } })
    expect(await failsWithin(0, () => readOnly.author.create(author('a@x')))).toMatchObject(unavailable)
    const nowhere = clientOf('mysql://user:secret@127.0.0.1:1/none', { acquireTimeout: 200 })
    expect(await failsWithin(400, () => nowhere.author.count())).toMatchObject(unavailable)
    const stranger = clientOf(database.url, { user: 'nobody', password: 'secret', acquireTimeout: 200 })
    expect(await failsWithin(400, () => stranger.author.count())).toMatchObject(unavailable)
  })
})

function configOf(url: string): PoolConfig {
  const { hostname: host, port, username: user, password, pathname } = new URL(url)
  return {
    host,
    port: Number(port),
    user,
    password: decodeURIComponent(password),
    database: pathname.slice(1),
  } as PoolConfig
}
