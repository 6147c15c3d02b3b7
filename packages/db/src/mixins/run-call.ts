import { fluentPath, type HookCall, queryAs, queryWhole } from '../prisma-internals.ts'
import type { Rewritten } from '../rewrite/rewrite-call.ts'
import { isShape } from '../rewrite/shape.ts'

/** Sends a rewritten call on, and takes out of its result what should not be seen. */
export async function runCall(
  hooked: HookCall,
  { operation, args, prunes, finish }: Rewritten,
): Promise<unknown> {
  if (!prunes) return queryAs(operation, args, hooked)
  const path = fluentPath(hooked)
  if (path.length === 0) return finish(await queryAs(operation, args, hooked))
  // The row in the middle of the path may be the one that is deleted, and with it what it leads to.
  const start = finish(await queryWhole(args, hooked))
  return path.reduce<unknown>((row, field) => (isShape(row) ? (row[field] ?? null) : null), start)
}
