import { randomUUID } from 'node:crypto'
import { createClient } from 'redis'
import * as v from 'valibot'
import { afterAll, describe, expect, inject, test, vi } from 'vitest'
import type { Cache } from '../cache.ts'
import { type CacheOptions, createCache } from '../create-cache.ts'
import { memoryStore } from '../memory-store.ts'
import { tiered } from '../tiered.ts'
import { guardRedis } from './guard-redis.ts'
import { redisStore } from './redis-store.ts'

const redisUrl = inject('redisUrl')
const port = guardRedis(createClient({ url: redisUrl ?? 'redis://127.0.0.1:1' }), {
  deadlineMs: 5000,
  connectTimeoutMs: 5000,
})
afterAll(() => port.close())
const far = (prefix = `test-${randomUUID()}`) => redisStore(port, { prefix })
const limits = { maxEntries: 100, maxBytes: 100_000 }
const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/** Values are kept behind the callers of their loads. */
const becomes = (cache: Cache, key: string, value: unknown) =>
  vi.waitFor(async () => expect(await cache.get(key)).toBe(value), 5000)

const stores = {
  memory: () => memoryStore(),
  'memory with limits': () => memoryStore(limits),
  Redis: () => far(),
  'Redis, prefix in braces': () => far(`{test-${randomUUID()}}`),
  'memory before Redis': () => tiered(memoryStore(), far()),
  'memory with limits before Redis': () => tiered(memoryStore(limits), far(), { memoryTtlMs: 1000 }),
}
const names = Object.keys(stores).filter((name) => redisUrl !== undefined || !name.includes('Redis'))

describe.each(names)('on %s', (name) => {
  const build = (options?: CacheOptions) => createCache(stores[name as keyof typeof stores](), options)

  test.concurrent('get, set, has, delete, getMany, setMany, clear', async ({ expect }) => {
    const cache = build()
    expect(await cache.get('a')).toBeUndefined()
    await cache.set('a', { at: new Date(5) })
    expect([await cache.get('a'), await cache.has('a')]).toEqual([{ at: new Date(5) }, true])
    await cache.setMany([
      ['a', null],
      ['b', 2n],
    ])
    expect(await cache.getMany(['b', 'x', 'a'])).toEqual([2n, undefined, null])
    await cache.delete('a')
    await cache.delete(['b', 'x'])
    expect(await cache.getMany(['a', 'b'])).toEqual([undefined, undefined])
    await cache.set('c', 1)
    await cache.clear()
    expect(await cache.has('c')).toBe(false)
  })

  test.concurrent('getOrSet loads once, and refresh each time', async ({ expect }) => {
    const cache = build()
    let loads = 0
    const load = async () => ++loads
    expect(await Promise.all([1, 2, 3].map(() => cache.getOrSet('a', load)))).toEqual([1, 1, 1])
    await becomes(cache, 'a', 1)
    expect([await cache.getOrSet('a', load), await cache.refresh('a', load)]).toEqual([1, 2])
    await becomes(cache, 'a', 2)
    expect(await cache.getOrSet('b', load, { ttlMs: 0 })).toBe(3)
    expect(await cache.getOrSet('b', load, { leaseMs: 5000, loadTimeoutMs: 5000 })).toBe(4)
    const failing = cache.getOrSet('c', () => Promise.reject(new Error('no')), { leaseMs: 5000 })
    await expect(failing).rejects.toThrow('no')
    expect(await cache.getOrSet('c', load, { leaseMs: 5000 })).toBe(5)
  })

  test.concurrent('invalidate by key, pattern and name, invalidateTags', async ({ expect }) => {
    const cache = build()
    const keys = ['a:1', 'a:2', 'b:1', 'b:*']
    const kept = async () => {
      const values = await cache.getMany(keys)
      await cache.setMany(
        keys.map((key) => [key, key] as const),
        { tags: ['all'] },
      )
      return values.filter((value) => value !== undefined)
    }
    await kept()
    for (const [pattern, left] of [
      ['a:1', ['a:2', 'b:1', 'b:*']],
      ['a:*', ['b:1', 'b:*']],
      ['*:1', ['a:2', 'b:*']],
      [{ parts: ['b:*'] }, ['a:1', 'a:2', 'b:1']],
      ['*', []],
    ] as const) {
      await cache.invalidate(pattern)
      expect([pattern, await kept()]).toEqual([pattern, left])
    }
    await cache.invalidateTags(['none', 'all'])
    expect(await kept()).toEqual([])
  })

  test.concurrent('ttl, stale and staleIfError', async ({ expect }) => {
    const cache = build({ defaultTtlMs: 400 })
    let loads = 0
    const load = async () => ++loads
    await cache.set('ends', 1)
    await cache.set('forever', 1, { ttl: 'forever' })
    await cache.set('stale', 'old', { ttlMs: 400, staleMs: 20_000 })
    await cache.set('error', 'old', { ttlMs: 400, staleIfErrorMs: 20_000 })
    await wait(450)
    expect(await cache.getMany(['ends', 'forever', 'stale', 'error'])).toEqual([
      undefined,
      1,
      undefined,
      undefined,
    ])
    expect(await cache.getOrSet('stale', load, { ttl: '1m', staleMs: 20_000 })).toBe('old')
    await becomes(cache, 'stale', 1)
    const fail = () => Promise.reject(new Error('no'))
    expect(await cache.getOrSet('error', fail, { staleIfErrorMs: 20_000 })).toBe('old')
    await expect(cache.getOrSet('error', fail)).rejects.toThrow('no')
  })

  test.concurrent('schema, types, maxValueBytes', async ({ expect }) => {
    const url = {
      is: (value: unknown) => value instanceof Money,
      pack: String,
      unpack: (c: string) => new Money(c),
    }
    const cache = build({ types: { Money: url }, maxValueBytes: 1000 })
    await cache.set('a', [new Money('5')])
    expect(await cache.get('a')).toStrictEqual([new Money('5')])
    expect(await cache.getOrSet('a', () => 7, { schema: v.number() })).toBe(7)
    await becomes(cache, 'a', 7)
    const long = 'x'.repeat(1001)
    expect(await cache.getOrSet('long', () => long)).toBe(long)
    expect(await cache.has('long')).toBe(false)
  })

  test.concurrent('close', async ({ expect }) => {
    const cache = build()
    await cache.set('a', 1)
    await cache.close()
    await cache.close()
    expect([await cache.get('a'), await cache.getOrSet('a', () => 2)]).toEqual([undefined, 2])
  })
})

class Money {
  readonly cents: string

  constructor(cents: string) {
    this.cents = cents
  }

  toString(): string {
    return this.cents
  }
}
