import { describe, expect, test } from 'vitest'
import { collector } from '../test/collector.ts'
import { memoryStore } from './memory-store.ts'
import { cacheStoreContract } from './testing/store-contract.ts'

const fixed = { bytes: 100, ttlMs: 1000, staleMs: 0, tags: [] }

describe.each([
  ['as it is', {}],
  ['with a bound of bytes', { maxBytes: 1_000_000 }],
  ['for a hundred entries', { maxEntries: 100 }],
])('a store in memory, %s,', (_, options) => {
  test.each(cacheStoreContract)('$name', async ({ run }) => {
    const clock = { time: 5000.5 }
    const store = memoryStore({ ...options, now: () => clock.time })
    await run({
      store,
      async wait(ms) {
        clock.time += ms
      },
    })
  })
})

test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('%d entries or bytes are refused', (bound) => {
  expect(() => memoryStore({ maxEntries: bound })).toThrow('maxEntries')
  expect(() => memoryStore({ maxBytes: bound })).toThrow('maxBytes')
})

test('more entries than a process can hold are refused', () => {
  for (const maxEntries of [2 ** 24 + 1, 2 ** 32, Number.MAX_SAFE_INTEGER]) {
    expect(() => memoryStore({ maxEntries })).toThrow('maxEntries must be a whole number from 1 to 16777216')
  }
})

test('the least recently used leaves first', () => {
  const store = memoryStore({ maxEntries: 2 })
  store.set('a', { ...fixed, value: 1 })
  store.set('b', { ...fixed, value: 2 })
  store.get('a')
  store.set('c', { ...fixed, value: 3 })
  expect(['a', 'b', 'c'].map((key) => store.get(key)?.value)).toEqual([1, undefined, 3])
})

test('values together take no more than maxBytes, and a larger one is not kept', () => {
  const store = memoryStore({ maxBytes: 250 })
  for (const key of ['a', 'b', 'c']) store.set(key, { ...fixed, value: key })
  expect(['a', 'b', 'c'].map((key) => store.get(key)?.value)).toEqual([undefined, 'b', 'c'])
  store.set('c', { ...fixed, bytes: 251, value: 'large' })
  expect(store.get('c')).toBeUndefined()
})

test.each([
  { deletedBefore: 0, expiring: 1000, setAfter: 3000 },
  { deletedBefore: 66_000, expiring: 10_000, setAfter: 25_000 },
])('what has expired and is never asked for leaves while others are set: %j', (counts) => {
  const clock = { time: 0 }
  const store = memoryStore({ maxEntries: 100_000, now: () => clock.time })
  const setMany = (name: string, count: number) => {
    for (let at = 0; at < count; at++) store.set(`${name}:${at}`, { ...fixed, value: at })
  }
  setMany('deleted', counts.deletedBefore)
  store.clear()
  setMany('old', counts.expiring)
  clock.time = 2000
  setMany('new', counts.setAfter)
  clock.time = 0 // whoever was swept away would be found again
  const keys = Array.from({ length: counts.expiring }, (_, at) => `old:${at}`)
  expect(keys.filter((key) => store.get(key))).toEqual([])
})

test('what a tag invalidated leaves while others are set', async () => {
  const gc = collector()
  const store = memoryStore({ maxEntries: 100_000 })
  const values = Array.from({ length: 100 }, (_, at) => {
    const value = { at }
    store.set(`k:${at}`, { ...fixed, tags: ['t'], value })
    return new WeakRef(value)
  })
  store.invalidateTags(['t'])
  for (let at = 0; at < 1000; at++) store.set(`b:${at}`, { ...fixed, value: at })
  await new Promise((resolve) => setImmediate(resolve))
  gc()
  expect(values.filter((value) => value.deref())).toEqual([])
  expect(store.get('b:999')).toMatchObject({ value: 999 })
})

test('a full store takes no more memory however often it is written', () => {
  const gc = collector()
  const store = memoryStore({ maxEntries: 10_000 })
  for (let at = 0; at < 10_000; at++) store.set(`k:${at}`, { ...fixed, value: at })
  gc()
  const before = process.memoryUsage().heapUsed
  for (let at = 10_000; at < 500_000; at++) store.set(`k:${at}`, { ...fixed, value: at })
  gc()
  expect((process.memoryUsage().heapUsed - before) / 2 ** 20).toBeLessThan(3)
  expect(store.get('k:499999')).toMatchObject({ value: 499_999 })
})

test('a clock that stands still or leaps ahead gives no immortal entry', () => {
  const clock = { time: 0 }
  const store = memoryStore({ now: () => clock.time })
  store.set('a', { ...fixed, value: 1 })
  expect(store.get('a')?.value).toBe(1)
  clock.time = 3_600_000_000
  expect(store.get('a')).toBeUndefined()
  store.set('b', { ...fixed, ttlMs: 2 ** 40, value: 1 })
  clock.time += 2 ** 39
  expect(store.get('b')?.value).toBe(1)
})
