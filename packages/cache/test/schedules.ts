import fc from 'fast-check'
import type { Cache } from '../src/cache.ts'
import { createCache } from '../src/create-cache.ts'
import { memoryStore } from '../src/memory-store.ts'
import type { CacheStore, SyncCacheStore } from '../src/store.ts'

/** How something is invalidated. */
export const ways = ['delete', 'pattern', 'group', 'tag', 'clear', 'set'] as const

/**
 * What one of many who use the cache at the same time does, in which of two processes where they share a store, and how
 * many turns later the next comes.
 */
interface Step {
  readonly at: number
  readonly do: 'read' | 'refresh' | 'change' | 'wait'
  readonly key: number
  readonly turns: number
}

const step: fc.Arbitrary<Step> = fc.record({
  at: fc.nat(1),
  do: fc.constantFrom('read', 'read', 'read', 'refresh', 'change', 'wait'),
  key: fc.nat(2),
  turns: fc.nat(4),
})

/** In any order of events: nobody reads what was invalidated before he asked, and no two loads of a key overlap. */
export function schedules(way: (typeof ways)[number]): fc.IAsyncProperty<unknown> {
  return fc.asyncProperty(
    fc.array(step, { minLength: 5, maxLength: 40 }),
    fc.record({
      stale: fc.boolean(),
      ttlMs: fc.constantFrom(1, 3, 1000),
      fails: fc.nat(4),
      shared: fc.option(
        fc.record({ lag: fc.integer({ min: 1, max: 4 }), leaseMs: fc.constantFrom(0, 1000) }),
      ),
    }),
    async (steps, { stale, ttlMs, fails, shared }) => {
      const clock = { time: 0 }
      const memory = memoryStore({ now: () => clock.time, maxEntries: 2 })
      const leases = new Set<string>()
      const caches = [0, 1].map(() => createCache(shared ? farStore(memory, leases, shared.lag) : memory))
      const source = [0, 0, 0]
      /** By key, the last change whose invalidation has come to its end. */
      const invalidated = [0, 0, 0]
      const loading = new Set<string>()
      const wrong: string[] = []
      let loads = 0

      const options = (key: number) => ({
        ttlMs,
        tags: [`t${key}`],
        ...(stale && { staleMs: 5 }),
        ...(shared && { leaseMs: shared.leaseMs }),
      })
      const load = (at: number, key: number, turns: number) => async () => {
        const name = `${key} in ${at}`
        if (loading.has(name)) wrong.push(`two loads of ${name} at a time`)
        loading.add(name)
        const value = source[key] as number
        await pass(turns)
        loading.delete(name)
        if (++loads % 5 < fails - 2) throw new Error('load failed')
        return value
      }

      async function change(cache: Cache, key: number): Promise<void> {
        const next = (source[key] as number) + 1
        source[key] = next
        const name = `g${key}:${key}`
        if (way === 'delete') await cache.delete(name)
        else if (way === 'pattern') await cache.invalidate(`*:${key}`)
        else if (way === 'group') await cache.invalidate(`g${key}:*`)
        else if (way === 'tag') await cache.invalidateTags([`t${key}`])
        else if (way === 'clear') await cache.clear()
        else await cache.set(name, next, options(key))
        invalidated[key] = Math.max(invalidated[key] as number, next)
      }

      async function read(how: 'read' | 'refresh', { at, key, turns }: Step): Promise<void> {
        const cache = caches[at] as Cache
        const known = invalidated[key] as number
        const ask = how === 'refresh' ? cache.refresh : cache.getOrSet
        const value = await ask(`g${key}:${key}`, load(at, key, turns), options(key)).catch(() => known)
        if (value < known) wrong.push(`${value} of ${key}, when ${known} was known`)
      }

      const using: Promise<unknown>[] = []
      for (const step of steps) {
        const { at, do: what, key, turns } = step
        // Without a store that they share there is one process.
        if (what === 'change') using.push(change(caches[shared ? at : 0] as Cache, key))
        else if (what !== 'wait') using.push(read(what, { ...step, at: shared ? at : 0 }))
        await pass(turns * (shared?.lag ?? 1) * 2)
        clock.time++
      }
      await Promise.all(using)
      if (wrong.length > 0) throw new Error(wrong.join('\n'))
    },
  )
}

async function pass(turns: number): Promise<void> {
  for (let at = 0; at < turns; at++) await null
}

/** A store that takes some turns to hear, and as many to answer; to hear that a lease was given back takes long. */
function farStore(memory: SyncCacheStore, leases: Set<string>, lag: number): CacheStore {
  return {
    get: (key) => far(() => memory.get(key)),
    getMany: (keys) => far(() => keys.map(memory.get)),
    fence: (key, tags) => far(() => memory.fence(key, tags)),
    set: (key, entry, fence) => far(() => memory.set(key, entry, fence)),
    delete: (keys) => far(() => memory.delete(keys)),
    deletePattern: (parts) => far(() => memory.deletePattern(parts)),
    deleteGroup: (group) => far(() => memory.deleteGroup(group)),
    invalidateTags: (tags) => far(() => memory.invalidateTags(tags)),
    clear: () => far(() => memory.clear()),
    close: () => far(() => memory.close()),
    async lease(key) {
      await pass(lag)
      for (let at = 0; at < 50 && leases.has(key); at++) await null
      if (leases.has(key)) return 'taken'
      leases.add(key)
      await pass(lag)
      return {
        async release() {
          await pass(lag)
          leases.delete(key)
          await pass(20 * lag)
        },
      }
    },
  }

  async function far<T>(work: () => T): Promise<T> {
    await pass(lag)
    const answer = work()
    await pass(lag)
    return answer
  }
}
