import { type RedisServer, startRedis } from '@tools/faults'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { emptyDatabase, providers } from '../../../test/databases.ts'
import { type RunningApp, runApp } from '../../../test/running-app.ts'

const now = new Date()
const [year, month] = [now.getUTCFullYear(), now.getUTCMonth() + 1]

const post = async (app: RunningApp, path: string, json?: unknown) => {
  const { status, body } = await app.send('POST', path, json)
  if (status >= 300) throw new Error(JSON.stringify(body))
  return body.data
}
const monthsOf = async (app: RunningApp) => {
  const { status, body } = await app.send('GET', `/reports/revenue?year=${year}`)
  expect([status, body.data?.year]).toEqual([200, year])
  return body.data.months
}
const sums = (currency: string, openCents: number, paidCents: number) => ({
  month,
  currency,
  paidCents,
  openCents,
})

/** What an app has to sell, at a price, and somebody who buys it. */
async function shop(app: RunningApp, currency: string, priceCents: number) {
  const sku = `P-${currency}-${priceCents}`
  const product = await post(app, '/products', { sku, name: 'Oil', priceCents, currency, stock: 1000 })
  const client = await post(app, '/clients', { name: 'Ada', email: `${sku}@example.com` })
  return async function draft(quantity: number): Promise<number> {
    const items = [{ productId: product.id, quantity }]
    const json = { clientId: client.id, currency, dueOn: `${year + 1}-01-31`, items }
    return (await post(app, '/invoices', json)).id
  }
}

describe.each(providers)('over a socket, on %s', (provider) => {
  let app: RunningApp

  beforeAll(async () => {
    app = await runApp(provider)
  })
  afterAll(() => app?.stop())

  test('the report follows each invoice from its issue to its payment, or its end', async () => {
    const others = (await monthsOf(app)).filter(({ currency }: { currency: string }) => currency !== 'CHF')
    const report = async () =>
      (await monthsOf(app)).filter(({ currency }: { currency: string }) => currency === 'CHF')
    const draft = await shop(app, 'CHF', 1000)
    const [one, two] = [await draft(1), await draft(2)]
    expect(await report()).toEqual([])
    await post(app, `/invoices/${one}/issue`)
    expect(await report()).toEqual([sums('CHF', 1000, 0)])
    await post(app, `/invoices/${two}/issue`)
    expect(await report()).toEqual([sums('CHF', 3000, 0)])
    await post(app, `/invoices/${one}/pay`)
    expect(await report()).toEqual([sums('CHF', 2000, 1000)])
    await post(app, `/invoices/${two}/void`)
    expect(await report()).toEqual([sums('CHF', 0, 1000)])
    expect((await app.send('POST', `/invoices/${two}/pay`)).status).toBe(409)
    expect(await monthsOf(app)).toEqual([sums('CHF', 0, 1000), ...others])
  })

  test('ten who pay and read at once leave no old report behind', async () => {
    const draft = await shop(app, 'NOK', 100)
    const ids = await Promise.all(Array.from({ length: 10 }, () => draft(1)))
    await Promise.all(ids.map((id) => post(app, `/invoices/${id}/issue`)))
    await Promise.all(ids.flatMap((id) => [post(app, `/invoices/${id}/pay`), monthsOf(app)]))
    expect(await monthsOf(app)).toContainEqual(sums('NOK', 0, 1000))
  })

  test('the sum may be larger than any one invoice', async () => {
    const draft = await shop(app, 'JPY', 1_000_000_000)
    for (const id of [await draft(2), await draft(2)]) await post(app, `/invoices/${id}/issue`)
    expect(await monthsOf(app)).toContainEqual(sums('JPY', 4_000_000_000, 0))
  })

  test('a year without invoices is empty, and what is no year is refused', async () => {
    expect(await app.send('GET', '/reports/revenue?year=2000')).toMatchObject({
      status: 200,
      body: { data: { year: 2000, months: [] } },
    })
    for (const query of [
      '',
      '?year=',
      '?year=x',
      '?year=20',
      '?year=2026.5',
      '?year=2026&from=2',
      '?years=2026',
    ])
      expect(await app.send('GET', `/reports/revenue${query}`)).toMatchObject({ status: 422 })
  })

  test('nothing of all this was our fault', () => {
    expect(app.lines.filter(({ level }) => level >= 50)).toEqual([])
  })
})

describe.skipIf(inject('redisUrl') === undefined)('two processes with one Redis', () => {
  let redis: RedisServer
  let database: Awaited<ReturnType<typeof emptyDatabase>>
  let start: () => Promise<RunningApp>
  let apps: [RunningApp, RunningApp]

  beforeAll(async () => {
    redis = (await startRedis()) as RedisServer
    database = await emptyDatabase('sqlite')
    const env = { DATABASE_URL: database.url, REDIS_URL: redis.url }
    start = () => runApp('sqlite', env)
    apps = [await start(), await start()]
  })
  afterAll(async () => {
    for (const app of apps ?? []) await app.stop()
    await database?.drop()
    await redis?.stop()
  })

  test('a payment at one is in the report of the other', async () => {
    const draft = await shop(apps[0], 'CHF', 1000)
    const id = await draft(1)
    await post(apps[0], `/invoices/${id}/issue`)
    for (const app of apps) await expect.poll(() => monthsOf(app)).toContainEqual(sums('CHF', 1000, 0))
    await post(apps[1], `/invoices/${id}/pay`)
    expect(await monthsOf(apps[1])).toContainEqual(sums('CHF', 0, 1000))
    await expect.poll(() => monthsOf(apps[0])).toContainEqual(sums('CHF', 0, 1000))
  })

  test('what is sent to both with one Idempotency-Key happens once, and counts for both', async () => {
    const json = { name: 'Once', email: 'once@example.com' }
    const send = async (app: RunningApp): ReturnType<RunningApp['send']> => {
      const answer = await app.send('POST', '/clients', json, { 'idempotency-key': 'k' })
      return answer.status === 503 ? send(app) : answer // a slow Redis; then nothing has happened
    }
    const [one, other] = await Promise.all([send(apps[0]), send(apps[1])])
    expect([one.status, other.status, other.body.data.id]).toEqual([201, 201, one.body.data.id])
    const { body } = await apps[0].send('GET', '/clients?filter[name]=Once')
    expect(body.pagination.total).toBe(1)
    const left = async (app: RunningApp) => {
      const { headers } = await app.send('GET', '/clients')
      return Number(/r=(\d+)/.exec(headers.get('ratelimit') ?? '')?.[1])
    }
    await expect.poll(async () => (await left(apps[1])) - (await left(apps[0]))).toBe(1)
  })

  test('while Redis is dead, and when it is back, no request fails and the report is right', async () => {
    const draft = await shop(apps[0], 'NOK', 100)
    const pay = async () => {
      const id = await draft(1)
      await post(apps[0], `/invoices/${id}/issue`)
      await post(apps[0], `/invoices/${id}/pay`)
    }
    await pay()
    expect(await monthsOf(apps[0])).toContainEqual(sums('NOK', 0, 100))
    await redis.kill()
    await pay()
    expect(await monthsOf(apps[0])).toContainEqual(sums('NOK', 0, 200))
    const late = await start()
    expect(await monthsOf(late)).toContainEqual(sums('NOK', 0, 200))
    await late.stop()
    await redis.restart()
    await pay()
    expect(await monthsOf(apps[0])).toContainEqual(sums('NOK', 0, 300))
    await expect.poll(() => monthsOf(apps[1]), { timeout: 10_000 }).toContainEqual(sums('NOK', 0, 300))
    expect(apps.flatMap(({ lines }) => lines.filter(({ level }) => level >= 50))).toEqual([])
  })
})
