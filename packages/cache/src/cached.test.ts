import { describe, expect, test, vi } from 'vitest'
import { cached } from './cached.ts'
import { cachedSync } from './cached-sync.ts'
import { createCache } from './create-cache.ts'
import { createSyncCache } from './create-sync-cache.ts'
import { memoryStore } from './memory-store.ts'

const cache = () => createCache(memoryStore())

describe('a cached function', () => {
  test('is called once per arguments', async () => {
    const load = vi.fn(async (id: number, options?: { deep: boolean }) => ({ id, options }))
    const find = cached({ cache: cache(), name: 'find' })(load)
    expect(await find(1)).toEqual({ id: 1, options: undefined })
    expect(await find(1, undefined)).toEqual({ id: 1, options: undefined })
    await find(1, { deep: true })
    await find(1, { deep: true })
    expect(load).toHaveBeenCalledTimes(2)
  })

  test('forgets one call, all of its own, or what has a tag', async () => {
    const load = vi.fn(async (id: number) => ({ id }))
    const all = cache()
    const find = cached({ cache: all, name: 'find', ttl: '1m', tags: (id: number) => [`client:${id}`] })(load)
    const calls = async () => {
      load.mockClear()
      await Promise.all([find(1), find(2)])
      return load.mock.calls.map(([id]) => id)
    }
    expect(await calls()).toEqual([1, 2])
    expect(await calls()).toEqual([])
    await find.invalidate(1)
    expect(await calls()).toEqual([1])
    await all.invalidateTags(['client:2'])
    expect(await calls()).toEqual([2])
    await all.invalidate('find:*')
    expect(await calls()).toEqual([1, 2])
    await all.invalidate('fin*')
    expect(await calls()).toEqual([1, 2])
  })

  test('is loaded anew by refresh', async () => {
    let count = 0
    const find = cached({ cache: cache(), name: 'find' })(async () => ++count)
    expect([await find(), await find.refresh(), await find()]).toEqual([1, 2, 2])
  })

  test('has readable keys, and short ones for long arguments', async () => {
    const find = cached({ cache: cache(), name: 'a.b', version: 2 })(async (_: unknown) => 1)
    expect(find.key(1)).toBe('a.b:v2:1')
    expect(find.key('x:*')).toBe('a.b:v2:"x:*"')
    const [long, other] = ['x'.repeat(1e6), `${'x'.repeat(1e6)}y`].map((text) => find.key(text))
    expect(long).not.toBe(other)
    expect(long?.length).toBeLessThan(200)
    const smile = '\u{1f600}'.repeat(200)
    expect(await find(smile)).toBe(1)
    expect(await find(`x${smile}`)).toBe(1)
  })

  test('has the key it is told to have', async () => {
    const load = vi.fn(async ({ id }: { id: number; log: () => void }) => id)
    const find = cached({ cache: cache(), name: 'find', key: ({ id }: { id: number }) => id })(load)
    await find({ id: 1, log: () => undefined })
    await find({ id: 1, log: () => undefined })
    expect(load).toHaveBeenCalledOnce()
    expect(find.key({ id: 1, log: () => undefined })).toBe('find:v1:1')
  })

  test('tells a list that is its key from what is in it', () => {
    for (const vary of [undefined, () => 'en']) {
      const key = (value: unknown) => value
      const find = cached({ cache: cache(), name: 'find', key, ...(vary && { vary }) })(
        async (value: unknown) => value,
      )
      const values = ['x', ['x'], [], undefined, [undefined], [[]], null, ['x', 'y'], '"x","y"']
      expect(new Set(values.map((value) => find.key(value))).size).toBe(values.length)
    }
  })

  test('whose arguments make no key rejects', async () => {
    const find = cached({ cache: cache(), name: 'find' })(async (_: () => void) => 1)
    await expect(find(() => undefined)).rejects.toMatchObject({ code: 'CACHE_KEY_INVALID' })
  })

  test('varies by what is declared, and is forgotten in all variations', async () => {
    const here = { locale: 'en' }
    const load = vi.fn(async (id: string) => `${id} in ${here.locale}`)
    const find = cached({ cache: cache(), name: 'find', vary: () => [here.locale] })(load)
    const ids = ['a', '\u0085\u007f', '\u0080'.repeat(150)]
    for (const id of ids) {
      for (const locale of ['en', 'de', 'en']) {
        here.locale = locale
        expect(await find(id)).toBe(`${id} in ${locale}`)
      }
    }
    expect(load).toHaveBeenCalledTimes(6)
    for (const id of ids) await find.invalidate(id)
    for (const locale of ['en', 'de']) {
      here.locale = locale
      for (const id of ids) await find(id)
    }
    expect(load).toHaveBeenCalledTimes(12)
  })

  test('keeps its this, also as a field of a class', async () => {
    class Clients {
      readonly factor = 3
      readonly find = cached({ cache: cache(), name: 'find' })((id: number) =>
        Promise.resolve(id * this.factor),
      )
      readonly method = cached({ cache: cache(), name: 'method' })(async function (
        this: Clients,
        id: number,
      ) {
        return id * this.factor
      })
    }
    const clients = new Clients()
    expect([
      await clients.find(2),
      await clients.method(2),
      await clients.method.refresh.call(clients, 3),
    ]).toEqual([6, 6, 9])
  })

  test.each(['', 'a:b', 'a*', 'a b', 'x'.repeat(201)])('is not named %j', (name) => {
    expect(() => cached({ cache: cache(), name })).toThrow('name must be')
  })

  test.each([{ ttl: '5 m' as never }, { ttlMs: -1 }, { tags: [''] }])(
    'is refused with %o before it is called',
    (options) => {
      const invalid = expect.objectContaining({ code: 'CACHE_OPTION_INVALID' })
      expect(() => cached({ cache: cache(), name: 'a', ...options })).toThrow(invalid)
      const sync = createSyncCache(memoryStore())
      expect(() => cachedSync({ cache: sync, name: 'a', ...options })).toThrow(invalid)
    },
  )

  test('has a whole number as its version', () => {
    for (const version of [1.5, -1, Number.NaN]) {
      expect(() => cached({ cache: cache(), name: 'a', version })).toThrow('version')
    }
  })
})

describe('a cached function that does not wait', () => {
  test('does the same', () => {
    const all = createSyncCache(memoryStore())
    const here = { locale: 'en' }
    const load = vi.fn((id: number) => ({ id, at: new Date(id) }))
    const find = cachedSync({
      cache: all,
      name: 'find',
      tags: (id: number) => [`t${id}`],
      vary: () => here.locale,
    })(load)
    expect(find(1)).toEqual({ id: 1, at: new Date(1) })
    expect(find(1)).toEqual({ id: 1, at: new Date(1) })
    expect(load).toHaveBeenCalledTimes(1)
    find.invalidate(1)
    find(1)
    all.invalidateTags(['t1'])
    find(1)
    find.refresh(1)
    all.invalidate('find:*')
    find(1)
    expect(load).toHaveBeenCalledTimes(5)
    expect(find.key(1)).toBe('find:v1:"en",1')
  })
})
