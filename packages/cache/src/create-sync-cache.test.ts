import { expect, test, vi } from 'vitest'
import { createSyncCache, type SyncCacheOptions } from './create-sync-cache.ts'
import { memoryStore } from './memory-store.ts'

function clocked(options: SyncCacheOptions = {}) {
  const clock = { time: 0 }
  const cache = createSyncCache(memoryStore({ now: () => clock.time }), { defaultTtl: '1s', ...options })
  return { clock, cache }
}

test('values are found, missed, forgotten, without waiting', () => {
  const { cache, clock } = clocked()
  expect(cache.get('a')).toBeUndefined()
  cache.setMany([
    ['a:1', { n: 1 }],
    ['a:2', null],
    ['b', 3],
  ])
  expect(cache.getMany(['b', 'a:2', 'x'])).toEqual([3, null, undefined])
  expect([cache.has('a:2'), cache.has('x')]).toEqual([true, false])
  cache.delete('b')
  cache.invalidate('a:*')
  expect(cache.getMany(['a:1', 'a:2', 'b'])).toEqual([undefined, undefined, undefined])
  cache.set('a', 1, { tags: ['t'] })
  cache.invalidateTags(['t'])
  expect(cache.has('a')).toBe(false)
  cache.set('a', 1)
  cache.invalidate('*a')
  expect(cache.has('a')).toBe(false)
  cache.set('a', 1)
  cache.invalidate('a')
  expect(cache.has('a')).toBe(false)
  cache.set('a', 1)
  clock.time = 1000
  expect(cache.has('a')).toBe(false)
  cache.set('a', 1)
  cache.set('a', 2, { ttlMs: 0 })
  expect(cache.has('a')).toBe(false)
  cache.set('a', 1)
  cache.clear()
  expect(cache.has('a')).toBe(false)
})

test('null is loaded once, undefined each time', () => {
  const { cache } = clocked()
  let loads = 0
  for (let at = 0; at < 2; at++) {
    cache.getOrSet('null', () => {
      loads++
      return null
    })
  }
  expect([loads, cache.get('null')]).toEqual([1, null])
  expect(cache.getOrSet('a', () => undefined)).toBeUndefined()
  expect(cache.getOrSet('a', () => 1)).toBe(1)
})

test('a refresh that brings nothing to keep leaves no older value', () => {
  const { cache } = clocked()
  for (const [value, options] of [[undefined], [() => 1], ['new', { ttlMs: 0 }]] as const) {
    cache.set('a', 'old')
    expect(cache.refresh<unknown>('a', () => value, options)).toBe(value)
    expect(cache.has('a')).toBe(false)
  }
})

test('values are set all together, or none when one of them cannot be', () => {
  const { cache } = clocked()
  const entries: [string, unknown][] = [
    ['a', 1],
    ['b', () => 1],
  ]
  expect(() => cache.setMany(entries)).toThrow(expect.objectContaining({ code: 'CACHE_VALUE_UNSUPPORTED' }))
  expect(cache.has('a')).toBe(false)
})

test('a load that invalidates what it loads is not kept', () => {
  const { cache } = clocked()
  const load = () => {
    cache.invalidateTags(['t'])
    return 'old'
  }
  expect(cache.getOrSet('a', load, { tags: ['t'] })).toBe('old')
  expect(cache.has('a')).toBe(false)
})

test('a load that asks for its own key is an error, one that throws is not kept', () => {
  const { cache } = clocked()
  expect(() => cache.getOrSet('a', () => cache.getOrSet('a', () => 1))).toThrow(
    expect.objectContaining({ code: 'CACHE_REENTRY' }),
  )
  const fail = () => {
    throw new Error('no')
  }
  expect(() => cache.getOrSet('a', fail)).toThrow('no')
  expect(cache.getOrSet('a', () => 2)).toBe(2)
})

test('a stale value stands in for an error, but not in a refresh or where a load asks for its own key', () => {
  const { cache, clock } = clocked()
  const fail = () => {
    throw new Error('no')
  }
  const options = { ttlMs: 10, staleIfErrorMs: 10 }
  cache.set('a', 1, options)
  clock.time = 15
  expect(cache.getOrSet('a', fail, options)).toBe(1)
  expect(() => cache.refresh('a', fail, options)).toThrow('no')
  const itself = (): number => cache.getOrSet('a', itself, options)
  expect(itself).toThrow(expect.objectContaining({ code: 'CACHE_REENTRY' }))
  clock.time = 20
  expect(() => cache.getOrSet('a', fail, options)).toThrow('no')
})

test('the logger hears of a load that failed where the stale value was served', () => {
  const warn = vi.fn()
  const { cache, clock } = clocked({ logger: { warn } })
  const error = new Error('no')
  const fail = () => {
    throw error
  }
  const options = { ttlMs: 10, staleIfErrorMs: 10 }
  cache.set('a', 1, options)
  clock.time = 15
  expect(cache.getOrSet('a', fail, options)).toBe(1)
  expect(warn).toHaveBeenCalledExactlyOnceWith({ key: 'a', err: error, leftOut: 0 }, expect.any(String))
})

test('an error is not hidden by a fresh value', () => {
  const { cache } = clocked()
  cache.set('a', 1)
  const itself = (): number => cache.refresh('a', itself)
  expect(itself).toThrow(expect.objectContaining({ code: 'CACHE_REENTRY' }))
  const setAndFail = () => {
    cache.set('b', 1)
    throw new Error('no')
  }
  expect(() => cache.getOrSet('b', setAndFail)).toThrow('no')
  expect(cache.getOrSet('b', setAndFail)).toBe(1)
})

test('a stale value that cannot be read does not stand in for an error', () => {
  const store = memoryStore()
  const isUrl = (value: unknown) => value instanceof URL
  createSyncCache(store, { types: { Url: { is: isUrl, pack: String, unpack: (text: string) => text } } }).set(
    'a',
    new (class extends URL {})('http://a.example'),
  )
  const fail = () => {
    throw new Error('no')
  }
  expect(() => createSyncCache(store).getOrSet('a', fail, { staleIfErrorMs: 10 })).toThrow('no')
})

test('after close everything is a miss', () => {
  const { cache } = clocked()
  cache.set('a', 1)
  cache.close()
  cache.set('a', 2)
  expect([cache.get('a'), cache.getOrSet('a', () => 3), cache.get('a')]).toEqual([undefined, 3, undefined])
})
