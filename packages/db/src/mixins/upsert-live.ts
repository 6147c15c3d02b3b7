import { translateDatabaseError } from '../database-errors/translate-database-error.ts'
import { DbError } from '../errors.ts'
import type { HookCall } from '../prisma-internals.ts'
import type { Rewritten } from '../rewrite/rewrite-call.ts'
import { runCall } from './run-call.ts'

/**
 * Upserts among live rows, which is a read and a write for the database: another call may create the row in between.
 * Then it is there to be updated, once. In a transaction nothing is repeated: the failed statement may have ended it,
 * and it may not see the other's row.
 */
export async function upsertLive(hooked: HookCall, rewritten: Rewritten): Promise<unknown> {
  try {
    return await runCall(hooked, rewritten)
  } catch (error) {
    if (hooked.__internalParams.transaction || !is('UNIQUE_VIOLATION', error)) throw error
    const { create: _, update: data, ...args } = rewritten.args
    return await runCall(hooked, { ...rewritten, operation: 'update', args: { ...args, data } }).catch(
      (another: unknown) => {
        throw is('NOT_FOUND', another) ? error : another // it was another unique key
      },
    )
  }
}

function is(code: DbError['code'], error: unknown): boolean {
  const translated = translateDatabaseError(error)
  return translated instanceof DbError && translated.code === code
}
