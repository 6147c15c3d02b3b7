import { millisecondsOf } from './duration.ts'
import { anyKey } from './keys/pattern.ts'
import type { SharedCacheStore, StoreChange } from './shared-store.ts'
import type { CacheEntry, CacheHit, CacheStore, Fence, SetOutcome, SyncCacheStore } from './store.ts'

export interface TieredOptions {
  /** How long an entry stays in memory at most. 0: none is kept there. @default as long as in the shared store */
  readonly memoryTtlMs?: number
  /**
   * How long what is in memory is used while changes by other processes are not heard of, since Redis is out of reach.
   * 0: not at all.
   *
   * @default 5000
   */
  readonly deafTtlMs?: number
  /** Source of time, milliseconds, never backwards. @default performance.now */
  readonly now?: () => number
}

/**
 * Puts memory in front of a shared store: what is in memory costs no round trip.
 *
 * Invalidations reach the process they are made in before they return, the memory of others a moment later. What may
 * have been missed while the connection was lost is dropped when it is back.
 *
 * @throws CacheError `CACHE_OPTION_INVALID`
 */
export function tiered(
  front: SyncCacheStore,
  back: SharedCacheStore,
  options: TieredOptions = {},
): CacheStore {
  const { memoryTtlMs = Number.POSITIVE_INFINITY, deafTtlMs = 5000, now = () => performance.now() } = options
  millisecondsOf('memoryTtl', undefined, memoryTtlMs)
  millisecondsOf('deafTtl', undefined, deafTtlMs)
  /** Since when changes are not heard of; undefined while they are. */
  let deafSince: number | undefined = now()
  const end = back.listen({
    changed: (change) => changeFront(change),
    connected() {
      deafSince = undefined
      front.clear()
    },
    lost() {
      deafSince ??= now()
    },
  })

  return {
    peek,
    get,
    getMany,
    async fence(key, tags, options) {
      const frontFence = front.fence(key, tags)
      return { front: frontFence, back: await back.fence(key, tags, options) }
    },
    set,
    delete: (keys) => changeBoth({ keys }, () => back.delete(keys)),
    deletePattern: (pattern) => changeBoth({ pattern }, () => back.deletePattern(pattern)),
    deleteGroup: (group) => changeBoth({ group }, () => back.deleteGroup(group)),
    invalidateTags: (tags) => changeBoth({ tags }, () => back.invalidateTags(tags)),
    clear: () => changeBoth({ pattern: anyKey }, () => back.clear()),
    async close() {
      end()
      front.close()
      await back.close()
    },
    ...(back.lease && { lease: back.lease }),
  }

  function peek(key: string): CacheHit | undefined {
    if (deafSince !== undefined && now() - deafSince >= deafTtlMs) {
      // Whatever is kept from now on ends in time by itself.
      front.clear()
      deafSince = Number.POSITIVE_INFINITY
    }
    return front.get(key)
  }

  async function get(key: string): Promise<CacheHit | undefined> {
    const near = peek(key)
    if (near?.staleForMs === 0) return near
    const fence = front.fence(key, [])
    const far = await back.get(key)
    return far ? keepNear(key, far, fence) : near
  }

  async function getMany(keys: readonly string[]): Promise<(CacheHit | undefined)[]> {
    const hits = keys.map(peek)
    const missing = keys.filter((_, at) => hits[at]?.staleForMs !== 0)
    if (missing.length === 0) return hits
    const fences = missing.map((key) => front.fence(key, []))
    const found = await back.getMany(missing)
    const far = new Map(missing.map((key, at) => [key, found[at] && keepNear(key, found[at], fences[at])]))
    return keys.map((key, at) => far.get(key) ?? hits[at])
  }

  function keepNear(key: string, hit: CacheHit, fence: Fence): CacheHit {
    if (hit.rest && hit.staleForMs === 0) setNear(key, hit.rest, fence)
    return hit
  }

  async function set(key: string, entry: CacheEntry, begun?: Fence): Promise<SetOutcome> {
    const fences = begun as { front: Fence; back: Fence } | undefined
    if (!fences) front.delete([key]) // what is being loaded is older
    const near = fences ? fences.front : front.fence(key, entry.tags)
    const outcome = fences && !fences.back ? 'lost' : await back.set(key, entry, fences?.back)
    return outcome === 'outdated' ? outcome : setNear(key, entry, near)
  }

  function setNear(key: string, entry: CacheEntry, fence: Fence): SetOutcome {
    const longest = deafSince === undefined ? memoryTtlMs : Math.min(memoryTtlMs, deafTtlMs)
    if (longest <= 0) return 'lost'
    const isCut = entry.ttlMs > longest
    return front.set(
      key,
      { ...entry, ttlMs: Math.min(entry.ttlMs, longest), staleMs: isCut ? 0 : entry.staleMs },
      fence,
    )
  }

  async function changeBoth(change: StoreChange, changeBack: () => Promise<void>): Promise<void> {
    await changeBack()
    changeFront(change)
  }

  function changeFront(change: StoreChange): void {
    if ('keys' in change) front.delete(change.keys)
    else if ('tags' in change) front.invalidateTags(change.tags)
    else if ('group' in change) front.deleteGroup(change.group)
    else front.deletePattern(change.pattern)
  }
}
