import { AsyncLocalStorage } from 'node:async_hooks'
import type { adapterFor } from '../adapters.ts'
import { watchedAdapter } from '../watched-adapter.ts'

type Adapter = ReturnType<typeof adapterFor>

/**
 * Counts the inserts that are sent while a piece of code runs, of many that run at once. One that ends in a deadlock
 * does not count: it was refused before its values were looked at.
 */
export function countInserts(adapter: Adapter): {
  readonly adapter: Adapter
  /** Adds the number to `counts`, whether the work fails or not. */
  during<T>(work: () => PromiseLike<T>, counts: number[]): Promise<T>
} {
  const storage = new AsyncLocalStorage<{ inserts: number }>()
  const watched = watchedAdapter(
    adapter,
    (sql) => count(sql, 1),
    (sql, error) => {
      if (isDeadlock(error)) count(sql, -1)
    },
  )
  return { adapter: watched, during }

  function count(sql: string, step: number): void {
    const counted = storage.getStore()
    if (counted && sql.startsWith('INSERT')) counted.inserts += step
  }

  async function during<T>(work: () => PromiseLike<T>, counts: number[]): Promise<T> {
    const counted = { inserts: 0 }
    try {
      return await storage.run(counted, async () => await work())
    } finally {
      counts.push(counted.inserts)
    }
  }
}

/** As driver adapters tell of one. */
function isDeadlock(error: unknown): boolean {
  return (
    error instanceof Error &&
    (error.cause as { kind?: string } | undefined)?.kind === 'TransactionWriteConflict'
  )
}
