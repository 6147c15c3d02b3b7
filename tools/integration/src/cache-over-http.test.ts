import { randomUUID } from 'node:crypto'
import { createCache, memoryStore } from '@fastkit/cache'
import { guardRedis, redisIdempotencyStore, redisRateLimitStore } from '@fastkit/cache/redis'
import * as cacheTexts from '@fastkit/cache/translations'
import { httpStack, idempotency, rateLimit } from '@fastkit/http/hono'
import { createTranslator } from '@fastkit/i18n'
import { createLocaleContext } from '@fastkit/i18n/context'
import { locale } from '@fastkit/i18n/hono'
import { tcpProxy } from '@tools/faults'
import { Hono } from 'hono'
import { createClient } from 'redis'
import { describe, expect, inject, onTestFinished, test } from 'vitest'

const redisUrl = inject('redisUrl')
const silent = () => undefined
const logger = { debug: silent, info: silent, warn: silent, error: silent }

describe('what a client is told of the cache', () => {
  function build() {
    const context = createLocaleContext({ default: 'en', supported: Object.keys(cacheTexts) })
    const translator = createTranslator({ catalogs: cacheTexts, defaultLocale: 'en', locale: context })
    const port = guardRedis(createClient({ url: 'redis://127.0.0.1:1' }))
    onTestFinished(() => port.close())
    const cache = createCache(memoryStore())
    const never = () => new Promise<string>(() => {})
    const app = new Hono().use(locale(context))
    httpStack(app, { logger, translator })
    app.get('/slow', async (c) =>
      c.json(await cache.getOrSet('client:ann@example.com', never, { loadTimeoutMs: 5 })),
    )
    app.get('/queue', async (c) => c.json(await port.send(['LLEN', 'queue'])))
    app.get('/wrong', async (c) => c.json(await cache.getOrSet('', never)))
    return app
  }

  test.each([
    ['/slow', 504, 'CACHE_LOAD_TIMEOUT', null],
    ['/queue', 503, 'CACHE_UNAVAILABLE', '1'],
  ] as const)('%s is %d %s in each language, and when to try again', async (path, status, code, after) => {
    const app = build()
    for (const [language, { errors }] of Object.entries(cacheTexts)) {
      const response = await app.request(path, { headers: { 'accept-language': language } })
      expect([response.status, response.headers.get('retry-after')]).toEqual([status, after])
      const body = await response.text()
      expect(JSON.parse(body)).toMatchObject({ success: false, code, message: errors[code] })
      expect(body).not.toContain('ann@example.com')
    }
  })

  test('a mistake of ours is a 500 that says nothing', async () => {
    const response = await build().request('/wrong')
    const { code } = (await response.json()) as { code: string }
    expect([response.status, code]).toEqual([500, 'INTERNAL'])
  })
})

describe.skipIf(redisUrl === undefined)('limits and idempotency keys in Redis', () => {
  /** Two nodes of one application, and the way to their Redis. */
  async function nodes() {
    const proxy = await tcpProxy(new URL(redisUrl as string))
    const prefix = `test-${randomUUID()}`
    let handled = 0
    const apps = [1, 2].map(() => {
      const port = guardRedis(createClient({ url: proxy.url }), { deadlineMs: 1000, connectTimeoutMs: 5000 })
      onTestFinished(() => port.close())
      const limits = (onStoreFailure: 'open' | 'closed') =>
        rateLimit({
          policies: { all: { limit: 3, windowMs: 60_000, onStoreFailure } },
          store: redisRateLimitStore(port, { prefix: `${prefix}-${onStoreFailure}` }),
          storeTimeoutMs: 2000,
          key: () => 'ann',
        })
      const app = new Hono()
      httpStack(app, { logger })
      app.get('/open', limits('open'), (c) => c.text('passed'))
      app.get('/closed', limits('closed'), (c) => c.text('passed'))
      const once = idempotency({
        principal: () => 'ann',
        store: redisIdempotencyStore(port, { prefix }),
      })
      app.post('/pay', once, (c) => c.text(`paid ${++handled}`))
      const status = async (path: string) => (await app.request(path)).status
      const pay = (key: string) =>
        app.request('/pay', { method: 'POST', headers: { 'idempotency-key': key } })
      return { port, status, pay }
    })
    onTestFinished(() => proxy.close())
    for (const { port } of apps) await expect.poll(() => port.isUp(), { timeout: 5000 }).toBe(true)
    return { apps, proxy, handled: () => handled }
  }

  test('count for all nodes together', async () => {
    const { apps, handled } = await nodes()
    const [one, two] = apps
    const statuses = await Promise.all([one, two, one, two, one].map((node) => node?.status('/closed')))
    expect(statuses.toSorted()).toEqual([200, 200, 200, 429, 429])
    const answers = await Promise.all([one?.pay('k'), two?.pay('k')])
    expect(await Promise.all(answers.map((answer) => answer?.text()))).toEqual(['paid 1', 'paid 1'])
    expect(handled()).toBe(1)
  })

  test('while Redis hangs the policy decides who passes, and nothing happens twice', async () => {
    const { apps, proxy, handled } = await nodes()
    proxy.set({ kind: 'hang' })
    for (const node of apps) {
      expect(await Promise.all(['/open', '/closed'].map(node.status))).toEqual([200, 503])
      expect((await node.pay('k')).status).toBe(503)
    }
    expect(handled()).toBe(0)
    proxy.set({ kind: 'pass' })
    await expect.poll(async () => (await apps[0]?.pay('k'))?.status, { timeout: 10_000 }).toBe(200)
    expect(handled()).toBe(1)
  })
})
