/** A million keys: memory per entry and within its bound, pauses of sweeping; and of clearing them in Redis, for others. */
import { startRedis } from '@tools/faults'
import { createClient } from 'redis'
import { expect, test } from 'vitest'
import { collector } from '../test/collector.ts'
import { startPinging } from '../test/processes/start-pinging.ts'
import { createCache } from './create-cache.ts'
import { memoryStore } from './memory-store.ts'
import { guardRedis } from './redis/guard-redis.ts'
import { redisStore } from './redis/redis-store.ts'

const million = 1_000_000

test('a million entries take at most 100 bytes each beside key and value', async () => {
  const gc = collector()
  const keys = Array.from({ length: million }, (_, at) => `k:${at}`)
  for (const key of keys) hashOf.add(key) // a text knows its hash once it was a key
  hashOf.clear()
  gc()
  const before = process.memoryUsage()
  const store = memoryStore({ maxEntries: million })
  for (const key of keys) store.set(key, { value: 1, bytes: 8, ttlMs: 60_000, staleMs: 0, tags: [] })
  gc()
  const after = process.memoryUsage()
  const bytes = (after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers) / million
  process.stdout.write(`${bytes.toFixed(1)} bytes per entry\n`)
  expect(store.get('k:5')?.value).toBe(1)
  expect(bytes).toBeLessThanOrEqual(100)
})

const hashOf = new Set<string>()

test('of a million keys a bound of 64 MiB keeps so much, and no set takes long', async () => {
  const before = process.memoryUsage().rss
  const clock = { time: 0 }
  const cache = createCache(
    memoryStore({ maxEntries: million, maxBytes: 64 * 2 ** 20, now: () => clock.time }),
  )
  const longest: number[] = []
  for (let at = 0; at < million; at++) {
    clock.time += 0.1
    const start = performance.now()
    await cache.set(`k:${at}`, 'x'.repeat(1000) + at, { ttlMs: 5000 })
    longest.push(performance.now() - start)
  }
  const grown = (process.memoryUsage().rss - before) / 2 ** 20
  longest.sort((a, b) => b - a)
  const shown = longest.slice(0, 5).map((ms) => ms.toFixed(1))
  process.stdout.write(
    `RSS + ${grown.toFixed(0)} MiB, longest sets ${shown.join(', ')} ms (collection of garbage among it)\n`,
  )
})

test('deleting a million keys of Redis by pattern lets no other client wait for more than 20 ms', async () => {
  const server = await startRedis()
  if (!server) throw new Error('This proof needs a redis-server')
  const port = guardRedis(createClient({ url: server.url }), { deadlineMs: 5000 })
  const cache = createCache(redisStore(port, { prefix: 'prove' }))
  const fill = `for i = tonumber(ARGV[1]), tonumber(ARGV[1]) + 9999 do redis.call('SET', 'prove:k:a.' .. i, 'x') end`
  for (let at = 0; at < million; at += 10_000) await port.send(['EVAL', fill, '0', String(at)])
  await port.send(['SET', 'prove-other', 'kept'])

  const pinging = await startPinging(server.url)
  const start = performance.now()
  await cache.invalidate('a.*')
  const took = performance.now() - start
  const { count, worstMs } = await pinging.stop()
  process.stdout.write(
    `1,000,000 keys in ${took.toFixed(0)} ms; ${count} pings, worst ${worstMs.toFixed(1)} ms\n`,
  )
  expect(await port.send(['DBSIZE'])).toBe(1)
  expect(await port.send(['GET', 'prove-other'])).toBe('kept')
  port.close()
  await server.stop()
  expect(worstMs).toBeLessThanOrEqual(20)
})
