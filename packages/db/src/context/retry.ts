/** Waits longer each time, and never as long as the others do: two that collided must not collide again. */
export function waitBeforeRetry(attempt: number): Promise<void> {
  const ms = Math.min(10 * 2 ** attempt, 200) * (0.5 + Math.random())
  return new Promise((resolve) => setTimeout(resolve, ms))
}
