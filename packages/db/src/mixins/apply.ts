import type { Clock } from '@fastkit/contracts'
import type { HookCall } from '../prisma-internals.ts'
import type { Graph } from '../rewrite/graph.ts'
import { rewriteCall } from '../rewrite/rewrite-call.ts'
import { type Deletions, deleteWithChildren, restore } from './deletions.ts'
import { oneRow } from './one-row.ts'
import { runCall } from './run-call.ts'
import { type Scope, scopeCondition } from './soft-delete.ts'
import { upsertLive } from './upsert-live.ts'

export interface Applying extends Deletions {
  readonly graph: Graph
  /** The argument that carries a scope. */
  readonly scopeKey: string
  readonly clock: Clock
}

/** The query hook of all models: one call in, and as many statements out as the rules take. One, mostly. */
export function createHook(applying: Applying): (hooked: HookCall) => Promise<unknown> {
  const { graph, metadata, softDelete, cascades, scopeKey, clock } = applying

  return async function applyMixins(hooked) {
    const { model = '', operation, args: given = {}, query } = hooked
    if (!graph.models.get(model)?.reaches) return query(given)
    const { [scopeKey]: scope, ...args } = given as { readonly [scopeKey]?: Scope }
    const field = softDelete.get(model)
    const now = new Date(clock.now())
    const rewritten = rewriteCall(
      graph,
      { model, operation, args },
      {
        now,
        force: scope === 'force',
        ...(scope && field !== undefined && { root: scopeCondition(field, scope) }),
      },
    )
    if (scope) {
      const narrowed = { ...rewritten, args: await oneRow(hooked, metadata, rewritten) }
      return scope === 'restore' ? restore(hooked, narrowed, { applying, now }) : runCall(hooked, narrowed)
    }
    if ([...rewritten.deletes].some((deleted) => cascades.has(deleted))) {
      return deleteWithChildren(hooked, rewritten, { applying, now })
    }
    if (operation === 'upsert' && field !== undefined) return upsertLive(hooked, rewritten)
    return runCall(hooked, rewritten)
  }
}
