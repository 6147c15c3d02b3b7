import type { Logger } from '@fastkit/contracts'
import { type Duration, millisecondsOf } from './duration.ts'
import { CacheError, isReentry } from './errors.ts'
import { checkKey } from './keys/check-key.ts'
import { type CachePattern, groupIn, partsOf } from './keys/pattern.ts'
import { occasionally } from './occasionally.ts'
import { roomyMap } from './roomy-map.ts'
import type { CacheEntry, CacheHit, SyncCacheStore } from './store.ts'
import { createSealer, type SealerOptions } from './values/sealer.ts'
import { checkTags, planOf, type WriteOptions } from './write-options.ts'

export interface SyncCacheOptions extends SealerOptions {
  /** How long values are fresh when nothing else is said. @default '5m' */
  readonly defaultTtl?: Duration | 'forever'
  readonly defaultTtlMs?: number
  /**
   * Hears of values that cannot be cached and of loads that failed where a stale value was served, at most once in ten
   * seconds. What it throws is ignored.
   */
  readonly logger?: Pick<Logger, 'warn'>
}

/** Without `stale`: nothing runs behind a caller that cannot wait. */
export type SyncWriteOptions = Omit<WriteOptions, 'stale' | 'staleMs'>

/** The verbs of `Cache`, with the same meaning, for code that cannot wait. */
export interface SyncCache {
  get<Value = unknown>(key: string): Value | undefined
  getMany<Value = unknown>(keys: readonly string[]): (Value | undefined)[]
  has(key: string): boolean
  set(key: string, value: unknown, options?: SyncWriteOptions): void
  /** Checks all entries before it sets any: where `set` would refuse one, none is set. */
  setMany(entries: Iterable<readonly [key: string, value: unknown]>, options?: SyncWriteOptions): void
  /**
   * Returns the cached value, or loads it. A value that cannot be cached comes back as it is.
   *
   * @throws CacheError `CACHE_REENTRY` when a load asks for its own key; what the load throws.
   */
  getOrSet<Value>(key: string, load: () => Value, options?: SyncWriteOptions): Value
  refresh<Value>(key: string, load: () => Value, options?: SyncWriteOptions): Value
  delete(keys: string | readonly string[]): void
  invalidate(pattern: string | CachePattern): void
  invalidateTags(tags: readonly string[]): void
  clear(): void
  close(): void
}

/**
 * Creates a cache in memory for code that cannot wait. Stores that have to be waited for do not fit its type.
 *
 * @throws CacheError `CACHE_OPTION_INVALID`
 */
export function createSyncCache(store: SyncCacheStore, options: SyncCacheOptions = {}): SyncCache {
  const defaultTtlMs = millisecondsOf('defaultTtl', options.defaultTtl, options.defaultTtlMs) ?? 300_000
  const sealer = createSealer(options)
  const warn = occasionally(options.logger)
  const loading = roomyMap<true>()
  let closed = false

  return {
    get: <Value>(key: string) => fresh(key) as Value | undefined,
    getMany: <Value>(keys: readonly string[]) => keys.map((key) => fresh(key) as Value | undefined),
    has: (key) => fresh(key) !== undefined,
    set,
    setMany(entries, options) {
      const sealed = Array.from(entries, ([key, value]) => ({ key, entry: sealEntry(key, value, options) }))
      for (const { key, entry } of sealed) write(key, entry)
    },
    getOrSet<Value>(key: string, load: () => Value, options?: SyncWriteOptions) {
      const value = fresh(key)
      return value === undefined ? loadOrStale(key, load, options) : (value as Value)
    },
    refresh,
    delete: remove,
    invalidate(pattern) {
      const parts = partsOf(pattern)
      const group = groupIn(parts)
      if (parts.length === 1) remove(parts)
      else if (group === undefined) store.deletePattern(parts)
      else store.deleteGroup(group)
    },
    invalidateTags: (tags) => store.invalidateTags(checkTags(tags)),
    clear: () => store.clear(),
    close() {
      closed = true
      store.close()
    },
  }

  function fresh(key: string): unknown {
    const hit = closed ? undefined : store.get(key)
    return hit?.staleForMs === 0 ? read(hit) : undefined
  }

  function read(hit: CacheHit): unknown {
    return sealer.open(hit.value)?.value
  }

  function set(key: string, value: unknown, options?: SyncWriteOptions): void {
    write(key, sealEntry(key, value, options))
  }

  /** Undefined when the key is to be deleted instead, by a time of 0. */
  function sealEntry(key: string, value: unknown, options: SyncWriteOptions = {}): CacheEntry | undefined {
    checkKey(key)
    const plan = planOf(options, defaultTtlMs)
    return plan.ttlMs === 0 ? undefined : sealer.seal(value, plan)
  }

  function write(key: string, entry: CacheEntry | undefined): void {
    if (!entry) store.delete([key])
    else if (!closed) store.set(key, entry)
  }

  function loadOrStale<Value>(key: string, load: () => Value, options: SyncWriteOptions = {}): Value {
    try {
      return refresh(key, load, options)
    } catch (error) {
      const { staleIfErrorMs } = planOf(options, defaultTtlMs)
      const hit = staleIfErrorMs > 0 && !isReentry(error) ? store.get(key) : undefined
      const value = hit && hit.staleForMs <= staleIfErrorMs ? read(hit) : undefined
      if (value === undefined) throw error
      warn({ key, err: error }, 'A load failed; the stale value is served')
      return value as Value
    }
  }

  function refresh<Value>(key: string, load: () => Value, options: SyncWriteOptions = {}): Value {
    checkKey(key)
    const plan = planOf(options, defaultTtlMs)
    if (loading.has(key)) {
      throw new CacheError('CACHE_REENTRY', 'A load asks for its own key', { params: { key } })
    }
    loading.set(key, true)
    const fence = store.fence(key, plan.tags)
    try {
      const value = load()
      if (closed) return value
      const entry = plan.ttlMs === 0 ? undefined : sealer.trySeal(key, value, plan)
      if (!entry) {
        store.delete([key]) // what is there is older
        return value
      }
      store.set(key, entry, fence)
      return (sealer.open(entry.value) ?? { value }).value as Value
    } finally {
      loading.delete(key)
    }
  }

  function remove(keys: string | readonly string[]): void {
    const list = typeof keys === 'string' ? [keys] : keys
    for (const key of list) checkKey(key)
    store.delete(list)
  }
}
