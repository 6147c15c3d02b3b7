import { isTransactionClient, providerOf } from '../prisma-internals.ts'
import { findAmbient } from './ambient.ts'
import type { TransactionClient } from './level.ts'
import { runSavepoint } from './savepoint.ts'

/** Of a transaction nobody asked for: Prisma's own limits, 2 and 5 seconds, are for what a person waits for. */
export const ownTransaction = { maxWait: 30_000, timeout: 300_000 }

/** Runs a function in a transaction: the one the client is in already, else one of its own. */
export async function inTransaction<R>(client: object, fn: (tx: object) => Promise<R>): Promise<R> {
  if (isInside(client)) return fn(client)
  return (client as TransactionClient).$transaction(fn, ownTransaction)
}

/**
 * Runs a statement that may fail without ending the transaction the client is in: PostgreSQL, alone, ends it with the
 * first error.
 */
export async function inSavepoint<R>(client: object, fn: (tx: object) => Promise<R>): Promise<R> {
  if (providerOf(client) !== 'postgresql') return fn(client)
  const ambient = findAmbient(client)
  const level = ambient?.current()
  if (ambient && level) return runSavepoint(ambient, level, fn)
  return isTransactionClient(client) ? (client as TransactionClient).$transaction(fn) : fn(client)
}

function isInside(client: object): boolean {
  return isTransactionClient(client) || findAmbient(client)?.current() !== undefined
}
