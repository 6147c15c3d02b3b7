import { expectTypeOf } from 'vitest'
import { cached } from './cached.ts'
import { cachedSync } from './cached-sync.ts'
import { createCache } from './create-cache.ts'
import { createSyncCache } from './create-sync-cache.ts'
import { memoryStore } from './memory-store.ts'
import type { CacheStore } from './store.ts'

const cache = createCache(memoryStore())
const syncCache = createSyncCache(memoryStore())

// A cached function keeps its arguments and its result.
const find = cached({ cache, name: 'find', ttl: '1m', tags: (id: number) => [`client:${id}`] })(
  async (id: number) => ({ id, name: 'Ann' }),
)
expectTypeOf(find).parameters.toEqualTypeOf<[id: number]>()
expectTypeOf(find(1)).resolves.toEqualTypeOf<{ id: number; name: string }>()
expectTypeOf(find.refresh(1)).resolves.toEqualTypeOf<{ id: number; name: string }>()
expectTypeOf(find.invalidate(1)).resolves.toBeVoid()
expectTypeOf(find.key(1)).toBeString()
// @ts-expect-error the id is a number
void find('1')
// @ts-expect-error the id is a number
void find.invalidate('1')
// @ts-expect-error there is no such time
cached({ cache, name: 'x', ttl: '5 minutes' })
// @ts-expect-error a number does not say its unit
cached({ cache, name: 'x', ttl: 5 })

// What is said about arguments has to fit them; more arguments may follow.
cached({ cache, name: 'x', key: ({ id }: { id: number }) => id })(
  async (_: { id: number; more: string }) => 1,
)
cached({ cache, name: 'x', tags: (id: number) => [`t${id}`] })(async (id: number, deep?: boolean) => [
  id,
  deep,
])
// @ts-expect-error the id is a text here
cached({ cache, name: 'x', tags: (id: number) => [`t${id}`] })(async (id: string) => id)

// A load gives its type.
expectTypeOf(cache.getOrSet('a', () => 1)).resolves.toBeNumber()
expectTypeOf(cache.getOrSet('a', async () => null)).resolves.toBeNull()
expectTypeOf(cache.get('a')).resolves.toBeUnknown()
expectTypeOf(syncCache.getOrSet('a', () => 'x')).toBeString()

// Code that cannot wait gets no store and no function that has to be waited for.
const double = cachedSync({ cache: syncCache, name: 'double' })((n: number) => n * 2)
expectTypeOf(double(1)).toBeNumber()
// @ts-expect-error it returns a promise
cachedSync({ cache: syncCache, name: 'x' })(async (n: number) => n * 2)
// @ts-expect-error a store that has to be waited for
createSyncCache({} as CacheStore)
// @ts-expect-error nothing runs behind a caller that cannot wait
syncCache.set('a', 1, { staleMs: 5 })
