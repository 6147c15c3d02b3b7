import { DbError } from '../errors.ts'

/**
 * Waits for work no longer than `timeoutMs`. The work itself goes on; when it fails later, nobody hears of it.
 *
 * @throws DbError `DATABASE_TIMEOUT`
 */
export async function withDeadline<T>(work: PromiseLike<T>, timeoutMs: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new DbError('DATABASE_TIMEOUT', `No answer within ${timeoutMs} ms`)),
      Math.min(timeoutMs, maxTimeoutMs),
    )
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

/** What timers can hold; more would fire at once. */
const maxTimeoutMs = 2 ** 31 - 1
