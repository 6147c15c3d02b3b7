import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { type CacheOptions, createCache } from './create-cache.ts'
import { memoryStore } from './memory-store.ts'
import type { CacheStore } from './store.ts'

function clocked(options: CacheOptions = {}) {
  const clock = { time: 1000 }
  const cache = createCache(memoryStore({ now: () => clock.time }), options)
  return { clock, cache }
}

/** A load that ends when it is told to. */
function controlled<Value>() {
  const runs: { end(value: Value): void; fail(error: unknown): void }[] = []
  const load = () =>
    new Promise<Value>((resolve, reject) => {
      runs.push({ end: resolve, fail: reject })
    })
  return { load, runs }
}

const turn = () => new Promise((resolve) => setImmediate(resolve))

describe('values', () => {
  test('are found, missed, forgotten', async () => {
    const { cache } = clocked()
    expect(await cache.get('a')).toBeUndefined()
    await cache.set('a', { n: 1 })
    expect([await cache.get('a'), await cache.has('a'), await cache.has('b')]).toEqual([
      { n: 1 },
      true,
      false,
    ])
    await cache.delete('a')
    expect(await cache.has('a')).toBe(false)
    await cache.setMany([
      ['a', 1],
      ['b', null],
      ['c', 3],
    ])
    expect(await cache.getMany(['c', 'x', 'b', 'a'])).toEqual([3, undefined, null, 1])
    expect(await cache.has('b')).toBe(true)
    await cache.delete(['a', 'b'])
    expect(await cache.getMany(['a', 'b', 'c'])).toEqual([undefined, undefined, 3])
    await cache.clear()
    expect(await cache.getMany(['c'])).toEqual([undefined])
    expect(await cache.getMany([])).toEqual([])
  })

  test('that cannot be cached are refused by set', async () => {
    const { cache } = clocked({ maxValueBytes: 100 })
    for (const value of [undefined, () => 1, new (class A {})()]) {
      await expect(cache.set('a', value)).rejects.toMatchObject({ code: 'CACHE_VALUE_UNSUPPORTED' })
    }
    await expect(cache.set('a', 'x'.repeat(101))).rejects.toMatchObject({ code: 'CACHE_VALUE_TOO_LARGE' })
  })

  test('are set all together, or none when one of them cannot be', async () => {
    const { cache } = clocked()
    const entries: [string, unknown][] = [
      ['a', 1],
      ['b', () => 1],
      ['c', 3],
    ]
    await expect(cache.setMany(entries)).rejects.toMatchObject({ code: 'CACHE_VALUE_UNSUPPORTED' })
    await expect(cache.setMany([...entries.slice(0, 1), ['', 2]])).rejects.toMatchObject({
      code: 'CACHE_KEY_INVALID',
    })
    expect(await cache.getMany(['a', 'b', 'c'])).toEqual([undefined, undefined, undefined])
  })

  test('that cannot be cached are returned by getOrSet even if the logger fails', async () => {
    const warn = () => {
      throw new Error('disk full')
    }
    const { cache } = clocked({ logger: { warn } })
    const value = () => 1
    expect(await cache.getOrSet('a', () => value)).toBe(value)
  })

  test('that cannot be cached are returned by getOrSet, with one warning for many', async () => {
    const warn = vi.fn()
    const { cache } = clocked({ maxValueBytes: 100, logger: { warn } })
    const values = [() => 1, new (class A {})(), 'x'.repeat(101)]
    for (const value of values) {
      expect(await cache.getOrSet('a', () => value)).toBe(value)
      expect(await cache.has('a')).toBe(false)
    }
    expect(await cache.getOrSet('a', () => undefined)).toBeUndefined()
    expect(warn).toHaveBeenCalledOnce()
  })

  test.each(['', 'x'.repeat(1025), '\ud800'])('no key is made of %j', async (key) => {
    const { cache } = clocked()
    const invalid = { code: 'CACHE_KEY_INVALID' }
    await expect(cache.set(key, 1)).rejects.toMatchObject(invalid)
    await expect(cache.getOrSet(key, () => 1)).rejects.toMatchObject(invalid)
    await expect(cache.delete(key)).rejects.toMatchObject(invalid)
  })

  test('are not invalidated by what is no pattern, or no list of tags', async () => {
    const { cache } = clocked()
    for (const pattern of [undefined, 5, null, { parts: 'a' }]) {
      await expect(cache.invalidate(pattern as never)).rejects.toMatchObject({ code: 'CACHE_KEY_INVALID' })
    }
    await expect(cache.invalidateTags('abc' as never)).rejects.toMatchObject({ code: 'CACHE_OPTION_INVALID' })
  })

  test('are the same on a hit as on a miss', async () => {
    const { cache } = clocked()
    for (const value of [
      { a: [1, null] },
      new Date(5),
      new Map([[1n, new Set([undefined])]]),
      Number.NaN,
      -0,
    ]) {
      const miss = await cache.getOrSet('a', () => value)
      const hit = await cache.getOrSet('a', () => 'not called')
      expect(miss).toStrictEqual(value)
      expect(hit).toStrictEqual(value)
      expect(Object.isFrozen(miss)).toBe(Object.isFrozen(hit))
      await cache.delete('a')
    }
  })

  test('that are dates are each reader’s own, also of those who waited for one load', async () => {
    const { cache } = clocked()
    const load = async () => new Date(5)
    const [first, second] = await Promise.all([cache.getOrSet('a', load), cache.getOrSet('a', load)])
    first.setTime(0)
    expect(second.getTime()).toBe(5)
    expect((await cache.get<Date>('a'))?.getTime()).toBe(5)
  })
})

describe('time to live', () => {
  test.each([
    [{}, 300_000],
    [{ ttl: '5m' }, 300_000],
    [{ ttl: '250ms' }, 250],
    [{ ttl: '1.5s' }, 1500],
    [{ ttl: '2h' }, 7_200_000],
    [{ ttl: '1d' }, 86_400_000],
    [{ ttlMs: 1 }, 1],
    [{ ttlMs: 0.2 }, 1],
    [{ ttlMs: 2 ** 31 + 5 }, 2 ** 31 + 5],
  ] as const)('%o is fresh for %d ms', async (options, ms) => {
    const { cache, clock } = clocked()
    await cache.set('a', 1, options)
    clock.time += ms - 1
    expect(await cache.get('a')).toBe(1)
    clock.time += 1
    expect(await cache.get('a')).toBeUndefined()
  })

  test.each([{ ttl: 'forever' }, { ttlMs: Number.POSITIVE_INFINITY }] as const)(
    '%o does not end',
    async (options) => {
      const { cache, clock } = clocked({ defaultTtl: '1s' })
      await cache.set('a', 1, options)
      clock.time += 1e15
      expect(await cache.get('a')).toBe(1)
    },
  )

  test.each([{ ttlMs: 0 }, { ttl: '0s' }] as const)('%o keeps nothing', async (options) => {
    const { cache } = clocked()
    await cache.set('a', 1)
    await cache.set('a', 2, options)
    expect(await cache.get('a')).toBeUndefined()
    expect(await cache.getOrSet('b', () => 1, options)).toBe(1)
    expect(await cache.has('b')).toBe(false)
  })

  test.each([
    { ttlMs: -1 },
    { ttlMs: Number.NaN },
    { ttlMs: '5' as never },
    { ttl: '5' as never },
    { ttl: '-5s' as never },
    { ttl: '5 m' as never },
    { ttl: '' as never },
    { ttl: 'Infinitys' as never },
    { ttl: '5m', ttlMs: 1 },
    { staleMs: Number.POSITIVE_INFINITY },
    { stale: 'forever' as never },
    { staleIfErrorMs: -5 },
    { tags: [''] },
    { tags: 'abc' as never },
    { tags: ['a\nb'] },
    { tags: ['x'.repeat(513)] },
  ] as const)('%o is refused', async (options) => {
    const { cache } = clocked()
    const invalid = { code: 'CACHE_OPTION_INVALID' }
    await expect(cache.set('a', 1, options)).rejects.toMatchObject(invalid)
    await expect(cache.getOrSet('a', () => 1, options)).rejects.toMatchObject(invalid)
  })

  test('the default is the cache’s, and checked', async () => {
    const { cache, clock } = clocked({ defaultTtlMs: 10 })
    await cache.set('a', 1)
    clock.time += 10
    expect(await cache.has('a')).toBe(false)
    expect(() => clocked({ defaultTtlMs: -1 })).toThrow('defaultTtlMs')
    expect(() => clocked({ jitter: 1 })).toThrow('jitter')
    expect(() => clocked({ maxValueBytes: Number.NaN })).toThrow('maxValueBytes')
  })

  test('does not follow the clock on the wall', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    onTestFinished(() => void vi.useRealTimers())
    const cache = createCache(memoryStore())
    await cache.set('long', 1)
    await cache.set('short', 1, { ttlMs: 30 })
    vi.setSystemTime(Date.now() + 3_600_000)
    expect(await cache.get('long')).toBe(1)
    vi.setSystemTime(Date.now() - 7_200_000)
    await vi.waitFor(async () => expect(await cache.has('short')).toBe(false))
    expect(await cache.get('long')).toBe(1)
  })

  test('jitter shortens it by a part, never to nothing', async () => {
    const { cache, clock } = clocked({ jitter: 0.1, random: () => 0.5 })
    await cache.set('a', 1, { ttlMs: 1000 })
    await cache.set('b', 1, { ttlMs: 1 })
    expect(await cache.has('b')).toBe(true)
    clock.time += 949
    expect(await cache.has('a')).toBe(true)
    clock.time += 1
    expect(await cache.has('a')).toBe(false)
  })
})

describe('a load', () => {
  test('runs once for a thousand who ask at the same time, in one turn or in many', async () => {
    const { cache } = clocked()
    const { load, runs } = controlled<number>()
    const waiting: Promise<number>[] = []
    for (let at = 0; at < 1000; at++) {
      waiting.push(cache.getOrSet('a', load))
      if (at % 100 === 0) await turn()
    }
    runs[0]?.end(7)
    expect(new Set(await Promise.all(waiting))).toEqual(new Set([7]))
    expect(runs).toHaveLength(1)
    expect(await cache.getOrSet('a', load)).toBe(7)
  })

  test('that fails rejects for all who wait, once, and is not cached', async () => {
    const { cache } = clocked()
    for (const error of [new Error('no'), 'text', undefined]) {
      const { load, runs } = controlled<number>()
      const waiting = Array.from({ length: 200 }, () => cache.getOrSet('a', load))
      await turn()
      waiting.push(cache.getOrSet('a', load))
      runs[0]?.fail(error)
      const ends = await Promise.allSettled(waiting)
      expect(ends.every((end) => end.status === 'rejected' && end.reason === error)).toBe(true)
      expect(runs).toHaveLength(1)
    }
    expect(await cache.getOrSet('a', () => 1)).toBe(1)
  })

  test('that invalidates its own key and asks for it is an error at once', async () => {
    const { cache } = clocked()
    const reentry = { code: 'CACHE_REENTRY' }
    const load = async (change: () => Promise<void>) => {
      await change()
      return cache.getOrSet('k', () => 1)
    }
    for (const change of [() => cache.delete('k'), () => cache.clear(), () => cache.invalidateTags(['t'])]) {
      await expect(cache.getOrSet('k', () => load(change), { tags: ['t'] })).rejects.toMatchObject(reentry)
    }
    const byWayOfAnother = () =>
      cache.getOrSet('b', async () => {
        await cache.delete('k')
        return cache.getOrSet('k', () => 1)
      })
    await expect(cache.getOrSet('k', byWayOfAnother)).rejects.toMatchObject(reentry)
    expect(await cache.getOrSet('k', () => 2)).toBe(2)
  })

  test('is not kept by a store that gives no fence', async () => {
    const cache = createCache({ ...memoryStore(), fence: () => undefined })
    expect(await cache.getOrSet('k', () => 'old')).toBe('old')
    expect(await cache.get('k')).toBeUndefined()
  })

  test('is not lost, nor its key blocked, when a store fails that never should', async () => {
    const broken = createCache({
      ...memoryStore(),
      set() {
        throw new Error('no')
      },
    })
    for (const value of [1, 2]) expect(await broken.getOrSet('k', () => value)).toBe(value)
    expect(await broken.refresh('k', () => 3)).toBe(3)
  })

  test('that throws at once is one that fails', async () => {
    const { cache } = clocked()
    const load = () => {
      throw new Error('at once')
    }
    await expect(cache.getOrSet('a', load)).rejects.toThrow('at once')
  })

  test('that asks for its own key is an error at once, also by way of others', async () => {
    const { cache } = clocked()
    const direct = cache.getOrSet('a', () => cache.getOrSet('a', () => 1))
    await expect(direct).rejects.toMatchObject({ code: 'CACHE_REENTRY' })
    const a = (): Promise<number> => cache.getOrSet('a', () => cache.getOrSet('b', a))
    await expect(a()).rejects.toMatchObject({ code: 'CACHE_REENTRY' })
    await expect(cache.getOrSet('a', () => cache.refresh('a', () => 1))).rejects.toMatchObject({
      code: 'CACHE_REENTRY',
    })
  })

  test('two that ask for each other do not wait for ever', async () => {
    const { cache } = clocked()
    const ab = cache.getOrSet('a', async () => {
      await turn()
      return cache.getOrSet('b', () => 1)
    })
    const ba = cache.getOrSet('b', async () => {
      await turn()
      return cache.getOrSet('a', () => 1)
    })
    const ends = await Promise.allSettled([ab, ba])
    expect(ends.some(({ status }) => status === 'rejected')).toBe(true)
    expect(await cache.getOrSet('a', () => 5)).toBe(5)
  })

  test('may ask for other keys, at once and again', async () => {
    const { cache } = clocked()
    const value = await cache.getOrSet('a', async () => {
      const parts = await Promise.all(['b', 'b', 'c'].map((key) => cache.getOrSet(key, async () => key)))
      return parts.join('')
    })
    expect(value).toBe('bbc')
  })

  test('that does not come to an end in time is given up; the next begins anew', async () => {
    const { cache } = clocked()
    const { load, runs } = controlled<number>()
    const options = { loadTimeoutMs: 10 }
    await expect(cache.getOrSet('a', load, options)).rejects.toMatchObject({
      code: 'CACHE_LOAD_TIMEOUT',
      kind: 'timeout',
    })
    const second = cache.getOrSet('a', load, options)
    await turn()
    runs[1]?.end(2)
    expect(await second).toBe(2)
    runs[0]?.end(1)
    await turn()
    expect(await cache.get('a')).toBe(2)
  })

  test.each([
    { loadTimeoutMs: 0 },
    { loadTimeoutMs: -1 },
    { loadTimeoutMs: Number.NaN },
    { leaseMs: -1 },
    { leaseMs: Number.NaN },
    { leaseMs: Number.POSITIVE_INFINITY },
  ])('with %o is refused', async (options) => {
    const { cache } = clocked()
    const invalid = { code: 'CACHE_OPTION_INVALID' }
    await expect(cache.getOrSet('a', () => 1, options)).rejects.toMatchObject(invalid)
    await expect(cache.refresh('a', () => 1, options)).rejects.toMatchObject(invalid)
  })

  test.each([2 ** 31, Number.POSITIVE_INFINITY])('may take %d ms', async (loadTimeoutMs) => {
    const { cache } = clocked()
    const load = async () => {
      await new Promise((resolve) => setTimeout(resolve, 5))
      return 1
    }
    expect(await cache.getOrSet('a', load, { loadTimeoutMs })).toBe(1)
  })

  test('may return any thenable', async () => {
    const { cache } = clocked()
    // biome-ignore lint/suspicious/noThenProperty: that is what it is about
    const thenable = { then: (resolve: (value: number) => void) => resolve(5) } as Promise<number>
    expect([await cache.getOrSet('a', () => thenable), await cache.get('a')]).toEqual([5, 5])
  })

  test('that the cache is closed under still gives its value', async () => {
    const { cache } = clocked()
    const load = async () => {
      await cache.close()
      return 1
    }
    expect(await cache.getOrSet('a', load)).toBe(1)
    expect(await cache.get('a')).toBeUndefined()
  })

  test.each(['getOrSet', 'refresh'] as const)(
    'by refresh is one that began after the call, beside an earlier %s, and shared by those who want the same',
    async (verb) => {
      const { cache } = clocked()
      const { load, runs } = controlled<number>()
      const early = cache[verb]('a', load)
      await turn()
      const late = [cache.refresh('a', load), cache.refresh('a', load)]
      await turn()
      expect(runs).toHaveLength(1)
      runs[0]?.end(1)
      expect(await early).toBe(1)
      await vi.waitFor(() => expect(runs).toHaveLength(2))
      runs[1]?.end(2)
      expect(await Promise.all(late)).toEqual([2, 2])
      expect([runs.length, await cache.get('a')]).toEqual([2, 2])
    },
  )

  test.each<[string, unknown, object]>([
    ['undefined', undefined, {}],
    ['a value that cannot be cached', () => 1, {}],
    ['a value that is not to be kept', 'new', { ttlMs: 0 }],
  ])('by refresh that brings %s leaves no older value', async (_, value, options) => {
    const { cache } = clocked()
    await cache.set('a', 'old')
    expect(await cache.refresh('a', () => value, options)).toBe(value)
    expect(await cache.get('a')).toBeUndefined()
  })
})

describe('nothing is stale', () => {
  const invalidations: [string, (cache: ReturnType<typeof createCache>) => Promise<void>][] = [
    ['delete', (cache) => cache.delete('a:1')],
    ['a pattern', (cache) => cache.invalidate('*1')],
    ['the name', (cache) => cache.invalidate('a:*')],
    ['everything', (cache) => cache.invalidate('*')],
    ['clear', (cache) => cache.clear()],
    ['a tag', (cache) => cache.invalidateTags(['t'])],
    ['set', (cache) => cache.set('a:1', 'set')],
  ]

  test.each(invalidations)('after %s, while a load is under way', async (name, invalidate) => {
    const { cache } = clocked()
    const { load, runs } = controlled<string>()
    const options = { tags: ['t'] }
    const before = cache.getOrSet('a:1', load, options)
    await turn()
    await invalidate(cache)
    const after = cache.getOrSet('a:1', load, options)
    await turn()
    runs[0]?.end('old')
    expect(await before).toBe('old')
    if (name === 'set') {
      expect([await after, await cache.get('a:1')]).toEqual(['set', 'set'])
      return
    }
    await vi.waitFor(() => expect(runs).toHaveLength(2))
    runs[1]?.end('new')
    expect(await after).toBe('new')
    expect(await cache.get('a:1')).toBe('new')
  })
})

test('who asks after an invalidation does not hear of the failure of a load that began before it', async () => {
  const { cache } = clocked()
  const { load, runs } = controlled<string>()
  const before = cache.getOrSet('a', load)
  await turn()
  await cache.delete('a')
  const after = cache.getOrSet('a', load)
  await turn()
  runs[0]?.fail(new Error('there is no such client'))
  await expect(before).rejects.toThrow('no such client')
  await vi.waitFor(() => expect(runs).toHaveLength(2))
  runs[1]?.end('new')
  expect(await after).toBe('new')
})

describe('stale values', () => {
  test.each([{ staleMs: 1000 }, { staleIfErrorMs: 1000 }])(
    'are gone once a load has found that there is none, %o',
    async (times) => {
      const { cache, clock } = clocked()
      const options = { ttlMs: 10, ...times }
      await cache.set('a', 'old', options)
      clock.time += 20
      await cache.getOrSet('a', () => undefined, options)
      await turn()
      expect(await cache.getOrSet('a', () => undefined, options)).toBeUndefined()
      const failed = cache.getOrSet('a', () => Promise.reject(new Error('no')), options)
      await expect(failed).rejects.toThrow('no')
    },
  )

  test('are served at once while one load behind them gets a fresh one', async () => {
    const { cache, clock } = clocked()
    const { load, runs } = controlled<number>()
    const options = { ttlMs: 100, staleMs: 100 }
    await cache.set('a', 1, options)
    clock.time += 100
    expect(await Promise.all([1, 2, 3].map(() => cache.getOrSet('a', load, options)))).toEqual([1, 1, 1])
    expect(await cache.get('a')).toBeUndefined()
    expect(runs).toHaveLength(1)
    runs[0]?.end(2)
    await turn()
    expect(await cache.getOrSet('a', load, options)).toBe(2)
    clock.time += 200
    const late = cache.getOrSet('a', load, options)
    await turn()
    runs[1]?.end(3)
    expect(await late).toBe(3)
  })

  test('are never served after an invalidation', async () => {
    const { cache, clock } = clocked()
    const options = { ttlMs: 100, staleMs: 100 }
    await cache.set('a', 1, options)
    clock.time += 100
    await cache.delete('a')
    expect(await cache.getOrSet('a', () => 2, options)).toBe(2)
  })

  test.each(['\u00000', '__proto__', ' ', '*'])(
    'are loaded behind their readers under %j, too',
    async (key) => {
      const { cache, clock } = clocked()
      const options = { ttlMs: 100, staleMs: 100 }
      await cache.set(key, 'old', options)
      clock.time += 150
      expect(await cache.getOrSet(key, () => 'new', options)).toBe('old')
      await turn()
      expect(await cache.get(key)).toBe('new')
    },
  )

  test('stay when the load behind them fails, with a warning', async () => {
    const warn = vi.fn()
    const { cache, clock } = clocked({ logger: { warn } })
    const options = { ttlMs: 100, staleMs: 100 }
    await cache.set('a', 1, options)
    clock.time += 150
    const fail = () => Promise.reject(new Error('no'))
    expect(await cache.getOrSet('a', fail, options)).toBe(1)
    await turn()
    expect(await cache.getOrSet('a', fail, options)).toBe(1)
    expect(warn).toHaveBeenCalledOnce()
  })

  test('are served in place of an error, for their time, unless invalidated meanwhile', async () => {
    const warn = vi.fn()
    const { cache, clock } = clocked({ logger: { warn } })
    const options = { ttlMs: 100, staleIfErrorMs: 100 }
    const fail = () => Promise.reject(new Error('no'))
    await cache.set('a', 1, options)
    clock.time += 150
    expect(await cache.getOrSet('a', fail, options)).toBe(1)
    expect(warn).toHaveBeenCalledOnce()
    const invalidating = cache.getOrSet('a', () => cache.delete('a').then(fail), options)
    await expect(invalidating).rejects.toThrow('no')
    await cache.set('a', 1, options)
    clock.time += 200
    await expect(cache.getOrSet('a', fail, options)).rejects.toThrow('no')
  })

  test('are not what a refresh gives back when its load fails; who asked for a value still gets one', async () => {
    const { cache, clock } = clocked()
    for (const options of [
      { ttlMs: 100, staleMs: 100 },
      { ttlMs: 100, staleIfErrorMs: 100 },
    ]) {
      const { load, runs } = controlled<string>()
      await cache.set('a', 'old', options)
      const whileFresh = cache.refresh('a', load, options)
      await turn()
      runs[0]?.fail(new Error('no'))
      await expect(whileFresh).rejects.toThrow('no')
      clock.time += 150
      const refreshed = cache.refresh('a', load, options)
      await turn()
      const asked = cache.getOrSet('a', load, options)
      await turn()
      runs[1]?.fail(new Error('no'))
      await expect(refreshed).rejects.toThrow('no')
      expect([await asked, runs.length]).toEqual(['old', 2])
    }
  })

  test('do not hide that a load asks for its own key', async () => {
    const { cache, clock } = clocked()
    const options = { ttlMs: 100, staleIfErrorMs: 100 }
    await cache.set('a', 'old', options)
    clock.time += 100
    const a = (): Promise<string> => cache.getOrSet('a', a, options)
    await expect(a()).rejects.toMatchObject({ code: 'CACHE_REENTRY' })
  })

  test('do not make their own loads wait for them', async () => {
    const { cache, clock } = clocked()
    const options = { ttlMs: 100, staleMs: 100 }
    await cache.set('b', 'old', options)
    clock.time += 100
    const a = (): Promise<string> => cache.getOrSet('a', () => cache.getOrSet('b', () => a(), options))
    expect(await a()).toBe('old')
    await turn()
    expect(await cache.getOrSet('b', () => 'x')).toBe('old')
  })
})

describe('in a unit of work', () => {
  function unit() {
    const queued: (() => void | Promise<void>)[] = []
    const state = { active: false }
    return {
      state,
      unitOfWork: {
        active: () => state.active,
        async afterCommit(fn: () => void | Promise<void>) {
          if (state.active) queued.push(fn)
          else await fn()
        },
      },
      async commit() {
        state.active = false
        for (const fn of queued.splice(0)) await fn()
      },
      rollback() {
        state.active = false
        queued.length = 0
      },
    }
  }

  test('invalidations happen after the commit, and never after a rollback', async () => {
    const { unitOfWork, state, commit, rollback } = unit()
    const { cache } = clocked({ unitOfWork })
    for (const invalidate of [
      () => cache.delete('a:1'),
      () => cache.invalidate('a:*'),
      () => cache.invalidateTags(['t']),
      () => cache.clear(),
    ]) {
      await cache.set('a:1', 1, { tags: ['t'] })
      state.active = true
      await invalidate()
      rollback()
      expect(await cache.get('a:1')).toBe(1)
      state.active = true
      await invalidate()
      await commit()
      expect(await cache.get('a:1')).toBeUndefined()
    }
  })

  test('nothing is read from the cache, and nothing uncommitted gets into it', async () => {
    const { unitOfWork, state, commit } = unit()
    const { cache } = clocked({ unitOfWork })
    await cache.set('a', 'committed')
    state.active = true
    expect(await cache.getOrSet('a', () => 'uncommitted')).toBe('uncommitted')
    expect(await cache.refresh('a', () => 'uncommitted')).toBe('uncommitted')
    expect([await cache.get('a'), ...(await cache.getMany(['a']))]).toEqual([undefined, undefined])
    await cache.set('b', 'later')
    await expect(cache.set('b', () => 1)).rejects.toMatchObject({ code: 'CACHE_VALUE_UNSUPPORTED' })
    state.active = false
    expect(await cache.getMany(['a', 'b'])).toEqual(['committed', undefined])
    await commit()
    expect(await cache.get('b')).toBe('later')
  })

  test('a refresh leaves no old value behind, once that is committed', async () => {
    const { unitOfWork, state, commit } = unit()
    const { cache } = clocked({ unitOfWork })
    await cache.set('a', 'old')
    state.active = true
    await expect(cache.refresh('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect(await cache.refresh('a', () => 'new')).toBe('new')
    state.active = false
    expect(await cache.get('a')).toBe('old')
    await commit()
    expect(await cache.getOrSet('a', () => 'committed')).toBe('committed')
  })
})

test('a value that does not fit the schema is loaded anew', async () => {
  const { cache } = clocked()
  const { object, number } = await import('valibot')
  const schema = object({ n: number() })
  await cache.set('a', { n: 'old shape' })
  expect(await cache.getOrSet('a', () => ({ n: 1 }), { schema })).toEqual({ n: 1 })
  expect(await cache.getOrSet('a', () => ({ n: 2 }), { schema })).toEqual({ n: 1 })
})

test('what cannot be read is loaded anew', async () => {
  const memory = memoryStore()
  const cache = createCache(memory)
  const other = createCache(memory, {
    types: {
      Url: {
        is: (v) => v instanceof URL,
        pack: String,
        unpack: (v: string) => new URL(v),
      },
    },
  })
  await other.set('a', new Map([[1, new (class extends URL {})('http://a.example')]]))
  expect(await cache.get('a')).toBeUndefined()
  expect(await cache.getOrSet('a', () => 1)).toBe(1)
})

test('a loaded value that nobody can read again is returned as it is', async () => {
  const types = {
    Url: { is: (v: unknown) => v instanceof URL, pack: String, unpack: () => JSON.parse('no') },
  }
  const cache = createCache(memoryStore(), { types })
  const url = new URL('http://a.example')
  expect(await cache.getOrSet('a', () => url)).toBe(url)
})

test('after close everything is a miss, loads work, and closing again is nothing', async () => {
  const { cache } = clocked()
  await cache.set('a', 1)
  await cache.close()
  await cache.close()
  await cache.set('b', 1)
  await cache.delete('a')
  expect(await cache.getMany(['a', 'b'])).toEqual([undefined, undefined])
  expect(await cache.getOrSet('a', () => 2)).toBe(2)
  expect(await cache.get('a')).toBeUndefined()
})

test('of processes that share a store, one loads at a time', async () => {
  const shared = memoryStore()
  const leases = new Map<string, object>()
  const leasing = (): CacheStore => ({
    ...withoutPeek(shared),
    async lease(key) {
      if (leases.has(key)) return 'taken'
      const lease = {
        async release() {
          leases.delete(key)
        },
      }
      leases.set(key, lease)
      return lease
    },
  })
  const caches = [1, 2, 3, 4].map(() => createCache(leasing()))
  let loads = 0
  const load = async () => {
    await turn()
    return ++loads
  }
  const values = await Promise.all(caches.map((cache) => cache.getOrSet('a', load, { leaseMs: 5000 })))
  expect(values).toEqual([1, 1, 1, 1])
  expect(leases.size).toBe(0)

  leases.set('b', {}) // whoever has it died
  expect(await caches[0]?.getOrSet('b', load, { leaseMs: 20 })).toBe(2)
})

test('who asks after an invalidation is not given what a load with a lease had found before it', async () => {
  const memory = memoryStore()
  let giveBack: (() => void) | undefined
  const cache = createCache({
    ...withoutPeek(memory),
    async lease() {
      await createCache(memory).set('a', 'old') // whoever had it before has just loaded
      return { release: () => new Promise<void>((resolve) => (giveBack = resolve)) }
    },
  })
  const first = cache.getOrSet('a', () => 'loaded', { leaseMs: 5000 })
  while (!giveBack) await turn()
  await cache.delete('a')
  const second = cache.getOrSet('a', () => 'new')
  expect(await first).toBe('old')
  giveBack()
  expect(await second).toBe('new')
})

test('who asks after an invalidation by another process is not given what is being stored', async () => {
  const memory = memoryStore()
  let answer: (() => void) | undefined
  const here = createCache({
    ...withoutPeek(memory),
    async set(key, entry, fence) {
      const outcome = memory.set(key, entry, fence)
      await new Promise<void>((resolve) => (answer ??= resolve))
      return outcome
    },
  })
  expect(await here.getOrSet('a', () => 'old')).toBe('old')
  while (!answer) await turn()
  await createCache(memory).delete('a')
  const second = here.getOrSet('a', () => 'new')
  answer()
  expect(await second).toBe('new')
})

function withoutPeek(store: ReturnType<typeof memoryStore>): CacheStore {
  return {
    get: async (key) => store.get(key),
    getMany: async (keys) => keys.map(store.get),
    fence: async (key, tags) => store.fence(key, tags),
    set: async (key, entry, fence) => store.set(key, entry, fence),
    delete: async (keys) => store.delete(keys),
    deletePattern: async (parts) => store.deletePattern(parts),
    deleteGroup: async (group) => store.deleteGroup(group),
    invalidateTags: async (tags) => store.invalidateTags(tags),
    clear: async () => store.clear(),
    close: async () => store.close(),
  }
}
