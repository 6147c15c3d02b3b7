import type { Logger, UnitOfWork } from '@fastkit/contracts'
import { asyncStore } from './async-store.ts'
import type { Cache } from './cache.ts'
import { type Duration, millisecondsOf } from './duration.ts'
import { isReentry } from './errors.ts'
import { createFlights } from './flights.ts'
import { checkKey } from './keys/check-key.ts'
import { anyKey, type CachePattern, groupIn, partsOf } from './keys/pattern.ts'
import { type Landing, readLanding } from './landing.ts'
import type { LoadOptions } from './load-options.ts'
import { LoadWork } from './load-work.ts'
import { occasionally } from './occasionally.ts'
import { openChecked } from './open-hit.ts'
import type { CacheEntry, CacheHit, CacheStore, SyncCacheStore } from './store.ts'
import { createSealer, type SealerOptions } from './values/sealer.ts'
import { checkTags, planOf, type WriteOptions } from './write-options.ts'

export interface CacheOptions extends SealerOptions {
  /** How long values are fresh when nothing else is said. @default '5m' */
  readonly defaultTtl?: Duration | 'forever'
  readonly defaultTtlMs?: number
  /**
   * Inside its transactions the cache is left alone: values are loaded, not read or kept, since others must not see
   * what is not committed; invalidations and `set` happen after the commit, and never if there is none. `refresh`
   * loads, and deletes the key after the commit.
   */
  readonly unitOfWork?: Pick<UnitOfWork, 'active' | 'afterCommit'>
  /**
   * Hears of values that cannot be cached and of loads that failed where a stale value was served, at most once in ten
   * seconds. What it throws is ignored.
   */
  readonly logger?: Pick<Logger, 'warn'>
}

/**
 * Creates a cache on a store.
 *
 * @throws CacheError `CACHE_OPTION_INVALID`
 */
export function createCache(given: CacheStore | SyncCacheStore, options: CacheOptions = {}): Cache {
  const { unitOfWork, logger } = options
  const memory = 'sync' in given ? given : undefined
  const store = 'sync' in given ? asyncStore(given) : given
  const defaultTtlMs = millisecondsOf('defaultTtl', options.defaultTtl, options.defaultTtlMs) ?? 300_000
  const sealer = createSealer(options)
  const warn = occasionally(logger)
  const parts = { store, memory, sealer, defaultTtlMs }
  const flights = createFlights<Landing>()
  const lookups = new Map<string, Promise<CacheHit | undefined>>()
  let closed = false

  return {
    get,
    getMany,
    has: async (key) => (await get(key)) !== undefined,
    set,
    setMany: async (entries, options) => {
      const sealed = Array.from(entries, ([key, value]) => ({ key, entry: sealEntry(key, value, options) }))
      await Promise.all(sealed.map(({ key, entry }) => write(key, entry)))
    },
    getOrSet,
    refresh,
    delete: remove,
    invalidate,
    invalidateTags,
    clear: () => change(() => flights.outdatePattern(anyKey), store.clear),
    close: async () => {
      if (closed) return
      closed = true
      await store.close()
    },
  }

  function get<Value>(key: string): Promise<Value | undefined> {
    if (isLeftAlone()) return Promise.resolve(undefined)
    const hit = store.peek?.(key)
    if (hit?.staleForMs === 0) return Promise.resolve(sealer.open(hit.value)?.value as Value)
    return store.get(key).then((found) => fresh(found) as Value | undefined)
  }

  async function getMany<Value>(keys: readonly string[]): Promise<(Value | undefined)[]> {
    const hits = isLeftAlone() || keys.length === 0 ? keys.map(() => undefined) : await store.getMany(keys)
    return hits.map((hit) => fresh(hit) as Value | undefined)
  }

  function fresh(hit: CacheHit | undefined): unknown {
    return hit?.staleForMs === 0 ? sealer.open(hit.value)?.value : undefined
  }

  async function set(key: string, value: unknown, options?: WriteOptions): Promise<void> {
    await write(key, sealEntry(key, value, options))
  }

  /** Undefined when the key is to be deleted instead, by a time of 0. */
  function sealEntry(key: string, value: unknown, options: WriteOptions = {}): CacheEntry | undefined {
    checkKey(key)
    const plan = planOf(options, defaultTtlMs)
    return plan.ttlMs === 0 ? undefined : sealer.seal(value, plan)
  }

  function write(key: string, entry: CacheEntry | undefined): Promise<void> {
    return change(
      () => flights.outdateKeys([key]),
      () => (entry ? store.set(key, entry) : store.delete([key])),
    )
  }

  function getOrSet<Value>(
    key: string,
    load: () => Value | Promise<Value>,
    options: LoadOptions = {},
  ): Promise<Value> {
    if (isLeftAlone() || options.schema !== undefined) return getOrLoad(key, load, options)
    const near = store.peek?.(key)
    const opened = near?.staleForMs === 0 ? sealer.open(near.value) : undefined
    if (opened) return Promise.resolve(opened.value as Value)
    const landing = memory && near === undefined ? loadNow(key, load, options) : undefined
    return landing ? (landing.then(readLanding) as Promise<Value>) : getOrLoad(key, load, options)
  }

  /** Where nothing is stored: waits for a load that has not begun, or begins one. Undefined when another has begun. */
  function loadNow(key: string, load: () => unknown, options: LoadOptions): Promise<Landing> | undefined {
    if (flights.has(key)) return flights.early(key)
    try {
      return flights.first(workOf(key, load, options, false))
    } catch (error) {
      return Promise.reject(error)
    }
  }

  function workOf(key: string, load: () => unknown, options: LoadOptions, forced: boolean): LoadWork {
    checkKey(key)
    return new LoadWork(parts, key, load, options, forced)
  }

  async function getOrLoad<Value>(
    key: string,
    load: () => Value | Promise<Value>,
    options: LoadOptions,
  ): Promise<Value> {
    const work = workOf(key, load, options, false)
    const { plan } = work
    if (isLeftAlone()) return load()
    for (;;) {
      if (plan.staleMs > 0 || !flights.has(key)) {
        const hit = memory ? memory.get(key) : await lookUp(key)
        if (hit) work.replaces = true
        const isUsable = hit !== undefined && hit.staleForMs <= plan.staleMs
        const opened = isUsable ? await openChecked(sealer, hit, options) : undefined
        if (hit && opened) {
          if (hit.staleForMs > 0) flights.behind(work).catch(failedBehind(key))
          return opened.value as Value
        }
      }
      try {
        const landing = await flights.join(work)
        if (landing) return readLanding(landing) as Value
      } catch (error) {
        return (await staleInstead(work, error)) as Value
      }
    }
  }

  async function refresh<Value>(
    key: string,
    load: () => Value | Promise<Value>,
    options: LoadOptions = {},
  ): Promise<Value> {
    const work = workOf(key, load, options, true)
    if (isLeftAlone()) {
      const value = await load()
      await remove(key) // after the commit: what others may have changed by then is not known here
      return value
    }
    for (;;) {
      const landing = await flights.join(work)
      if (landing) return readLanding(landing) as Value
    }
  }

  /** Those who ask in the same moment share the answer; those who come later might get one from before their time. */
  function lookUp(key: string): Promise<CacheHit | undefined> {
    const underWay = lookups.get(key)
    if (underWay) return underWay
    const looking = store.get(key)
    lookups.set(key, looking)
    queueMicrotask(() => lookups.delete(key))
    return looking
  }

  /** For each caller, not for the load: `refresh` may share it, and wants its error. */
  async function staleInstead(
    { key, plan: { staleIfErrorMs }, options }: LoadWork,
    error: unknown,
  ): Promise<unknown> {
    const hit = staleIfErrorMs > 0 && !isReentry(error) ? await lookUp(key) : undefined
    const opened =
      hit && hit.staleForMs <= staleIfErrorMs ? await openChecked(sealer, hit, options) : undefined
    if (!opened) throw error
    warn({ key, err: error }, 'A load failed; the stale value is served')
    return opened.value
  }

  function failedBehind(key: string): (error: unknown) => void {
    return (error) => warn({ key, err: error }, 'A load behind a stale value failed')
  }

  async function remove(keys: string | readonly string[]): Promise<void> {
    const list = typeof keys === 'string' ? [keys] : keys
    for (const key of list) checkKey(key)
    if (list.length === 0) return
    return change(
      () => flights.outdateKeys(list),
      () => store.delete(list),
    )
  }

  async function invalidate(pattern: string | CachePattern): Promise<void> {
    const parts = partsOf(pattern)
    if (parts.length === 1) return remove(parts)
    const group = groupIn(parts)
    if (group === undefined) {
      return change(
        () => flights.outdatePattern(parts),
        () => store.deletePattern(parts),
      )
    }
    return change(
      () => flights.outdateGroup(group),
      () => store.deleteGroup(group),
    )
  }

  async function invalidateTags(tags: readonly string[]): Promise<void> {
    checkTags(tags)
    if (tags.length === 0) return
    return change(
      () => flights.outdateTags(tags),
      () => store.invalidateTags(tags),
    )
  }

  /** Now, or after the commit of the transaction this is in. */
  async function change(outdate: () => void, apply: () => Promise<unknown>): Promise<void> {
    const work = async () => {
      if (closed) return
      outdate()
      await apply()
    }
    await (unitOfWork ? unitOfWork.afterCommit(work) : work())
  }

  function isLeftAlone(): boolean {
    return closed || unitOfWork?.active() === true
  }
}
