import type { CachePattern } from './keys/pattern.ts'
import type { LoadOptions } from './load-options.ts'
import type { WriteOptions } from './write-options.ts'

/** Values by key, loaded once and kept for a while. A key is a text of 1 to 1024 characters. */
export interface Cache {
  /** Returns a fresh value; undefined when there is none. `null` is a value. */
  get<Value = unknown>(key: string): Promise<Value | undefined>
  /** The same for many keys, in their order. */
  getMany<Value = unknown>(keys: readonly string[]): Promise<(Value | undefined)[]>
  has(key: string): Promise<boolean>
  /**
   * Keeps a value. With a time of 0 the key is deleted.
   *
   * @throws CacheError `CACHE_VALUE_UNSUPPORTED`, `CACHE_VALUE_TOO_LARGE`, `CACHE_KEY_INVALID`, `CACHE_OPTION_INVALID`
   */
  set(key: string, value: unknown, options?: WriteOptions): Promise<void>
  /** The same for many. Checks all entries before it sets any: where `set` would refuse one, none is set. */
  setMany(entries: Iterable<readonly [key: string, value: unknown]>, options?: WriteOptions): Promise<void>
  /**
   * Returns the cached value, or loads it, once in this process however many ask at the same time.
   *
   * Nothing that began to load before an invalidation is returned to those who ask after it, or kept. A load that fails
   * rejects for all who wait for it and is not cached; nor is undefined, nor a value that cannot be: that comes back as
   * it is, with a warning.
   *
   * @throws CacheError `CACHE_REENTRY` when a load asks for its own key; `CACHE_LOAD_TIMEOUT`; `CACHE_KEY_INVALID`,
   * `CACHE_OPTION_INVALID`; what the load throws.
   */
  getOrSet<Value>(key: string, load: () => Value | Promise<Value>, options?: LoadOptions): Promise<Value>
  /**
   * Loads a value, by a load that begins after this call, and keeps it. When it cannot be kept, or is undefined, the key is
   * deleted.
   *
   * @throws what the load throws, whether there is a stale value or not; else as `getOrSet`.
   */
  refresh<Value>(key: string, load: () => Value | Promise<Value>, options?: LoadOptions): Promise<Value>
  delete(keys: string | readonly string[]): Promise<void>
  /**
   * Deletes the keys that match: `*` is anything, also nothing; every other character is itself. `'name:*'`, with a
   * name without colon, takes the same time however many there are; other patterns look at every key.
   *
   * Ids that users choose may contain a star: use `` pattern`client:${id}:*` ``, or tags.
   */
  invalidate(pattern: string | CachePattern): Promise<void>
  /** Invalidates every entry with one of these tags, in the same time however many there are. */
  invalidateTags(tags: readonly string[]): Promise<void>
  /** Deletes everything in this cache, and in its namespace of Redis; nothing else there. */
  clear(): Promise<void>
  /** Lets the store go. From then on everything is a miss, loads still work, and nothing is set or invalidated. */
  close(): Promise<void>
}
