import type { Logger } from '@fastkit/contracts'

export type Warn = (fields: object, message: string) => void

/** Makes a function that writes a warning at most every ten seconds, with how many were left out. Never throws. */
export function occasionally(logger: Pick<Logger, 'warn'> | undefined): Warn {
  let nextAt = Number.NEGATIVE_INFINITY
  let leftOut = 0
  return (fields, message) => {
    const now = performance.now()
    if (now < nextAt) {
      leftOut++
      return
    }
    nextAt = now + 10_000
    try {
      logger?.warn({ ...fields, leftOut }, message)
    } catch {
      // A log that does not work must not fail whoever has something to say, and there is nobody else to tell.
    }
    leftOut = 0
  }
}
