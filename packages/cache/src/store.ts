import type { Packed } from './values/pack.ts'

/** What a store is given to keep. */
export interface CacheEntry {
  readonly value: Packed
  /** About what the value takes in memory. */
  readonly bytes: number
  /** How long it is fresh, more than 0. `Infinity`: as long as the store has room for it. */
  readonly ttlMs: number
  /** How much longer it is kept, for those who take a stale value. */
  readonly staleMs: number
  readonly tags: readonly string[]
}

/** What a store found. */
export interface CacheHit {
  readonly value: Packed
  /** 0 while it is fresh; from then on for how many milliseconds it has been stale, the one under way included. */
  readonly staleForMs: number
  /** What is left of the entry, for a store in front of this one. */
  readonly rest?: CacheEntry
}

/**
 * A moment, as a store sees it: what is set with a fence is not set when it was invalidated after that moment.
 * Each store has its own; undefined when the store cannot say, and then nothing should be set.
 */
export type Fence = object | undefined

export interface FenceOptions {
  /** Whether what others began to load before is `outdated`: this will be newer. @default false */
  readonly supersedes?: boolean
}

/**
 * `outdated`: something that covers the key was invalidated after the fence. `lost`: the store could not keep it, for
 * another reason.
 */
export type SetOutcome = 'stored' | 'outdated' | 'lost'

/**
 * Keeps packed values. A store never rejects: what it cannot answer is a miss, what it cannot keep is `lost`, and what
 * it cannot invalidate now it makes up for before it answers again.
 *
 * The group of a key is what stands before its first colon; keys without one have none. Invalidation of a group or a tag
 * takes the same time however many entries there are.
 */
export interface CacheStore {
  get(key: string): Promise<CacheHit | undefined>
  /** In the order of the keys. */
  getMany(keys: readonly string[]): Promise<readonly (CacheHit | undefined)[]>
  /** The tags are those of the entry to come. */
  fence(key: string, tags: readonly string[], options?: FenceOptions): Promise<Fence>
  /** Without a fence it is set in any case, and what was begun to be loaded before is `outdated`. */
  set(key: string, entry: CacheEntry, fence?: Fence): Promise<SetOutcome>
  delete(keys: readonly string[]): Promise<void>
  /** Deletes keys that consist of these parts with anything between them. */
  deletePattern(parts: readonly string[]): Promise<void>
  deleteGroup(group: string): Promise<void>
  invalidateTags(tags: readonly string[]): Promise<void>
  /** Deletes every entry of this store and nothing else. */
  clear(): Promise<void>
  close(): Promise<void>
  /** Looks into memory, for stores that have the key there. */
  peek?(key: string): CacheHit | undefined
  /** Gives one of all processes the right to load a key; `taken` when another has it, undefined if nobody can say. */
  lease?(key: string, leaseMs: number): Promise<Lease | 'taken' | undefined>
}

export interface Lease {
  release(): Promise<void>
}

/** The same for callers that cannot wait: memory. */
export interface SyncCacheStore {
  readonly sync: true
  get(key: string): CacheHit | undefined
  /** For an entry whose tags are not known yet, none: then any tag that is invalidated makes it outdated. */
  fence(key: string, tags: readonly string[]): Fence
  set(key: string, entry: CacheEntry, fence?: Fence): SetOutcome
  delete(keys: readonly string[]): void
  deletePattern(parts: readonly string[]): void
  deleteGroup(group: string): void
  invalidateTags(tags: readonly string[]): void
  clear(): void
  close(): void
}

/** Returns what stands before the first colon of a key; nothing, which no pattern names, when there is none. */
export function groupOf(key: string): string {
  return key.slice(0, Math.max(0, key.indexOf(':')))
}
