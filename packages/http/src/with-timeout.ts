/** Runs something, and rejects when it has not settled in time. What it does afterwards nobody hears. */
export function withTimeout<T>(run: () => T | Promise<T>, timeoutMs: number): Promise<T> {
  // By hand: Promise.race and finally wait for several more turns, in the path of every request that is counted.
  return new Promise((resolve, reject) => {
    let settled = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const settle = () => {
      settled = true
      clearTimeout(timer)
    }
    const fail = (error: unknown) => {
      settle()
      reject(error)
    }
    try {
      Promise.resolve(run()).then((result) => {
        settle()
        resolve(result)
      }, fail)
    } catch (error) {
      fail(error)
    }
    // A turn later: what is at hand in memory has settled by then, and needs no timer, the dearest part of all this.
    void Promise.resolve().then(() => {
      if (settled) return
      const late = () => reject(new Error(`No answer within ${timeoutMs} ms`))
      timer = setTimeout(late, Math.min(timeoutMs, maxTimeoutMs))
    })
  })
}

/** What timers can hold; more would fire at once. */
const maxTimeoutMs = 2 ** 31 - 1
