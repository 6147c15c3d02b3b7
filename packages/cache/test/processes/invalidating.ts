import { createClient } from 'redis'
import { createCache } from '../../src/create-cache.ts'
import { guardRedis } from '../../src/redis/guard-redis.ts'
import { redisStore } from '../../src/redis/redis-store.ts'

// One of several processes that read and change the same things. The source is Redis itself: `source:N` counts the
// changes, and `known:N` is the last of which the invalidation has come to its end.
const [url = '', prefix = '', steps = '0', lease = ''] = process.argv.slice(2)
const source = createClient({ url })
await source.connect()
const port = guardRedis(createClient({ url }), { deadlineMs: 5000, connectTimeoutMs: 5000 })
const cache = createCache(redisStore(port, { prefix }))
const raise = `if tonumber(ARGV[1]) > tonumber(redis.call('GET', KEYS[1]) or '0') then redis.call('SET', KEYS[1], ARGV[1]) end`

let stale = 0
let reads = 0
let loads = 0
let at = Number(steps)

async function load(key: string): Promise<number> {
  loads++
  const version = Number(await source.get(`${prefix}:source:${key}`))
  await new Promise((resolve) => setTimeout(resolve, Math.random() * 3))
  return version
}

async function step(): Promise<void> {
  const key = String(Math.floor(Math.random() * 5))
  const options = { tags: [`t${key}`], ttlMs: 2000, leaseMs: Math.random() < 0.5 ? 500 : 0 }
  if (Math.random() < 0.2) {
    const version = await source.incr(`${prefix}:source:${key}`)
    const way = Math.floor(Math.random() * 5)
    if (way === 0) await cache.delete(`g${key}:${key}`)
    else if (way === 1) await cache.invalidate(`g${key}:*`)
    else if (way === 2) await cache.invalidateTags([`t${key}`])
    else if (way === 3) await cache.invalidate(`*${key}`)
    else await cache.invalidate(`g${key}*`)
    await source.eval(raise, { keys: [`${prefix}:known:${key}`], arguments: [String(version)] })
    return
  }
  const known = Number(await source.get(`${prefix}:known:${key}`))
  const read = Math.random() < 0.1 ? cache.refresh : cache.getOrSet
  const value = await read(`g${key}:${key}`, () => load(key), options)
  reads++
  if (value < known) stale++
}

if (lease !== '') {
  // Many callers of one key that nobody has loaded yet, in every process at the same moment.
  await port.send(['PING'])
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, Number(lease) - Date.now())))
  const loadSlowly = async () => {
    await new Promise((resolve) => setTimeout(resolve, 50))
    return load('0')
  }
  await Promise.all(
    Array.from({ length: 2500 }, () => cache.getOrSet('stampede', loadSlowly, { leaseMs: 10_000 })),
  )
} else {
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      while (at-- > 0) await step()
    }),
  )
}
await new Promise((resolve) => setTimeout(resolve, 200)) // values are stored behind their callers
process.stdout.write(JSON.stringify({ stale, reads, loads }))
port.close()
source.destroy()
