import fc from 'fast-check'
import { createCache } from '../src/create-cache.ts'
import { memoryStore } from '../src/memory-store.ts'

/** How something is invalidated. */
export const ways = ['delete', 'pattern', 'group', 'tag', 'clear', 'set'] as const

/** What one of many who use the cache at the same time does, and how many turns later the next comes. */
interface Step {
  readonly do: 'read' | 'refresh' | 'change' | 'wait'
  readonly key: number
  readonly turns: number
}

const step: fc.Arbitrary<Step> = fc.record({
  do: fc.constantFrom('read', 'read', 'read', 'refresh', 'change', 'wait'),
  key: fc.nat(2),
  turns: fc.nat(4),
})

/** In any order of events: nobody reads what was invalidated before he asked, and no two loads of a key overlap. */
export function schedules(way: (typeof ways)[number]): fc.IAsyncProperty<unknown> {
  return fc.asyncProperty(
    fc.array(step, { minLength: 5, maxLength: 40 }),
    fc.record({ stale: fc.boolean(), ttlMs: fc.constantFrom(1, 3, 1000), fails: fc.nat(4) }),
    async (steps, { stale, ttlMs, fails }) => {
      const clock = { time: 0 }
      const cache = createCache(memoryStore({ now: () => clock.time, maxEntries: 2 }))
      const source = [0, 0, 0]
      /** By key, the last change whose invalidation has come to its end. */
      const invalidated = [0, 0, 0]
      const loading = new Set<number>()
      const wrong: string[] = []
      let loads = 0

      const options = (key: number) => ({ ttlMs, tags: [`t${key}`], ...(stale && { staleMs: 5 }) })
      const load = (key: number, turns: number) => async () => {
        if (loading.has(key)) wrong.push(`two loads of ${key} at a time`)
        loading.add(key)
        const value = source[key] as number
        for (let at = 0; at < turns; at++) await null
        loading.delete(key)
        if (++loads % 5 < fails - 2) throw new Error('load failed')
        return value
      }

      async function change(key: number): Promise<void> {
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

      async function read(how: 'read' | 'refresh', key: number, turns: number): Promise<void> {
        const known = invalidated[key] as number
        const ask = how === 'refresh' ? cache.refresh : cache.getOrSet
        const value = await ask(`g${key}:${key}`, load(key, turns), options(key)).catch(() => known)
        if (value < known) wrong.push(`${value} of ${key}, when ${known} was known`)
      }

      const using: Promise<unknown>[] = []
      for (const { do: what, key, turns } of steps) {
        if (what === 'change') using.push(change(key))
        else if (what !== 'wait') using.push(read(what, key, turns))
        for (let at = 0; at < turns; at++) await null
        clock.time++
      }
      await Promise.all(using)
      if (wrong.length > 0) throw new Error(wrong.join('\n'))
    },
  )
}
