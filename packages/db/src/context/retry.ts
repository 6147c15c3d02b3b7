/** Prisma's codes for what may work the next time: a conflict with another transaction, and SQLite's busy file. */
const retryable: readonly unknown[] = ['P2034', 'P1008', 'WRITE_CONFLICT']

/** Tells whether a transaction failed because of another one, and may succeed when it is run again. */
export function isRetryable(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (retryable.includes((cause as { code?: unknown }).code)) return true
  }
  return false
}

/** Waits longer each time, and never as long as the others do: two that collided must not collide again. */
export function waitBeforeRetry(attempt: number): Promise<void> {
  const ms = Math.min(10 * 2 ** attempt, 200) * (0.5 + Math.random())
  return new Promise((resolve) => setTimeout(resolve, ms))
}
