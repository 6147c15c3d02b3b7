/** Twenty faults of Redis, three seconds each, under load: 0 failed, 0 wrong, used again within 2 s. */
import { quantile, redisFaults, startRedis, tcpProxy, traffic } from '@tools/faults'
import { createClient } from 'redis'
import { expect, test } from 'vitest'
import { createCache } from '../create-cache.ts'
import { memoryStore } from '../memory-store.ts'
import { tiered } from '../tiered.ts'
import { guardRedis } from './guard-redis.ts'
import { redisStore } from './redis-store.ts'

test.each(['Redis', 'memory and Redis'])('a cache on %s', async (kind) => {
  const server = await startRedis()
  if (!server) throw new Error('This proof needs a redis-server')
  const admin = guardRedis(createClient({ url: server.url }), { deadlineMs: 5000 })
  const rows: object[] = []
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
    rows.push({
      fault: fault.name,
      requests: during.requests,
      failed: during.failed + after.failed,
      wrong: during.wrong + after.wrong,
      p50: round(quantile(during.times, 0.5)),
      p99: round(quantile(during.times, 0.99)),
      max: round(quantile(during.times, 1)),
      afterP99: round(quantile(after.times, 0.99)),
      usedAfterMs: Math.round(usedAfterMs),
      lines,
    })
    process.stdout.write(`${JSON.stringify(rows.at(-1))}\n`)
    await proxy.close()
    expect([fault.name, during.failed + after.failed, during.wrong + after.wrong]).toEqual([fault.name, 0, 0])
    expect([fault.name, usedAfterMs < 2000]).toEqual([fault.name, true])
    expect(closeMs).toBeLessThan(1000)
    expect(lines).toBeLessThanOrEqual(2)
  }
  admin.close()
  await server.stop()

  async function untilUsed(far: ReturnType<typeof redisStore>): Promise<number> {
    const start = performance.now()
    const entry = { value: 1, bytes: 8, ttlMs: 1000, staleMs: 0, tags: [] }
    while ((await far.set('probe', entry)) !== 'stored' || !(await far.get('probe'))) await sleep(5)
    return performance.now() - start
  }
})

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

function round(ms: number): number {
  return Math.round(ms * 10) / 10
}
