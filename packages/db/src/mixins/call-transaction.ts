import type { Ambient } from '../context/ambient.ts'
import { ownTransaction } from '../context/transactions.ts'
import { DbError } from '../errors.ts'
import { checkHandle, type HookCall } from '../prisma-internals.ts'

/** What it takes to begin a transaction. */
export interface TransactionSource {
  readonly client: object
  readonly ambient: Ambient
}

/**
 * Runs several statements for one call, in the call's transaction; outside of one, in a transaction of their own.
 *
 * @throws DbError `NOT_IN_BATCH`
 */
export async function inCallTransaction<T>(
  hooked: HookCall,
  { ambient, client }: TransactionSource,
  run: (hooked: HookCall) => Promise<T>,
): Promise<T> {
  requireNoBatch(hooked)
  if (hooked.__internalParams.transaction) return run(hooked)
  return ambient.transact(
    client,
    async (tx) => {
      const transaction = checkHandle(await ambient.handleOf(tx))
      return run({ ...hooked, __internalParams: { ...hooked.__internalParams, transaction } })
    },
    ownTransaction,
  )
}

/** @throws DbError `NOT_IN_BATCH` */
export function requireNoBatch({ model, operation, __internalParams: { transaction } }: HookCall): void {
  if (transaction?.kind !== 'batch') return
  throw new DbError(
    'NOT_IN_BATCH',
    `${model}.${operation} takes several statements here, and Prisma's batch has one for each call: use $transaction of the client with mixins`,
  )
}
