import { type Duration, millisecondsOf } from './duration.ts'
import { CacheError } from './errors.ts'

/** How long a value is kept, and what invalidates it. */
export interface WriteOptions {
  /** How long it is fresh: `'5m'`, `'forever'`. @default the cache's `defaultTtl` */
  readonly ttl?: Duration | 'forever'
  /** The same in milliseconds. 0: it is not kept; `Infinity`: for ever. */
  readonly ttlMs?: number
  /** How long after that it is still served, while one load behind it gets a fresh one. @default 0 */
  readonly stale?: Duration
  readonly staleMs?: number
  /** How long after `ttl` it is served if a load fails, at least `stale`. Callers wait for the load first. @default 0 */
  readonly staleIfError?: Duration
  readonly staleIfErrorMs?: number
  /** Names that `invalidateTags` takes: not empty, no control characters, up to 512 characters. */
  readonly tags?: readonly string[]
}

/** What the options of a write come to. A class, not a literal: see `LoadWork`. */
export class WritePlan {
  readonly ttlMs: number
  readonly staleMs: number
  readonly staleIfErrorMs: number
  readonly tags: readonly string[]

  constructor(ttlMs: number, staleMs: number, staleIfErrorMs: number, tags: readonly string[]) {
    this.ttlMs = ttlMs
    this.staleMs = staleMs
    this.staleIfErrorMs = Math.max(staleMs, staleIfErrorMs)
    this.tags = tags
  }
}

/** @throws CacheError `CACHE_OPTION_INVALID` */
export function planOf(options: WriteOptions, defaultTtlMs: number): WritePlan {
  const staleMs = finite('stale', millisecondsOf('stale', options.stale, options.staleMs) ?? 0)
  const ifErrorMs = millisecondsOf('staleIfError', options.staleIfError, options.staleIfErrorMs) ?? 0
  const staleIfErrorMs = finite('staleIfError', ifErrorMs)
  const ttlMs = millisecondsOf('ttl', options.ttl, options.ttlMs) ?? defaultTtlMs
  const tags = options.tags === undefined ? noTags : checkTags(options.tags)
  return new WritePlan(ttlMs, staleMs, staleIfErrorMs, tags)
}

const noTags: readonly string[] = []

/** Returns the tags, each once. @throws CacheError `CACHE_OPTION_INVALID` for what cannot be a tag */
export function checkTags(tags: readonly string[]): readonly string[] {
  if (!Array.isArray(tags)) throw new CacheError('CACHE_OPTION_INVALID', 'tags must be a list')
  for (const tag of tags) {
    if (typeof tag !== 'string' || !wellFormed.test(tag)) {
      throw new CacheError('CACHE_OPTION_INVALID', `${JSON.stringify(tag)} cannot be a tag`)
    }
  }
  return tags.length < 2 ? tags : [...new Set(tags)]
}

const wellFormed = /^[^\p{Cc}\p{Cs}]{1,512}$/u

function finite(name: string, value: number): number {
  if (value === Number.POSITIVE_INFINITY) throw new CacheError('CACHE_OPTION_INVALID', `${name} must end`)
  return value
}
