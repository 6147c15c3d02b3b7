/** Runs something, and rejects when it has not settled in time. What it does afterwards nobody hears. */
export function withTimeout<T>(run: () => T | Promise<T>, timeoutMs: number): Promise<T> {
  // By hand: Promise.race and finally wait for several more turns, in the path of every request that is counted.
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`No answer within ${timeoutMs} ms`)),
      Math.min(timeoutMs, maxTimeoutMs),
    )
    const fail = (error: unknown) => {
      clearTimeout(timer)
      reject(error)
    }
    try {
      Promise.resolve(run()).then((result) => {
        clearTimeout(timer)
        resolve(result)
      }, fail)
    } catch (error) {
      fail(error)
    }
  })
}

/** What timers can hold; more would fire at once. */
const maxTimeoutMs = 2 ** 31 - 1
