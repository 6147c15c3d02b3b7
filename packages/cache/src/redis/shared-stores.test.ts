import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { tcpProxy } from '@tools/faults'
import { createClient } from 'redis'
import { afterAll, describe, expect, inject, onTestFinished, test } from 'vitest'
import { guardRedis } from './guard-redis.ts'
import { redisIdempotencyStore } from './redis-idempotency-store.ts'
import { redisRateLimitStore } from './redis-rate-limit-store.ts'

const redisUrl = inject('redisUrl')
const port = guardRedis(createClient({ url: redisUrl ?? 'redis://127.0.0.1:1' }), {
  deadlineMs: 5000,
  connectTimeoutMs: 5000,
})
afterAll(() => port.close())
const prefix = () => `test-${randomUUID()}`
const response = { status: 201, headers: [['a', 'b']], body: 'eA==' } as const

describe.skipIf(redisUrl === undefined)('limits in Redis', () => {
  const windowMs = 60_000
  const limited = (limit = 5) => {
    const store = redisRateLimitStore(port, { prefix: prefix() })
    return (key = 'a', cost = 1, window = windowMs) => store.take(key, { limit, windowMs: window }, cost)
  }

  test('let five pass, and no sixth; what was refused costs nothing', async () => {
    const take = limited()
    for (const remaining of [4, 3, 2, 1, 0]) expect(await take()).toMatchObject({ allowed: true, remaining })
    for (let at = 0; at < 3; at++) expect(await take()).toMatchObject({ allowed: false, remaining: 0 })
    expect(await take('b')).toMatchObject({ allowed: true, remaining: 4 })
  })

  test('take a cost at once; 0 only looks; more than the limit never passes', async () => {
    const take = limited()
    expect(await take('a', 0)).toEqual({ allowed: true, remaining: 5, resetMs: 0 })
    expect(await take('a', 3)).toEqual({ allowed: true, remaining: 2, resetMs: windowMs })
    expect(await take('a', 3)).toMatchObject({ allowed: false, remaining: 2 })
    expect(await take('a', 6)).toEqual({ allowed: false, remaining: 2, resetMs: windowMs })
    expect(await take('a', 2)).toMatchObject({ allowed: true, remaining: 0 })
    expect(await take('b', 2.5)).toMatchObject({ allowed: true, remaining: 2.5 })
  })

  test('give back after a window what was taken, and say when', async () => {
    const take = limited(2)
    await take('a', 1, 1000)
    await wait(500)
    await take('a', 1, 1000)
    const refused = await take('a', 1, 1000)
    expect(refused).toMatchObject({ allowed: false })
    await wait(refused.resetMs)
    expect(await take('a', 1, 1000)).toMatchObject({ allowed: true, remaining: 0 })
    await wait(1010)
    expect(await take('a', 0, 1000)).toEqual({ allowed: true, remaining: 2, resetMs: 0 })
  })

  test('hold for four nodes together, exactly', async () => {
    const name = prefix()
    const nodes = [1, 2, 3, 4].map(() => {
      const own = guardRedis(createClient({ url: redisUrl as string }), {
        deadlineMs: 5000,
        connectTimeoutMs: 5000,
      })
      onTestFinished(() => own.close())
      return redisRateLimitStore(own, { prefix: name })
    })
    const takes = nodes.flatMap((node) =>
      Array.from({ length: 100 }, () => node.take('a', { limit: 150, windowMs }, 1)),
    )
    const allowed = (await Promise.all(takes)).filter((result) => result.allowed)
    expect(allowed).toHaveLength(150)
  })
})

describe.skipIf(redisUrl === undefined)('requests in Redis', () => {
  const stored = () => redisIdempotencyStore(port, { prefix: prefix() })

  async function tokenOf(claim: Promise<{ state: string; token?: string }>): Promise<string> {
    const { state, token } = await claim
    expect(state).toBe('new')
    return token as string
  }

  test('of many who begin at once, one is new', async () => {
    const store = stored()
    const states = await Promise.all(Array.from({ length: 20 }, () => store.begin('k', 'h', 10_000)))
    expect(states.filter(({ state }) => state === 'new')).toHaveLength(1)
    expect(states.filter(({ state }) => state === 'running')).toHaveLength(19)
  })

  test('an answer is kept until its time is over', async () => {
    const store = stored()
    await store.finish(await tokenOf(store.begin('k', 'h', 10_000)), response, 300)
    expect(await store.begin('k', 'h', 10)).toEqual({ state: 'done', response })
    expect(await store.begin('k', 'other', 10)).toEqual({ state: 'mismatch' })
    await wait(310)
    await tokenOf(store.begin('k', 'other', 10))
  })

  test('who has not finished in time loses the key, and cannot write over the next', async () => {
    const store = stored()
    const late = await tokenOf(store.begin('k', 'h', 20))
    await wait(30)
    const next = await tokenOf(store.begin('k', 'h', 10_000))
    await store.finish(late, { ...response, status: 500 }, 1000)
    await store.abandon(late)
    expect(await store.begin('k', 'h', 10)).toEqual({ state: 'running' })
    await store.finish(next, response, 1000)
    expect(await store.begin('k', 'h', 10)).toEqual({ state: 'done', response })
  })

  test('who is late, but before any other, still finishes', async () => {
    const store = stored()
    const late = await tokenOf(store.begin('k:"\n', 'h', 10))
    await wait(20)
    await store.finish(late, response, 10_000)
    expect(await store.begin('k:"\n', 'h', 10)).toEqual({ state: 'done', response })
  })

  test('a key that was given up is free', async () => {
    const store = stored()
    await store.abandon(await tokenOf(store.begin('k', 'h', 10_000)))
    await tokenOf(store.begin('k', 'h', 10))
  })
})

test.skipIf(redisUrl === undefined)(
  'while Redis is silent both fail in time, with an error of kind unavailable',
  async () => {
    const proxy = await tcpProxy(new URL(redisUrl as string))
    const guarded = guardRedis(createClient({ url: proxy.url }), { deadlineMs: 100 })
    onTestFinished(async () => {
      guarded.close()
      await proxy.close()
    })
    await expect.poll(() => guarded.isUp()).toBe(true)
    proxy.set({ kind: 'hang' })
    const limits = redisRateLimitStore(guarded, { prefix: 'test' })
    const requests = redisIdempotencyStore(guarded, { prefix: 'test' })
    for (const deciding of [
      limits.take('a', { limit: 1, windowMs: 1000 }, 1),
      requests.begin('a', 'h', 1000),
      limits.take('a', { limit: 1, windowMs: 1000 }, 1),
    ]) {
      await expect(deciding).rejects.toMatchObject({ code: 'CACHE_UNAVAILABLE', kind: 'unavailable' })
    }
  },
)

test.each(['', 'a:b', '*'])('no prefix is %j', (each) => {
  expect(() => redisRateLimitStore(port, { prefix: each })).toThrow('prefix')
  expect(() => redisIdempotencyStore(port, { prefix: each })).toThrow('prefix')
})
