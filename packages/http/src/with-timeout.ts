/** Runs something, and rejects when it has not settled in time. What it does afterwards nobody hears. */
export async function withTimeout<T>(run: () => T | Promise<T>, timeoutMs: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`No answer within ${timeoutMs} ms`)),
      Math.min(timeoutMs, maxTimeoutMs),
    )
  })
  try {
    return await Promise.race([run(), timeout])
  } finally {
    clearTimeout(timer)
  }
}

/** What timers can hold; more would fire at once. */
const maxTimeoutMs = 2 ** 31 - 1
