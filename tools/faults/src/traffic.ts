/** A cache as an application uses it. */
export interface Subject {
  /** Reads by way of the cache. */
  read(key: string, load: () => Promise<unknown>): Promise<unknown>
  invalidate(key: string): Promise<unknown>
}

export interface Report {
  requests: number
  failed: number
  /** Answers that belong to another key, or are no answers. */
  wrong: number
  loads: number
  readonly times: number[]
  readonly errors: Set<string>
}

export interface Traffic {
  /** Ends it, and waits for the last request. */
  stop(): Promise<Report>
  /** What happened since the last call. */
  take(): Report
}

/** Twenty who read without a pause, each forty-first time invalidating instead. Requests that take 6 s have failed. */
export function traffic(subject: Subject, { keys = 100, readers = 20 } = {}): Traffic {
  let report = empty()
  let running = true
  const all = Promise.all(Array.from({ length: readers }, (_, reader) => run(reader)))
  return {
    async stop() {
      running = false
      await all
      return report
    },
    take() {
      const taken = report
      report = empty()
      return taken
    },
  }

  async function run(reader: number): Promise<void> {
    for (let at = reader; running; at++) {
      const key = `k:${(at * 7919) % keys}`
      const start = performance.now()
      try {
        if (at % 41 === 0) await inTime(subject.invalidate(key))
        else {
          const value = await inTime(subject.read(key, () => load(key)))
          if ((value as { key?: unknown } | undefined)?.key !== key) report.wrong++
        }
      } catch (error) {
        report.failed++
        report.errors.add(String(error))
      }
      report.requests++
      report.times.push(performance.now() - start)
      await new Promise(setImmediate)
    }
  }

  async function load(key: string): Promise<unknown> {
    report.loads++
    await new Promise(setImmediate)
    return { key, text: `value of ${key} `.repeat(10) }
  }
}

async function inTime<T>(promise: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('took 6 s')), 6000)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}

function empty(): Report {
  return { requests: 0, failed: 0, wrong: 0, loads: 0, times: [], errors: new Set() }
}

/** The quantile of a list, 0 to 1. */
export function quantile(times: readonly number[], at: number): number {
  const sorted = times.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * at))] ?? 0
}
