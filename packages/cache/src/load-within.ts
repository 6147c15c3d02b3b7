import { CacheError } from './errors.ts'

/** Calls a function; its promise is waited for at most `timeoutMs` when that is given. */
export function loadWithin<Value>(
  key: string,
  load: () => Value | Promise<Value>,
  timeoutMs: number | undefined,
): Value | Promise<Value> {
  const isLimited = timeoutMs !== undefined && timeoutMs <= longestTimerMs
  return isLimited ? loadInTime(key, load, timeoutMs) : load()
}

async function loadInTime<Value>(
  key: string,
  load: () => Value | Promise<Value>,
  timeoutMs: number,
): Promise<Value> {
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
