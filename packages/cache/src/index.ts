export type { Cache } from './cache.ts'
export type { AsyncFunction, Cached, CachedOptions } from './cached.ts'
export { cached } from './cached.ts'
export type { CachedSync, CachedSyncOptions, SyncFunction } from './cached-sync.ts'
export { cachedSync } from './cached-sync.ts'
export type { CacheOptions } from './create-cache.ts'
export { createCache } from './create-cache.ts'
export type { SyncCache, SyncCacheOptions, SyncWriteOptions } from './create-sync-cache.ts'
export { createSyncCache } from './create-sync-cache.ts'
export type { Duration } from './duration.ts'
export type { CacheErrorCode, CacheErrorOptions } from './errors.ts'
export { CacheError, codes } from './errors.ts'
export type { CallKeyOptions } from './keys/call-key.ts'
export type { CachePattern } from './keys/pattern.ts'
export { pattern } from './keys/pattern.ts'
export type { LoadOptions } from './load-options.ts'
export type { MemoryStoreOptions } from './memory-store.ts'
export { memoryStore } from './memory-store.ts'
export type { ChangeListener, SharedCacheStore, StoreChange } from './shared-store.ts'
export type {
  CacheEntry,
  CacheHit,
  CacheStore,
  Fence,
  FenceOptions,
  Lease,
  SetOutcome,
  SyncCacheStore,
} from './store.ts'
export type { TieredOptions } from './tiered.ts'
export { tiered } from './tiered.ts'
export type { CacheType, CacheTypes, Packed } from './values/pack.ts'
export type { WriteOptions } from './write-options.ts'
