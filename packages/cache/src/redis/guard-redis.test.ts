import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { type Fault, startRedis, tcpProxy, traffic } from '@tools/faults'
import { createClient } from 'redis'
import { describe, expect, inject, onTestFinished, test, vi } from 'vitest'
import { createCache } from '../create-cache.ts'
import { memoryStore } from '../memory-store.ts'
import { tiered } from '../tiered.ts'
import { guardRedis } from './guard-redis.ts'
import { redisStore } from './redis-store.ts'

const redisUrl = inject('redisUrl')

async function behindProxy() {
  const proxy = await tcpProxy(new URL(redisUrl as string))
  const warn = vi.fn()
  // Longer than in life: a busy machine is no fault.
  const port = guardRedis(createClient({ url: proxy.url }), {
    deadlineMs: 200,
    connectTimeoutMs: 1000,
    logger: { warn },
  })
  const prefix = `test-${randomUUID()}`
  const store = redisStore(port, { prefix })
  onTestFinished(async () => {
    await store.close()
    port.close()
    await proxy.close()
  })
  await vi.waitFor(async () => expect(await port.send(['PING'])).toBe('PONG'), 5000)
  const cache = createCache(store)
  const isUsed = () =>
    vi.waitFor(async () => {
      await cache.set('probe:1', 1)
      expect(await cache.get('probe:1')).toBe(1)
      await cache.delete('probe:1')
    }, 10_000)
  return { proxy, port, cache, store, warn, prefix, isUsed }
}

describe.skipIf(redisUrl === undefined)('while Redis', () => {
  test.each<[Fault, string]>([
    [{ kind: 'hang' }, 'is silent'],
    [{ kind: 'refuse' }, 'is gone'],
    [{ kind: 'slow', delayMs: 5 }, 'is slow'],
    [{ kind: 'slow', delayMs: 400 }, 'is too slow'],
    [{ kind: 'slice', bytes: 1 }, 'answers in pieces'],
    [{ kind: 'cutAfter', bytes: 300 }, 'is cut off in the middle of answers'],
    [{ kind: 'corrupt', everyBytes: 3000 }, 'answers with wrong bits'],
  ])('$1, no request fails, no answer is wrong, and it is used again afterwards', async (fault) => {
    const { proxy, cache, warn, isUsed } = await behindProxy()
    const requests = traffic({
      read: (key, load) => cache.getOrSet(key, load, { ttlMs: 500 }),
      invalidate: (key) => cache.delete(key),
    })
    await wait(50)
    proxy.set(fault)
    await wait(700)
    proxy.set({ kind: 'pass' })
    const { requests: count, failed, wrong, errors } = await requests.stop()
    expect([...errors]).toEqual([])
    expect({ failed, wrong }).toEqual({ failed: 0, wrong: 0 })
    expect(count).toBeGreaterThan(20)
    await isUsed()
    expect(warn.mock.calls.length).toBeLessThanOrEqual(2) // one of connections, one of refused commands
  })

  test('is cut off again and again, no request fails', async () => {
    const { proxy, cache, isUsed } = await behindProxy()
    const requests = traffic({
      read: (key, load) => cache.getOrSet(key, load, { ttlMs: 500 }),
      invalidate: (key) => cache.delete(key),
    })
    for (let at = 0; at < 10; at++) {
      await wait(50)
      proxy.cut()
    }
    expect(await requests.stop()).toMatchObject({ failed: 0, wrong: 0 })
    await isUsed()
  })

  test('was out of reach, what was invalidated then is not found afterwards', async () => {
    const { proxy, cache, port } = await behindProxy()
    for (const fault of ['refuse', 'hang'] as const) {
      await cache.setMany([
        ['a:1', 'old'],
        ['a:2', 'old'],
        ['b:1', 'old'],
        ['c:1', 'old'],
        ['d:1', 'kept'],
      ])
      await cache.set('e:1', 'old', { tags: ['t'] })
      await cache.set('f:1', 'old')
      proxy.set({ kind: fault })
      await cache.delete('a:1')
      await cache.invalidate('b:*')
      await cache.invalidate('*c:1')
      await cache.invalidateTags(['t'])
      await cache.set('f:1', 'set, and never arrived')
      proxy.set({ kind: 'pass' })
      await vi.waitFor(async () => expect(await cache.get('d:1')).toBe('kept'), 5000)
      expect(await cache.getMany(['a:1', 'a:2', 'b:1', 'c:1', 'e:1', 'f:1'])).toEqual([
        undefined,
        'old',
        ...[undefined, undefined, undefined, undefined],
      ])
      expect(port.isUp()).toBe(true)
    }
  })

  test('was out of reach, what others changed is not found in memory afterwards', async () => {
    const { proxy, store, prefix } = await behindProxy()
    const near = createCache(tiered(memoryStore(), store))
    const other = guardRedis(createClient({ url: redisUrl as string }), { deadlineMs: 5000 })
    onTestFinished(() => other.close())
    const far = createCache(redisStore(other, { prefix }))
    await vi.waitFor(async () => {
      await near.set('a', 'old')
      await wait(20)
      expect(await near.get('a')).toBe('old')
    }, 5000)
    proxy.set({ kind: 'refuse' })
    await far.set('a', 'new')
    proxy.set({ kind: 'pass' })
    await vi.waitFor(async () => expect(await near.get('a')).toBe('new'), 5000)
  })

  test('is silent, close takes no time, twice as well', async () => {
    const { proxy, port, cache } = await behindProxy()
    proxy.set({ kind: 'hang' })
    const waiting = cache.get('a')
    port.close()
    port.close()
    await cache.close()
    expect(await waiting).toBeUndefined()
    await expect(port.send(['PING'])).rejects.toMatchObject({
      code: 'CACHE_UNAVAILABLE',
      kind: 'unavailable',
    })
  })

  test('refuses, the cache works without it', async () => {
    const server = await startRedis()
    if (!server) return
    const warn = vi.fn()
    const port = guardRedis(createClient({ url: server.url }), { deadlineMs: 1000, logger: { warn } })
    const admin = guardRedis(createClient({ url: server.url }), { deadlineMs: 1000 })
    onTestFinished(async () => {
      port.close()
      admin.close()
      await server.stop()
    })
    const cache = createCache(redisStore(port, { prefix: 'test' }))
    let loads = 0
    const isLoadedEachTime = async () => {
      for (let at = 0; at < 3; at++) {
        const before = loads
        await cache.getOrSet('k:1', async () => ++loads, { ttl: '1m' })
        if (loads === before) return false
      }
      return true
    }
    for (const [fault, repair] of [
      [
        ['CONFIG', 'SET', 'maxmemory', '1mb'],
        ['CONFIG', 'SET', 'maxmemory', '0'],
      ],
      [
        ['REPLICAOF', '127.0.0.1', '1'],
        ['REPLICAOF', 'NO', 'ONE'],
      ],
      [
        ['ACL', 'SETUSER', 'default', '-evalsha', '-eval'],
        ['ACL', 'SETUSER', 'default', '+@all'],
      ],
    ] as const) {
      await cache.set('k:1', 'old')
      expect(await cache.get('k:1')).toBe('old')
      await admin.send(fault)
      await cache.delete('k:1')
      expect(await cache.get('k:1')).toBeUndefined()
      expect([fault[1], await isLoadedEachTime()]).toEqual([fault[1], true])
      await admin.send(repair)
      await vi.waitFor(async () => expect(await isLoadedEachTime()).toBe(false), 5000)
    }
    expect(warn.mock.calls.length).toBeLessThanOrEqual(2)
  })

  test('was not there when the process started, it is used once it is', async () => {
    const server = await startRedis()
    if (!server) return
    await server.kill()
    const warn = vi.fn()
    const port = guardRedis(createClient({ url: server.url }), { deadlineMs: 1000, logger: { warn } })
    onTestFinished(async () => {
      port.close()
      await server.stop()
    })
    const cache = createCache(redisStore(port, { prefix: 'test' }))
    expect(await cache.getOrSet('a', () => 1)).toBe(1)
    expect(await cache.get('a')).toBeUndefined()
    await server.restart()
    await vi.waitFor(async () => {
      await cache.set('a', 1)
      expect(await cache.get('a')).toBe(1)
    }, 5000)
    await server.restart() // it has forgotten the scripts
    await vi.waitFor(async () => {
      await cache.set('a', 2)
      expect(await cache.get('a')).toBe(2)
    }, 5000)
    expect(warn).toHaveBeenCalledOnce()
  })
})

test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('a deadline of %d ms is refused', (deadlineMs) => {
  expect(() => guardRedis(createClient(), { deadlineMs })).toThrow('deadlineMs')
})
