import type { StandardSchemaV1 } from '@standard-schema/spec'
import { millisecondsOf } from './duration.ts'
import { CacheError } from './errors.ts'
import { planOf, type WriteOptions, type WritePlan } from './write-options.ts'

/** How a value is loaded and kept. */
export interface LoadOptions extends WriteOptions {
  /** What a cached value must look like; one that does not, as an older version of the app may have left, is a miss. */
  readonly schema?: StandardSchemaV1
  /**
   * Lets one process at a time load a key, of all that share the store, for so long at most. The others wait. Stores in
   * memory have nobody to share with. Absent or 0, and for `refresh`: each process loads for
   * itself.
   */
  readonly leaseMs?: number
  /**
   * All who wait for a load wait no longer, but for a lease before it; the next begins a new one. More than 0. Absent or
   * `Infinity`: as long as it takes.
   */
  readonly loadTimeoutMs?: number
}

/** @throws CacheError `CACHE_OPTION_INVALID` */
export function planOfLoad(options: LoadOptions, defaultTtlMs: number): WritePlan {
  if (millisecondsOf('lease', undefined, options.leaseMs) === Number.POSITIVE_INFINITY) {
    throw new CacheError('CACHE_OPTION_INVALID', 'leaseMs must end')
  }
  if (millisecondsOf('loadTimeout', undefined, options.loadTimeoutMs) === 0) {
    throw new CacheError('CACHE_OPTION_INVALID', 'loadTimeoutMs must be more than 0')
  }
  return planOf(options, defaultTtlMs)
}
