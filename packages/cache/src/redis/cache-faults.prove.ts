/** Twenty faults of Redis under load: 0 failed, 0 wrong in a million reads, in time, used again within 2 s; limits of four nodes. */
import { quantile, redisFaults, startRedis, tcpProxy, traffic } from '@tools/faults'
import { createClient } from 'redis'
import { expect, test } from 'vitest'
import { collector } from '../../test/collector.ts'
import { refusingServer } from '../../test/refusing-server.ts'
import { createCache } from '../create-cache.ts'
import { memoryStore } from '../memory-store.ts'
import { tiered } from '../tiered.ts'
import { guardRedis } from './guard-redis.ts'
import { redisRateLimitStore } from './redis-rate-limit-store.ts'
import { redisStore } from './redis-store.ts'

test.each(['Redis', 'memory and Redis'])('a cache on %s', async (kind) => {
  const server = await startRedis()
  if (!server) throw new Error('This proof needs a redis-server')
  const admin = guardRedis(createClient({ url: server.url }), { deadlineMs: 5000 })
  const broken: string[] = []
  for (const fault of redisFaults) {
    const proxy = await tcpProxy(new URL(server.url))
    let lines = 0
    const logger = { warn: () => void lines++ }
    const port = guardRedis(createClient({ url: proxy.url }), { logger })
    const far = redisStore(port, { prefix: 'prove' })
    const cache = createCache(kind === 'Redis' ? far : tiered(memoryStore(), far))
    const load = traffic({
      read: (key, load) => cache.getOrSet(key, load, { ttlMs: 300 }),
      invalidate: (key) => cache.delete(key),
    })
    await sleep(500)
    load.take()
    const end = await fault.begin({ server, proxy, command: (...command) => admin.send(command) })
    await sleep(3000)
    const during = load.take()
    await end()
    const usedAfterMs = await untilUsed(far)
    load.take()
    await sleep(500)
    const after = await load.stop()
    const start = performance.now()
    await cache.close()
    port.close()
    const closeMs = performance.now() - start
    const row = {
      requests: during.requests,
      failed: during.failed + after.failed,
      wrong: during.wrong + after.wrong,
      p50: round(quantile(during.times, 0.5)),
      p99: round(quantile(during.times, 0.99)),
      max: round(quantile(during.times, 1)),
      afterP99: round(quantile(after.times, 0.99)),
      usedAfterMs: Math.round(usedAfterMs),
      closeMs: round(closeMs),
      lines,
    }
    broken.push(...brokenBy(fault.name, row))
    process.stdout.write(`${fault.name} ${JSON.stringify(row)}\n`)
    await proxy.close()
  }
  admin.close()
  await server.stop()
  expect(broken).toEqual([])

  async function untilUsed(far: ReturnType<typeof redisStore>): Promise<number> {
    const start = performance.now()
    const entry = { value: 1, bytes: 8, ttlMs: 1000, staleMs: 0, tags: [] }
    while ((await far.set('probe', entry)) !== 'stored' || !(await far.get('probe'))) await sleep(5)
    return performance.now() - start
  }
})

/** Which promises a row breaks: what is at most so much in any fault, and in some. */
function brokenBy(fault: string, row: Readonly<Record<string, number>>): string[] {
  const twoDeadlines = { max: 2 * 50 }
  const atMost = {
    ...{ failed: 0, wrong: 0, usedAfterMs: 2000, closeMs: 1000, lines: 1 },
    ...(fault.startsWith('kill') && { p99: 60, afterP99: 20 }),
    ...(/SIGSTOP|silence/.test(fault) && twoDeadlines),
  }
  return Object.entries(atMost).flatMap(([name, limit]) =>
    (row[name] as number) > limit ? [`${fault}: ${name} ${row[name]}`] : [],
  )
}

test('a million reads over a connection that is cut, sliced and corrupted: each value is of its key', async () => {
  const server = await startRedis()
  if (!server) throw new Error('This proof needs a redis-server')
  const proxy = await tcpProxy(new URL(server.url))
  const port = guardRedis(createClient({ url: proxy.url }))
  const direct = guardRedis(createClient({ url: server.url }), { deadlineMs: 5000 })
  const cache = createCache(redisStore(port, { prefix: 'prove' }))
  const keys = Array.from({ length: 100 }, (_, at) => `k:${at}`)
  await createCache(redisStore(direct, { prefix: 'prove' })).setMany(
    keys.map((key) => [key, { key, date: new Date(0) }] as const),
    { ttl: 'forever' },
  )
  let [reads, hits, wrong] = [0, 0, 0]
  for (let round = 0; reads < 1_000_000; round++) {
    const fault = [
      { kind: 'slice', bytes: 1 + (round % 50) },
      { kind: 'cutAfter', bytes: 1 + (Math.floor(round / 4) % 200) },
      { kind: 'corrupt', everyBytes: 20_000 },
      { kind: 'cutAfter', bytes: 20_000 },
    ] as const
    proxy.set({ kind: 'pass' })
    while ((await cache.get('k:1')) === undefined) await sleep(5)
    proxy.set(fault[round % fault.length] ?? { kind: 'pass' })
    for (let call = 0; call < 20; call++) {
      const found = await Promise.all(
        [0, 1, 2, 3, 4].map((part) => cache.getMany(keys.slice(20 * part, 20 * part + 20))),
      )
      for (const [at, value] of found.flat().entries()) {
        reads++
        if (value === undefined) continue
        hits++
        if ((value as { key: unknown }).key !== keys[at]) wrong++
      }
    }
  }
  process.stdout.write(`${reads} reads, ${hits} hits, ${wrong} wrong\n`)
  expect(wrong).toBe(0)
  expect(hits).toBeGreaterThan(10_000)
  port.close()
  direct.close()
  await proxy.close()
  await server.stop()
})

test('while Redis hangs 100,000 sets leave nothing behind', async () => {
  const server = await startRedis()
  if (!server) throw new Error('This proof needs a redis-server')
  const port = guardRedis(createClient({ url: server.url }))
  const cache = createCache(redisStore(port, { prefix: 'prove' }))
  await cache.set('a', 1)
  server.signal('SIGSTOP')
  const gc = collector()
  gc()
  const before = process.memoryUsage().heapUsed
  for (let at = 0; at < 100_000; at += 1000) {
    await cache.setMany(Array.from({ length: 1000 }, (_, more) => [`k:${at + more}`, text] as const))
  }
  gc()
  const grown = (process.memoryUsage().heapUsed - before) / 2 ** 20
  process.stdout.write(`heap + ${grown.toFixed(1)} MiB\n`)
  expect(grown).toBeLessThanOrEqual(8)
  server.signal('SIGCONT')
  port.close()
  await server.stop()
})

const text = 'x'.repeat(1000)

test('fifty processes that have lost Redis try no more than once a second each', async () => {
  const server = await refusingServer()
  const ports = Array.from({ length: 50 }, () => guardRedis(createClient({ url: server.url })))
  for (const port of ports) tiered(memoryStore(), redisStore(port, { prefix: 'prove' }))
  await sleep(5000)
  server.take()
  await sleep(10_000)
  const attempts = server.take()
  process.stdout.write(`${attempts} attempts in 10 s\n`)
  expect(attempts).toBeGreaterThan(50)
  expect(attempts).toBeLessThanOrEqual(500)
  for (const port of ports) port.close()
  server.close()
})

test('four nodes keep within a hundredth of a limit, and decide within 60 ms while Redis hangs', async () => {
  const server = await startRedis()
  if (!server) throw new Error('This proof needs a redis-server')
  const [limit, windowMs] = [200, 2000]
  const ports = [1, 2, 3, 4].map(() => guardRedis(createClient({ url: server.url })))
  const nodes = ports.map((port) => redisRateLimitStore(port, { prefix: 'prove' }))
  const take = (at: number) => nodes[at % 4]?.take('a', { limit, windowMs }, 1)
  while (!ports.every((port) => port.isUp())) await sleep(5)
  const allowed: number[] = []
  const start = performance.now()
  for (let at = 0; performance.now() - start < 5 * windowMs; at++) {
    const results = await Promise.all([0, 1, 2, 3].map((node) => take(node + at)?.catch(() => undefined)))
    for (const result of results) if (result?.allowed) allowed.push(performance.now() - start)
  }
  const windows = Math.floor(((allowed.at(-1) ?? 0) - (allowed[0] ?? 0)) / windowMs) + 1
  process.stdout.write(`${allowed.length} in ${windows} windows of ${limit}\n`)
  expect(allowed.length).toBeLessThanOrEqual(windows * limit * 1.01)
  expect(allowed.length).toBeGreaterThanOrEqual(windows * limit * 0.99)

  server.signal('SIGSTOP')
  const times: number[] = []
  for (let at = 0; at < 100; at++) {
    const begun = performance.now()
    await take(at)?.catch(() => undefined)
    times.push(performance.now() - begun)
  }
  process.stdout.write(`a decision takes ${round(Math.max(...times))} ms at most\n`)
  expect(Math.max(...times)).toBeLessThanOrEqual(60)
  server.signal('SIGCONT')
  for (const port of ports) port.close()
  await server.stop()
})

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

function round(ms: number): number {
  return Math.round(ms * 10) / 10
}
