import { isTransactionClient, providerOf } from '../prisma-internals.ts'
import { findAmbient } from './ambient.ts'
import type { TransactionClient } from './level.ts'
import { runSavepoint } from './savepoint.ts'

/** Of a transaction nobody asked for: Prisma's own limits, 2 and 5 seconds, are for what a person waits for. */
export const ownTransaction = { maxWait: 30_000, timeout: 300_000 }

/** Runs several statements, all or none: in a transaction, or in a savepoint of the one the client is in. */
export async function allOrNone<R>(client: object, fn: (tx: object) => Promise<R>): Promise<R> {
  const ambient = findAmbient(client)
  const level = ambient?.current()
  if (ambient && level) return runSavepoint(ambient, level, fn)
  return (client as TransactionClient).$transaction(fn, isTransactionClient(client) ? {} : ownTransaction)
}

/** Runs several statements in the transaction the client is in, or in one of their own. */
export async function inTransaction<R>(client: object, fn: (tx: object) => Promise<R>): Promise<R> {
  return isInside(client) ? fn(client) : allOrNone(client, fn)
}

/**
 * Runs a statement that may fail without ending the transaction the client is in: PostgreSQL, alone, ends it with the
 * first error.
 */
export async function inSavepoint<R>(client: object, fn: (tx: object) => Promise<R>): Promise<R> {
  return providerOf(client) === 'postgresql' && isInside(client) ? allOrNone(client, fn) : fn(client)
}

/** Whether what is called on a client now runs in a transaction. */
export function isInside(client: object): boolean {
  return isTransactionClient(client) || findAmbient(client)?.current() !== undefined
}
