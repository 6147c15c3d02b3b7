import type { RateLimitStore } from '@fastkit/contracts'
import { Hono } from 'hono'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { serve } from '../node/serve.ts'
import { memoryRateLimitStore } from '../rate-limit/memory-store.ts'
import { installErrorHandling } from './error-handling.ts'
import { type RateLimitOptions, rateLimit } from './rate-limit.ts'

let logged: unknown[]
const log = (...line: unknown[]) => logged.push(line)
const logger = { debug: log, info: log, warn: log, error: log }
let time: number
const store = () => memoryRateLimitStore({ now: () => time })

beforeEach(() => {
  logged = []
  time = 0
})

const perMinute = { limit: 2, windowMs: 60_000 }

function build(options: Partial<RateLimitOptions> = {}) {
  const app = new Hono()
  installErrorHandling(app, { logger })
  app.get('/limited', rateLimit({ policies: { perMinute }, store: store(), ...options }), (c) =>
    c.text('here'),
  )
  app.get('/free', (c) => c.text('here'))
  return app
}

/** A request from an address, as `@hono/node-server` hands it on. */
function ask(app: Hono, from = '192.0.2.1', headers: Record<string, string> = {}, path = '/limited') {
  return app.request(path, { headers }, { incoming: { socket: { remoteAddress: from } } })
}

test('answers tell what is left; a refusal tells when to come back', async () => {
  const app = build()
  const first = await ask(app)
  expect(first.headers.get('ratelimit-policy')).toBe('"perMinute";q=2;w=60')
  expect(first.headers.get('ratelimit')).toBe('"perMinute";r=1;t=60')
  time += 10_500
  expect((await ask(app)).headers.get('ratelimit')).toBe('"perMinute";r=0;t=50')
  const refused = await ask(app)
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '50'])
  expect(refused.headers.get('ratelimit')).toBe('"perMinute";r=0;t=50')
  expect(await refused.json()).toMatchObject({ success: false, code: 'RATE_LIMITED' })
  expect([...refused.headers.keys()].filter((name) => name.startsWith('x-'))).toEqual([])
  time += 49_499
  expect((await ask(app)).headers.get('retry-after')).toBe('1')
  time += 1
  expect((await ask(app)).status).toBe(200)
  expect((await ask(app, undefined, {}, '/free')).headers.get('ratelimit')).toBeNull()
})

test('a bare Response tells what is left, too', async () => {
  const app = new Hono()
  app.use(rateLimit({ policies: { minute: { limit: 5, windowMs: 60_000 } } }))
  app.use(rateLimit({ policies: { hour: { limit: 9, windowMs: 3_600_000 } } }))
  app.get('/', () => new Response('bare'))
  app.get('/json', (c) => c.json({}))
  const told = async (path: string) => (await app.request(path)).headers.get('ratelimit-policy')
  expect(await told('/')).toBe('"minute";q=5;w=60, "hour";q=9;w=3600')
  expect(await told('/json')).toBe(await told('/'))
})

test('clients are told apart by address, of IPv6 by their network', async () => {
  const app = build({ policies: { one: { limit: 1, windowMs: 1000 } } })
  const statuses: number[] = []
  for (const from of ['192.0.2.1', '192.0.2.2', '192.0.2.1', '2001:db8::1', '2001:db8::2', '2001:db8:0:1::1'])
    statuses.push((await ask(app, from)).status)
  expect(statuses).toEqual([200, 200, 429, 200, 429, 200])
})

test('forged forwarding headers make no new client', async () => {
  const app = build({ trustedProxies: ['10.0.0.0/8'] })
  const statuses: number[] = []
  for (const forged of ['7.7.7.7', '8.8.8.8, 9.9.9.9', 'x'])
    statuses.push((await ask(app, '192.0.2.1', { 'x-forwarded-for': forged })).status)
  expect(statuses).toEqual([200, 200, 429])
  for (const forged of ['7.7.7.7', '8.8.8.8', '9.9.9.9'])
    statuses.push((await ask(app, '10.0.0.1', { 'x-forwarded-for': `${forged}, 203.0.113.1` })).status)
  expect(statuses.slice(3)).toEqual([200, 200, 429])
})

test('several policies hold at once, and who is refused by the short one keeps what the long one has left', async () => {
  const policies = { perHour: { limit: 3, windowMs: 3_600_000 }, perSecond: { limit: 1, windowMs: 1000 } }
  const app = build({ policies })
  expect((await ask(app)).headers.get('ratelimit')).toBe('"perSecond";r=0;t=1, "perHour";r=2;t=3600')
  for (let at = 0; at < 5; at++) expect((await ask(app)).status).toBe(429)
  for (const remaining of [1, 0]) {
    time += 1000
    expect((await ask(app)).headers.get('ratelimit')).toContain(`"perHour";r=${remaining};`)
  }
  time += 1000
  const refused = await ask(app)
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '3599'])
})

test('the old headers come when they are asked for, of the policy that is tightest', async () => {
  const app = build({
    policies: { long: { limit: 50, windowMs: 60_000 }, short: { limit: 2, windowMs: 1000 } },
    legacy: true,
  })
  const { headers } = await ask(app)
  expect(['limit', 'remaining', 'reset'].map((name) => headers.get(`x-ratelimit-${name}`))).toEqual([
    '2',
    '1',
    '1',
  ])
})

test('a key and a cost of the app decide; no key is no limit', async () => {
  const app = build({
    key: (c) => c.req.header('x-user'),
    cost: (c) => Number(c.req.header('x-cost') ?? 1),
  })
  expect((await ask(app, 'a', { 'x-user': 'ann', 'x-cost': '2' })).status).toBe(200)
  expect((await ask(app, 'b', { 'x-user': 'ann' })).status).toBe(429)
  expect((await ask(app, 'b', { 'x-user': 'bob' })).status).toBe(200)
  expect((await ask(app, 'b')).headers.get('ratelimit')).toBeNull()
})

test('two limits count apart, unless they share a store and a name', async () => {
  const shared = store()
  const apart = { limit: 1, windowMs: 1000 }
  const app = new Hono()
  installErrorHandling(app, { logger })
  for (const [path, name, its] of [
    ['/a', 'x', shared],
    ['/b', 'x', shared],
    ['/c', 'y', shared],
    ['/d', 'x', store()],
  ] as const)
    app.get(path, rateLimit({ policies: { [name]: apart }, store: its }), (c) => c.text('here'))
  const statuses: number[] = []
  for (const path of ['/a', '/b', '/c', '/d']) statuses.push((await ask(app, undefined, {}, path)).status)
  expect(statuses).toEqual([200, 429, 200, 200])
})

test.each<[string, RateLimitStore['take']]>([
  ['fails', () => Promise.reject(new Error('redis://:hunter2@h is down'))],
  [
    'throws',
    () => {
      throw new Error('redis://:hunter2@h is down')
    },
  ],
  ['hangs', () => new Promise(() => {})],
])('while the store %s, an open policy lets pass, and a closed one nobody', async (_, take) => {
  const open = build({ store: { take }, storeTimeoutMs: 5, logger })
  const passed = await ask(open)
  expect([passed.status, passed.headers.get('ratelimit')]).toEqual([200, null])
  expect(logged).toHaveLength(1)
  const closed = build({
    store: { take },
    storeTimeoutMs: 5,
    policies: { perMinute: { ...perMinute, onStoreFailure: 'closed' } },
  })
  const refused = await ask(closed)
  expect([refused.status, await refused.json()]).toMatchObject([503, { code: 'UNAVAILABLE' }])
  expect(logged).toHaveLength(2)
  expect(JSON.stringify(logged)).not.toContain('hunter2')
})

test.each([['in this process'], ['over a socket']])(
  'of two limits on one route both are told, %s',
  async (where) => {
    const app = new Hono()
    installErrorHandling(app, { logger })
    app.use(rateLimit({ policies: { all: { limit: 9, windowMs: 1000 } }, key: () => 'k' }))
    app.get('/', rateLimit({ policies: { login: { limit: 5, windowMs: 2000 } }, key: () => 'k' }), (c) =>
      c.text(''),
    )
    const { url, stop } = await serve(app, { port: 0, signals: [] })
    onTestFinished(async () => void (await stop()))
    const { headers } = where === 'over a socket' ? await fetch(url) : await app.request('/')
    expect(headers.get('ratelimit-policy')).toBe('"all";q=9;w=1, "login";q=5;w=2')
    expect(headers.get('ratelimit')).toBe('"all";r=8;t=1, "login";r=4;t=2')
  },
)

test.each(['abc', '-5', 'Infinity'])('a cost of %s is an error, not a pass for everybody', async (n) => {
  const app = build({ cost: (c) => Number(c.req.header('x-cost')), key: () => 'k' })
  const wrong = await ask(app, undefined, { 'x-cost': n })
  expect([wrong.status, await wrong.json()]).toMatchObject([500, { code: 'INTERNAL' }])
  expect(logged).toMatchObject([[{ err: { code: 'WRONG_SETUP' } }, 'Request failed']])
  expect((await ask(app, undefined, { 'x-cost': '2' })).headers.get('ratelimit')).toBe('"perMinute";r=0;t=60')
  expect(() => rateLimit({ policies: { perMinute }, cost: Number(n) })).toThrow(
    expect.objectContaining({ code: 'WRONG_SETUP' }),
  )
})

test('without error handling the refusal is the same', async () => {
  const app = new Hono()
    .use(rateLimit({ policies: { perMinute: { limit: 1, windowMs: 1000 } } }))
    .get('/', (c) => c.text(''))
  await app.request('/')
  const refused = await app.request('/')
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1'])
  expect(refused.headers.get('ratelimit')).toBe('"perMinute";r=0;t=1')
  expect(await refused.json()).toMatchObject({ code: 'RATE_LIMITED' })
})

test.each([
  ['no policy', {}],
  ['a limit of 0', { a: { limit: 0, windowMs: 1 } }],
  ['a limit of NaN', { a: { limit: Number.NaN, windowMs: 1 } }],
  ['a window of 0', { a: { limit: 1, windowMs: 0 } }],
  ['an endless window', { a: { limit: 1, windowMs: Infinity } }],
  ['a name with a line break', { 'a\nb': { limit: 1, windowMs: 1 } }],
])('%s is refused at once', (_, policies) => {
  expect(() => rateLimit({ policies })).toThrow(expect.objectContaining({ code: 'WRONG_SETUP' }))
})
