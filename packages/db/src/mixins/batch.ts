import type { Ambient } from '../context/ambient.ts'
import type { TransactionClient } from '../context/level.ts'
import { checkHandle, isPendingCall } from '../prisma-internals.ts'

type Transaction = (this: unknown, calls: unknown, options?: object) => Promise<unknown>

/**
 * Runs `$transaction([…])` as a transaction with a function, one call after the other. Prisma's own counts the
 * statements of a batch beforehand, and a call may take several here. Both have the same time limits.
 */
export function batchInTurn($transaction: TransactionClient['$transaction'], ambient: Ambient): Transaction {
  const original = $transaction as unknown as Transaction
  return function transaction(calls, options) {
    if (!Array.isArray(calls) || !calls.every(isPendingCall)) return original.call(this, calls, options)
    return original.call(
      this,
      async (tx: TransactionClient) => {
        const handle = checkHandle(await ambient.handleOf(tx))
        const results: unknown[] = []
        for (const call of calls) results.push(await call.requestTransaction(handle))
        return results
      },
      options,
    )
  }
}
