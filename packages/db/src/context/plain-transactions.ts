import { checkHandle, type TransactionHandle } from '../prisma-internals.ts'
import { createLevel, type Level, type TransactionClient } from './level.ts'

/** Prisma's own transactions, without a unit of work, whose calls have a level as well. */
export interface PlainTransactions {
  levelOf(transaction: TransactionHandle | undefined): Level | undefined
  /** The function of a transaction, with its level. A batch stays what it is. */
  leveled<W>(work: W): W
}

export function createPlainTransactions(
  handleOf: (tx: TransactionClient) => Promise<TransactionHandle | undefined>,
): PlainTransactions {
  /** By what identifies the transaction. */
  const levels = new Map<unknown, Level>()
  return {
    levelOf: (transaction) => levels.get(transaction?.id),
    leveled<W>(work: W): W {
      if (typeof work !== 'function') return work
      return (async (tx: TransactionClient) => {
        const handle = checkHandle(await handleOf(tx))
        const outer = levels.get(handle.id)
        levels.set(handle.id, createLevel(tx, { handle, committed: false }))
        try {
          return await work(tx)
        } finally {
          if (outer) levels.set(handle.id, outer)
          else levels.delete(handle.id)
        }
      }) as W
    },
  }
}
