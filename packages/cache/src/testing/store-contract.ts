import { asyncStore } from '../async-store.ts'
import type { CacheEntry, CacheStore, SyncCacheStore } from '../store.ts'

/** A store to try, empty, and a way to let time pass. */
export interface StoreFixture {
  readonly store: CacheStore | SyncCacheStore
  /** Lets at least this many milliseconds pass for the store. */
  wait(ms: number): Promise<void>
}

export interface StoreCase {
  readonly name: string
  run(fixture: StoreFixture): Promise<void>
}

const cases: readonly Promised[] = [
  {
    name: 'what was set is found, until it is set again',
    async run({ store }) {
      equal(await store.get('a:1'), undefined)
      equal(await store.set('a:1', entry({ n: [1] })), 'stored')
      await finds(store, 'a:1', { n: [1] })
      await store.set('a:1', entry('two'))
      await finds(store, 'a:1', 'two')
    },
  },
  {
    name: 'null, false, 0 and the empty string are values',
    async run({ store }) {
      for (const value of [null, false, 0, '']) {
        await store.set('a:1', entry(value))
        await finds(store, 'a:1', value)
      }
    },
  },
  {
    name: 'an entry is fresh for its time, stale for some more, then gone',
    async run({ store, wait }) {
      await store.set('a:1', entry(1, { ttlMs: 300, staleMs: 2000 }))
      equal((await store.get('a:1'))?.staleForMs, 0)
      await wait(310)
      const hit = await store.get('a:1')
      check(hit !== undefined && hit.staleForMs >= 1 && hit.staleForMs < 2000, 'stale, and says for how long')
      await wait(2000)
      equal(await store.get('a:1'), undefined)
    },
  },
  {
    name: 'an entry without staleness is gone after its time, one for ever is not',
    async run({ store, wait }) {
      await store.set('a:1', entry(1, { ttlMs: 30 }))
      await store.set('a:2', entry(2, { ttlMs: Number.POSITIVE_INFINITY, staleMs: 1 }))
      await store.set('a:3', entry(3, { ttlMs: 0.4 }))
      await wait(40)
      equal(await store.get('a:1'), undefined)
      equal((await store.get('a:2'))?.staleForMs, 0)
      equal(await store.get('a:3'), undefined)
    },
  },
  {
    name: 'many are answered in the order they were asked for',
    async run({ store }) {
      equal((await store.getMany([])).length, 0)
      await store.set('a:1', entry(1))
      await store.set('b:2', entry(2))
      const hits = await store.getMany(['b:2', 'x', 'a:1', 'b:2'])
      equal(hits.map((hit) => hit?.value).join(), '2,,1,2')
    },
  },
  {
    name: 'a deleted key is gone, others are not, one that is not there is no error',
    async run({ store }) {
      await store.set('a:1', entry(1))
      await store.set('a:2', entry(2))
      await store.delete(['a:1', 'nope'])
      equal(await store.get('a:1'), undefined)
      await finds(store, 'a:2', 2)
    },
  },
  {
    name: 'a pattern has one wildcard and no other special character',
    async run({ store }) {
      const keys = ['u:1', 'u:12', 'u:[1]', 'u:a?', 'u:ab', 'u:\\x', 'v:1', 'u:^', 'u:-', 'u:*']
      const all = () => Promise.all(keys.map(async (key) => ((await store.get(key)) ? key : undefined)))
      for (const [pattern, gone] of [
        ['u:1*', ['u:1', 'u:12']],
        ['u:[1]', ['u:[1]']],
        ['u:[*', ['u:[1]']],
        ['u:a?*', ['u:a?']],
        ['u:\\*', ['u:\\x']],
        ['*:1', ['u:1', 'v:1']],
        ['*b', ['u:ab']],
        ['u*1*', ['u:1', 'u:12', 'u:[1]']],
        ['*', keys],
        ['u:^*', ['u:^']],
        ['x*', []],
        ['1', []],
      ] as [string, string[]][]) {
        for (const key of keys) await store.set(key, entry(key))
        await store.deletePattern(pattern.split('*'))
        const left = keys.filter((key) => !gone.includes(key))
        equal((await all()).filter((key) => key !== undefined).join(' '), left.join(' '))
      }
    },
  },
  {
    name: 'a literal star in a pattern is a star',
    async run({ store }) {
      await store.set('u:*', entry(1))
      await store.set('u:*x', entry(1))
      await store.set('u:ab', entry(2))
      await store.deletePattern(['u:*', ''])
      equal(await store.get('u:*'), undefined)
      equal(await store.get('u:*x'), undefined)
      await finds(store, 'u:ab', 2)
    },
  },
  {
    name: 'a group is what stands before the first colon',
    async run({ store }) {
      for (const key of ['a:1', 'a:b:2', 'ab:1', 'a', 'b:a:1']) await store.set(key, entry(key))
      await store.deleteGroup('a')
      equal(await store.get('a:1'), undefined)
      equal(await store.get('a:b:2'), undefined)
      await finds(store, 'ab:1', 'ab:1')
      await finds(store, 'b:a:1', 'b:a:1')
      await store.set('a:1', entry('again'))
      await finds(store, 'a:1', 'again')
    },
  },
  {
    name: 'a tag invalidates what has it, and nothing that is set later',
    async run({ store }) {
      await store.set('a:1', entry(1, { tags: ['t', 'u'] }))
      await store.set('a:2', entry(2, { tags: ['u'] }))
      await store.set('a:3', entry(3))
      await store.invalidateTags(['t', 'nobody has this'])
      equal(await store.get('a:1'), undefined)
      await finds(store, 'a:2', 2)
      await store.set('a:1', entry(1, { tags: ['t', 'u'] }))
      await finds(store, 'a:1', 1)
      await store.invalidateTags(['u'])
      equal((await store.getMany(['a:1', 'a:2', 'a:3'])).map((hit) => hit?.value).join(), ',,3')
    },
  },
  {
    name: 'a fence keeps out what was loaded before the key, its group, a tag, a pattern or all was invalidated',
    async run({ store }) {
      const old = entry('old', { tags: ['t'] })
      for (const invalidate of [
        () => store.delete(['a:1']),
        () => store.deletePattern(['a:', '']),
        () => store.deletePattern(['', '1']),
        () => store.deleteGroup('a'),
        () => store.invalidateTags(['x', 't']),
        () => store.clear(),
      ]) {
        const fence = await store.fence('a:1', ['t'])
        await invalidate()
        equal(await store.set('a:1', old, fence), 'outdated')
        equal(await store.get('a:1'), undefined)
        const next = await store.fence('a:1', ['t'])
        equal(await store.set('a:1', entry('new', { tags: ['t'] }), next), 'stored')
        await finds(store, 'a:1', 'new')
      }
    },
  },
  {
    name: 'a value that was set is not overwritten by one that was begun to be loaded before',
    async run({ store }) {
      const fence = await store.fence('a:1', [])
      await store.set('a:1', entry('set'))
      equal(await store.set('a:1', entry('loaded before'), fence), 'outdated')
      await finds(store, 'a:1', 'set')
    },
  },
  {
    name: 'a fence lets through what nothing has touched',
    async run({ store }) {
      const fence = await store.fence('a:1', ['t'])
      await store.delete(['a:2'])
      await store.deleteGroup('b')
      await store.invalidateTags(['u'])
      equal(await store.set('a:1', entry(1, { tags: ['t'] }), fence), 'stored')
      await finds(store, 'a:1', 1)
    },
  },
  {
    name: 'keys and tags of any characters are told apart',
    async run({ store }) {
      const keys = [
        'ä:1',
        'a:\u{1f600}',
        'a: ',
        'a:\n',
        'a:"',
        "a:'",
        'a:{b}',
        'a:%',
        'constructor',
        '__proto__',
        'a:',
      ]
      for (const key of keys) await store.set(key, entry(key, { tags: [`t${key.replace('\n', '')}`] }))
      for (const key of keys) await finds(store, key, key)
      await store.invalidateTags(['t__proto__'])
      equal(await store.get('__proto__'), undefined)
      await finds(store, 'constructor', 'constructor')
    },
  },
  {
    name: 'clear leaves nothing, and close is no error, also twice',
    async run({ store }) {
      await store.set('a:1', entry(1))
      await store.set('b', entry(1))
      await store.clear()
      equal((await store.getMany(['a:1', 'b'])).filter((hit) => hit).length, 0)
      await store.close()
      await store.close()
    },
  },
]

/**
 * What every store promises. Runs under any test runner:
 * `for (const { name, run } of cacheStoreContract) test(name, async () => run(await fixture()))`.
 */
export const cacheStoreContract: readonly StoreCase[] = cases.map(({ name, run }) => ({
  name,
  run: ({ store, wait }) => run({ store: 'sync' in store ? asyncStore(store) : store, wait }),
}))

interface Promised {
  readonly name: string
  run(fixture: StoreFixture & { readonly store: CacheStore }): Promise<void>
}

function entry(value: unknown, more: Partial<CacheEntry> = {}): CacheEntry {
  return { value: freeze(value), bytes: 8, ttlMs: 60_000, staleMs: 0, tags: [], ...more }
}

function freeze(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? Object.freeze(value) : value
}

async function finds(store: CacheStore, key: string, value: unknown): Promise<void> {
  const hit = await store.get(key)
  equal(JSON.stringify(hit?.value), JSON.stringify(value))
  equal(hit?.staleForMs, 0)
}

function equal(actual: unknown, expected: unknown): void {
  check(Object.is(actual, expected), `expected ${show(expected)}, got ${show(actual)}`)
}

function show(value: unknown): string {
  return JSON.stringify(value) ?? String(value)
}

function check(holds: boolean, message: string): void {
  if (!holds) throw new Error(message)
}
