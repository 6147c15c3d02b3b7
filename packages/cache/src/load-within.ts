import type { LoadOptions } from './cache.ts'
import { millisecondsOf } from './duration.ts'
import { CacheError } from './errors.ts'

/** @throws CacheError `CACHE_OPTION_INVALID` for times that a load cannot have. */
export function checkWaits({ leaseMs, loadTimeoutMs }: LoadOptions): void {
  if (millisecondsOf('lease', undefined, leaseMs) === Number.POSITIVE_INFINITY) {
    throw new CacheError('CACHE_OPTION_INVALID', 'leaseMs must end')
  }
  if (millisecondsOf('loadTimeout', undefined, loadTimeoutMs) === 0) {
    throw new CacheError('CACHE_OPTION_INVALID', 'loadTimeoutMs must be more than 0')
  }
}

/** Calls a function and waits for it, at most `timeoutMs` when that is given. */
export async function loadWithin<Value>(
  key: string,
  load: () => Value | Promise<Value>,
  timeoutMs: number | undefined,
): Promise<Value> {
  if (timeoutMs === undefined || timeoutMs > longestTimerMs) return load()
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const message = `A load took more than ${timeoutMs} ms`
      reject(new CacheError('CACHE_LOAD_TIMEOUT', message, { params: { key, timeoutMs } }))
    }, timeoutMs)
  })
  try {
    return await Promise.race([load(), late])
  } finally {
    clearTimeout(timer)
  }
}

/** Twenty-four days. Longer timers end at once. */
const longestTimerMs = 2 ** 31 - 1
