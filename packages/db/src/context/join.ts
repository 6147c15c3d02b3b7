import type { RunOptions } from '@fastkit/contracts'
import { DbError } from '../errors.ts'
import type { Effect } from './level.ts'

/** What joining, savepoints and effects have to know of a level, in a database or in memory. */
export interface JoinableLevel {
  readonly root: { readonly committed: boolean }
  readonly effects: Effect[]
  readonly ended: boolean
}

/** Runs a function in the transaction around it. @throws DbError `JOIN_OPTIONS`, `TRANSACTION_ENDED` */
export async function join<T>(outer: JoinableLevel, fn: () => Promise<T>, options: RunOptions): Promise<T> {
  requireOpen(outer)
  if (Object.values(options).some((value) => value !== undefined)) {
    throw new DbError('JOIN_OPTIONS', 'This run joins the one around it, whose options hold: give it none')
  }
  return await fn()
}

/** The level a savepoint opens in. @throws DbError `NO_TRANSACTION`, `TRANSACTION_ENDED` */
export function requireLevel<L extends JoinableLevel>(level: L | undefined): L {
  if (!level)
    throw new DbError('NO_TRANSACTION', 'A savepoint needs a transaction around it: call it inside uow.run')
  requireOpen(level)
  return level
}

/** @throws DbError `TRANSACTION_ENDED` */
export function requireOpen(level: JoinableLevel): void {
  if (level.ended) throw transactionEnded()
}

export function transactionEnded(): DbError {
  return new DbError('TRANSACTION_ENDED', 'The transaction had ended before: an await is missing')
}
