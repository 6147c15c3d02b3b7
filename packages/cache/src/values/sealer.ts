import type { Logger } from '@fastkit/contracts'
import { CacheError } from '../errors.ts'
import { occasionally } from '../occasionally.ts'
import type { CacheEntry } from '../store.ts'
import type { WritePlan } from '../write-options.ts'
import { type CacheTypes, createCodec, type Measured, type Packed } from './pack.ts'

export interface SealerOptions {
  /**
   * The largest value that is kept, in bytes, about. What is larger, `getOrSet` returns without keeping it and `set`
   * refuses. @default 1048576
   */
  readonly maxValueBytes?: number
  /** Shortens each time to live by a random part, up to this: 0.1 is a tenth. So not all expire at once. @default 0 */
  readonly jitter?: number
  /** Classes that may be cached. Every process that shares a store needs the same. */
  readonly types?: CacheTypes
  /** Hears of values that cannot be cached, once in ten seconds. */
  readonly logger?: Pick<Logger, 'warn'>
  /** @default Math.random */
  readonly random?: () => number
}

/** Turns values into entries, and back. */
export interface Sealer {
  /** @throws CacheError `CACHE_VALUE_UNSUPPORTED`, `CACHE_VALUE_TOO_LARGE` */
  seal(value: unknown, plan: WritePlan): CacheEntry
  /** Undefined, after a warning, for a value that cannot be cached; without one for undefined. */
  trySeal(key: string, value: unknown, plan: WritePlan): CacheEntry | undefined
  /** Undefined when it is not readable. */
  open(packed: Packed): { readonly value: unknown } | undefined
}

export function createSealer(options: SealerOptions): Sealer {
  const { maxValueBytes = 1_048_576, jitter = 0, types, random = Math.random, logger } = options
  if (!(jitter >= 0 && jitter < 1)) throw invalid('jitter', 'from 0 up to, and not, 1', jitter)
  if (!(maxValueBytes >= 0)) throw invalid('maxValueBytes', '0 or more', maxValueBytes)
  const codec = createCodec(types)
  const warn = occasionally(logger)
  return { seal, trySeal, open }

  function seal(value: unknown, { ttlMs, staleMs, staleIfErrorMs, tags }: WritePlan): CacheEntry {
    if (value === undefined) {
      const message = 'undefined cannot be cached, it means "not there"; null can'
      throw new CacheError('CACHE_VALUE_UNSUPPORTED', message)
    }
    const packed = codec.pack(value, maxValueBytes)
    const freshMs = jitter === 0 ? ttlMs : Math.max(1, ttlMs * (1 - jitter * random()))
    return new SealedEntry(packed, freshMs, Math.max(staleMs, staleIfErrorMs), tags)
  }

  function trySeal(key: string, value: unknown, plan: WritePlan): CacheEntry | undefined {
    if (value === undefined) return undefined
    try {
      return seal(value, plan)
    } catch (error) {
      warn({ key, err: error }, 'A value cannot be cached and is returned as it is')
      return undefined
    }
  }

  function open(packed: Packed): { value: unknown } | undefined {
    try {
      return { value: codec.unpack(packed) }
    } catch {
      return undefined // somebody else wrote it: as if it were not there
    }
  }
}

/** A class, not a literal: see `LoadWork`. */
class SealedEntry implements CacheEntry {
  readonly value: Packed
  readonly bytes: number
  readonly ttlMs: number
  readonly staleMs: number
  readonly tags: readonly string[]

  constructor({ value, bytes }: Measured, ttlMs: number, staleMs: number, tags: readonly string[]) {
    this.value = value
    this.bytes = bytes
    this.ttlMs = ttlMs
    this.staleMs = staleMs
    this.tags = tags
  }
}

function invalid(name: string, expected: string, value: unknown): CacheError {
  return new CacheError('CACHE_OPTION_INVALID', `${name} must be ${expected}, not ${String(value)}`)
}
