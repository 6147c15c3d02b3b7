import { AsyncLocalStorage } from 'node:async_hooks'
import { setTimeout as wait } from 'node:timers/promises'
import { cached, createCache, memoryStore } from '@fastkit/cache'
import { guardRedis, redisStore } from '@fastkit/cache/redis'
import { startRedis } from '@tools/faults'
import { BentoCache, bentostore } from 'bentocache'
import { memoryDriver } from 'bentocache/drivers/memory'
import { createCache as createCacheManager } from 'cache-manager'
import { Cacheable } from 'cacheable'
import { Loader } from 'layered-loader/core'
import { LRUCache } from 'lru-cache'
import { createClient } from 'redis'
import { compare, compareAsync } from './compare.ts'

const max = 100_000
const keys = Array.from({ length: max }, (_, at) => `client:${at}`)
const hot = keys.slice(0, 1000)
const value = { id: 1, name: 'Ann', city: 'Bonn' }
const ttlMs = 600_000

const lru = new LRUCache<string, object>({ max, ttl: ttlMs, ttlResolution: 0 })
const store = memoryStore({ maxEntries: max + hot.length })
const cache = createCache(store, { defaultTtlMs: ttlMs })
const bento = new BentoCache({
  default: 'memory',
  stores: { memory: bentostore().useL1Layer(memoryDriver({ maxItems: max, maxSize: '500mb' })) },
})
const cacheable = new Cacheable({ ttl: ttlMs }) // has no bound, nor has cache-manager
const manager = createCacheManager({ ttl: ttlMs })
for (const key of keys) {
  lru.set(key, value)
  await cache.set(key, value)
}
for (const key of hot) {
  await bento.set({ key, value, ttl: ttlMs })
  await cacheable.set(key, value)
  await manager.set(key, value)
}
await cache.setMany(
  hot.map((key) => [`tagged:${key}`, value] as const),
  { tags: ['a', 'b', 'c'] },
)

const tagged = hot.map((key) => `tagged:${key}`)

compare('A hit of the store, 100,000 entries with a time to live', {
  'lru-cache.get': over(keys, (key) => lru.get(key)),
  'memoryStore.get': over(keys, (key) => store.get(key)),
})
compare('A hit of the store, 1,000 of them', {
  'lru-cache.get': over(hot, (key) => lru.get(key)),
  'memoryStore.get': over(hot, (key) => store.get(key)),
  'memoryStore.get, three tags': over(tagged, (key) => store.get(key)),
})

// By hand: a function over lru-cache that shares what is under way.
const underWay = new Map<string, Promise<object>>()
async function byHand(id: string): Promise<object> {
  const hit = lru.get(id)
  if (hit !== undefined) return hit
  const running = underWay.get(id)
  if (running) return running
  const loading = load(id).then(
    (loaded) => {
      lru.set(id, loaded)
      underWay.delete(id)
      return loaded
    },
    (error: unknown) => {
      underWay.delete(id)
      throw error
    },
  )
  underWay.set(id, loading)
  return loading
}
async function load(id: string): Promise<object> {
  return { id, name: 'Ann', city: 'Bonn' }
}

// What a miss of ours promises, for this function alone: a load that asks for its own key is refused, what was invalidated
// meanwhile is not kept, nobody can change what is, and each caller has a promise of its own.
const loading = new AsyncLocalStorage<Flight>()
let invalidations = 0
const byHandWithPromises = loaderByHand((flight, work) => loading.run(flight, work))
/** The same, but that a load which asks for its own key waits for ever. */
const byHandWithoutReentry = loaderByHand((_, work) => work())
function loaderByHand(run: (flight: Flight, work: () => Promise<object>) => Promise<object>) {
  const flights = new Map<string, Flight>()
  const rows = new LRUCache<string, { value: object; freshUntil: number }>({ max })
  return async function find(...args: unknown[]): Promise<object> {
    const key = `find:v1:${JSON.stringify(args)}`
    const row = rows.get(key)
    if (row && row.freshUntil > performance.now()) return row.value
    const running = flights.get(key)
    if (running && running === loading.getStore()) throw new Error('A load asks for its own key')
    if (running) return running.loaded?.then(itself) as Promise<object>
    const flight: Flight = { loaded: undefined }
    flights.set(key, flight)
    flight.loaded = run(flight, async () => {
      await undefined // so that everybody knows of the flight before it loads
      const begun = invalidations
      try {
        const value = Object.freeze({ ...(await load(String(args[0]))) })
        if (begun === invalidations) rows.set(key, { value, freshUntil: performance.now() + ttlMs })
        return value
      } finally {
        flights.delete(key)
      }
    })
    return flight.loaded.then(itself)
  }
}
interface Flight {
  loaded: Promise<object> | undefined
}
function itself<T>(value: T): T {
  return value
}
const layered = loaderOf(load)
const find = cached({ cache, name: 'find' })(load)
const layeredSlowly = loaderOf(slowly)
const findSlowly = cached({ cache, name: 'find.slowly' })(slowly)
for (const key of hot) {
  await byHand(key)
  await layered.get(key)
  await find(key)
}

await compareAsync(
  'A hit of a cached function, one text as argument',
  {
    'by hand over lru-cache': over(hot, byHand),
    'layered-loader get': over(hot, (key) => layered.get(key)),
    'cached()': over(hot, (key) => find(key)),
    'cache.getOrSet': over(hot, (key) => cache.getOrSet(key, () => value)),
    'bentocache getOrSet': over(hot, (key) => bento.getOrSet({ key, factory: () => value, ttl: ttlMs })),
    'cacheable getOrSet': over(hot, (key) => cacheable.getOrSet(key, async () => value, { ttl: ttlMs })),
    'cache-manager wrap': over(hot, (key) => manager.wrap(key, () => value, ttlMs)),
  },
  { calls: 5000 },
)
await compareAsync(
  'get, a hit',
  {
    'await lru-cache.get': over(hot, async (key) => lru.get(key)),
    'cache.get': over(hot, (key) => cache.get(key)),
    'bentocache get': over(hot, (key) => bento.get({ key })),
    'cacheable get': over(hot, (key) => cacheable.get(key)),
    'cache-manager get': over(hot, (key) => manager.get(key)),
  },
  { calls: 5000 },
)

let fresh = 0
const misses = {
  'layered-loader get': () => layered.get(`new ${fresh++}`),
  'by hand over lru-cache': () => byHand(`new ${fresh++}`),
  'by hand, with what ours promises': () => byHandWithPromises(`new ${fresh++}`),
  '… without refusing a load of its own key': () => byHandWithoutReentry(`new ${fresh++}`),
  'cached()': () => find(`new ${fresh++}`),
  'bentocache getOrSet': () => bento.getOrSet({ key: `new ${fresh++}`, factory: () => value, ttl: ttlMs }),
  'cacheable getOrSet': () => cacheable.getOrSet(`new ${fresh++}`, async () => value, { ttl: ttlMs }),
  'cache-manager wrap': () => manager.wrap(`new ${fresh++}`, () => value, ttlMs),
}
invalidations++
for (const miss of Object.values(misses)) for (let call = 0; call < max; call++) await miss()
await compareAsync('A miss that is loaded and kept, where the oldest of 100,000 leaves', misses)

const bare = new LRUCache<string, object>({ max, ttl: ttlMs, ttlResolution: 0 })
const full = memoryStore({ maxEntries: max })
const entry = { value, bytes: 100, ttlMs, staleMs: 0, tags: [] }
compare('set of a new key, the oldest of 100,000 leaves', {
  'lru-cache.set': () => bare.set(`k:${fresh++}`, value),
  'memoryStore.set': () => full.set(`k:${fresh++}`, entry),
})
await compareAsync('Invalidation of one tag, and of one name', {
  'Map.set': async () => underWay.set('x', Promise.resolve(value)),
  invalidateTags: () => cache.invalidateTags(['z']),
  "invalidate('name:*')": () => cache.invalidate('nothing:*'),
})

const many = 1000
await compareWall(
  'A thousand callers of one missing key, whose load takes 5 ms',
  {
    'the load alone': () => slowly(''),
    'by hand over a Map of promises': together((key) => once(key)),
    '… with a promise for each caller': together((key) => once(key).then(itself)),
    'layered-loader get': together((key) => layeredSlowly.get(key)),
    'cached()': together((key) => findSlowly(key)),
    'bentocache getOrSet': together((key) => bento.getOrSet({ key, factory: () => slowly(key), ttl: ttlMs })),
    'cacheable getOrSet': together((key) => cacheable.getOrSet(key, () => slowly(key), { ttl: ttlMs })),
    'cache-manager wrap': together((key) => manager.wrap(key, () => slowly(key), ttlMs)),
  },
  { calls: 1 },
)

const scanned = new Map<string, object>()
const dated = keys.map((key, at) => `${at % 10 === 0 ? 'old' : 'new'}.${key}`)
await compareWall(
  '10,000 of 100,000 entries go, by what their keys begin with',
  {
    'a scan of a Map': async () => {
      for (const key of scanned.keys()) if (key.startsWith('old.')) scanned.delete(key)
    },
    "invalidate('old.*')": () => cache.invalidate('old.*'),
  },
  {
    calls: 1,
    async prepare() {
      scanned.clear()
      await cache.clear()
      for (const key of dated) {
        scanned.set(key, value)
        await cache.set(key, value)
      }
    },
  },
)

const server = await startRedis()
if (server) {
  const client = createClient({ url: server.url })
  await client.connect()
  const port = guardRedis(createClient({ url: server.url }), { deadlineMs: 5000 })
  const shared = createCache(redisStore(port, { prefix: 'bench' }))
  await shared.set('client:1', value)
  await client.set('bare', JSON.stringify(value))
  // The least scripts by hand, that read a value, a version and the time left; that write a value with a version, outdate
  // a load under way and publish the key, to which nobody listens.
  await client.set('version', 'token')
  const read = await client.scriptLoad(`
    local found = redis.call('MGET', KEYS[1], KEYS[2])
    return { found[1], found[2], redis.call('PTTL', KEYS[1]) }`)
  const write = await client.scriptLoad(`
    local version = redis.call('GET', KEYS[2])
    redis.call('UNLINK', KEYS[3])
    redis.call('PUBLISH', ARGV[3], KEYS[1])
    return redis.call('SET', KEYS[1], version .. ARGV[1], 'PX', ARGV[2])`)
  await compareWall(
    'Redis, one at a time',
    {
      'get and JSON.parse': async () => JSON.parse((await client.get('bare')) ?? ''),
      '… by hand, with a version': async () => {
        const found = await client.evalSha(read, { keys: ['bare', 'version'] })
        return JSON.parse((found as string[])[0] ?? '')
      },
      'cache.get': () => shared.get('client:1'),
      'set with PX': () => client.set('bare', JSON.stringify(value), { PX: ttlMs }),
      '… by hand, with a version, and told': () =>
        client.evalSha(write, {
          keys: ['written', 'version', 'loading'],
          arguments: [JSON.stringify(value), `${ttlMs}`, 'told'],
        }),
      '… and with a checksum and a deadline': () =>
        inTime(
          client.evalSha(write, {
            keys: ['written', 'version', 'loading'],
            arguments: [withChecksum(JSON.stringify(value)), `${ttlMs}`, 'told'],
          }),
        ),
      'cache.set': () => shared.set('client:1', value),
    },
    { calls: 200, rounds: 150 },
  )
  await compareWall(
    'Redis, 10,000 of 100,000 keys go by a pattern',
    {
      'SCAN, and UNLINK behind it': async () => {
        const gone: Promise<unknown>[] = []
        for await (const page of client.scanIterator({ MATCH: 'by hand:old.*', COUNT: 1000 })) {
          if (page.length > 0) gone.push(client.unlink(page))
        }
        await Promise.all(gone)
      },
      "invalidate('old.*')": () => shared.invalidate('old.*'),
    },
    {
      calls: 1,
      async prepare() {
        await client.flushAll()
        const text = JSON.stringify(value)
        const entries = dated.flatMap((key) => [`by hand:${key}`, `bench:k:${key}`])
        for (let at = 0; at < entries.length; at += 1000) {
          await client.mSet(entries.slice(at, at + 1000).map((key): [string, string] => [key, text]))
        }
      },
    },
  )
  port.close()
  client.destroy()
  await server.stop()
}
process.exit(0) // peers leave timers behind

interface WallOptions {
  readonly calls: number
  readonly rounds?: number
  prepare?(): Promise<void>
}

/** Like `compareAsync`, for what waits: wall time. */
async function compareWall(
  title: string,
  contenders: Record<string, () => Promise<unknown>>,
  { calls, rounds = 15, prepare }: WallOptions,
): Promise<void> {
  const times = new Map(Object.keys(contenders).map((name) => [name, [] as number[]]))
  for (let round = 0; round < rounds; round++) {
    await prepare?.()
    for (const [name, run] of Object.entries(contenders)) {
      const start = performance.now()
      for (let call = 0; call < calls; call++) await run()
      times.get(name)?.push(((performance.now() - start) * 1000) / calls)
    }
  }
  console.log(`\n${title} (${calls} calls × ${rounds} rounds, median wall time)`)
  for (const [name, list] of times) {
    const median = list.sort((a, b) => a - b)[rounds >> 1] as number
    console.log(`  ${name.padEnd(46)} ${median.toFixed(0).padStart(8)} µs`)
  }
}

/** Waits, but not for ever. */
function inTime<T>(reply: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('Late')), 5000)
    const end = (settle: () => void) => {
      clearTimeout(timer)
      settle()
    }
    reply.then(
      (value) => end(() => resolve(value)),
      (error: unknown) => end(() => reject(error)),
    )
  })
}

/** FNV-1a, by which a damaged or a foreign reply is told. */
function withChecksum(text: string): string {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return `${(hash >>> 0).toString(36)}\n${text}`
}

function loaderOf(load: (id: string) => Promise<object>): Loader<object> {
  return new Loader({
    inMemoryCache: { cacheType: 'lru-object', ttlInMsecs: ttlMs, maxItems: max },
    dataSourceGetOneFn: load,
  })
}

async function slowly(id: string): Promise<object> {
  await wait(5)
  return { id, name: 'Ann', city: 'Bonn' }
}

/** What is asked for by many at once, and has never been asked for before. */
function together(find: (key: string) => Promise<unknown>): () => Promise<unknown> {
  return () => {
    const key = `together ${fresh++}`
    return Promise.all(Array.from({ length: many }, () => find(key)))
  }
}

function once(key: string): Promise<object> {
  const loading = underWay.get(key) ?? slowly(key)
  underWay.set(key, loading)
  return loading
}

/** Takes one after the other. */
function over<Item, Result>(items: readonly Item[], run: (item: Item) => Result): () => Result {
  let at = 0
  return () => {
    at = at + 1 < items.length ? at + 1 : 0
    return run(items[at] as Item)
  }
}
