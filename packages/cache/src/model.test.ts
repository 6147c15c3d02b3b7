import fc from 'fast-check'
import { expect, inject, test } from 'vitest'
import { createCache } from './create-cache.ts'
import { memoryStore } from './memory-store.ts'

/** What one of many who use the cache at the same time does. */
type Step =
  | { readonly do: 'read' | 'refresh' | 'change'; readonly key: number; readonly turns: number }
  | { readonly do: 'wait'; readonly key: number; readonly turns: number }

const step: fc.Arbitrary<Step> = fc.record({
  do: fc.constantFrom('read', 'read', 'read', 'refresh', 'change', 'wait'),
  key: fc.nat(2),
  turns: fc.nat(4),
})

const ways = ['delete', 'pattern', 'group', 'tag', 'clear', 'set'] as const

test.each(ways)(
  'in any order of events nobody reads what was invalidated before he asked: %s',
  async (way) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 5, maxLength: 40 }),
        fc.record({ stale: fc.boolean(), ttlMs: fc.constantFrom(1, 3, 1000), fails: fc.nat(4) }),
        async (steps, { stale, ttlMs, fails }) => {
          const clock = { time: 0 }
          const cache = createCache(memoryStore({ now: () => clock.time, maxEntries: 2 }))
          const source = [0, 0, 0]
          const loading = new Set<number>()
          let loads = 0
          const options = (key: number) => ({ ttlMs, tags: [`t${key}`], ...(stale && { staleMs: 5 }) })
          const load = (key: number, turns: number) => async () => {
            expect(loading.has(key)).toBe(false)
            loading.add(key)
            const value = source[key]
            for (let at = 0; at < turns; at++) await null
            loading.delete(key)
            if (++loads % 5 < fails - 2) throw new Error('load failed')
            return value
          }
          const use = async ({ do: what, key, turns }: Step) => {
            const name = `g${key}:${key}`
            const atLeast = source[key] as number
            if (what === 'change') {
              const next = atLeast + 1
              source[key] = next
              if (way === 'delete') await cache.delete(name)
              else if (way === 'pattern') await cache.invalidate(`*:${key}`)
              else if (way === 'group') await cache.invalidate(`g${key}:*`)
              else if (way === 'tag') await cache.invalidateTags([`t${key}`])
              else if (way === 'clear') await cache.clear()
              else await cache.set(name, next, options(key))
              return
            }
            const known = invalidated[key] as number
            const read = what === 'refresh' ? cache.refresh : cache.getOrSet
            const value = await read(name, load(key, turns), options(key)).catch(() => undefined)
            if (value !== undefined) expect(value).toBeGreaterThanOrEqual(known)
          }
          /** By key, the last change whose invalidation has come to its end. */
          const invalidated = [0, 0, 0]
          const using: Promise<unknown>[] = []
          for (const each of steps) {
            const before = source[each.key] as number
            const running = use(each).then(() => {
              if (each.do === 'change')
                invalidated[each.key] = Math.max(invalidated[each.key] as number, before + 1)
            })
            using.push(running)
            running.catch(() => undefined)
            for (let at = 0; at < each.turns; at++) await null
            clock.time++
          }
          await Promise.all(using)
        },
      ),
      { seed: inject('seed'), numRuns: 400 },
    )
  },
)
