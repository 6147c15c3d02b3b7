import { DbError } from '../errors.ts'

/**
 * Returns what a call of Prisma returned. Prisma makes a batch of the calls of one tick in its own `$transaction`, and
 * leaves those after a failure out: they return `undefined`.
 *
 * @throws DbError `DATABASE_ERROR` for a call that was left out
 */
export function ran<R>(result: R): R {
  if (result !== undefined) return result
  throw new DbError('DATABASE_ERROR', 'Prisma did not run this call, since another one beside it failed')
}
