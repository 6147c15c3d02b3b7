import type { Clock } from '@fastkit/contracts'
import type { HookCall } from '../prisma-internals.ts'
import type { Graph } from '../rewrite/graph.ts'
import { type RewriteOptions, type Rewritten, rewriteCall } from '../rewrite/rewrite-call.ts'
import { type Deletions, deleteWithChildren, restore } from './deletions.ts'
import { checkPointers } from './foreign-keys.ts'
import { oneRow } from './one-row.ts'
import { decideUpserts, owningUpserts } from './owning-upserts.ts'
import { runCall } from './run-call.ts'
import { sendWithSlugs } from './slug/send-with-slugs.ts'
import type { SlugTables } from './slug/slug-tables.ts'
import { type Scope, scopeCondition } from './soft-delete.ts'
import { severalStatements } from './statements.ts'
import { upsertLive } from './upsert-live.ts'

export interface Applying extends Deletions {
  readonly graph: Graph
  readonly slugs: SlugTables
  /** The argument that carries a scope. */
  readonly scopeKey: string
  readonly clock: Clock
  readonly checkForeignKeys: boolean
}

/** The query hook of all models: one call in, and as many statements out as the rules take. One, mostly. */
export function createHook(applying: Applying): (hooked: HookCall) => Promise<unknown> {
  const { graph, metadata, softDelete, cascades, scopeKey, clock, checkForeignKeys } = applying

  return async function applyMixins(hooked) {
    const { model = '', operation, args: given = {}, query } = hooked
    if (!graph.models.get(model)?.reaches) return query(given)
    const { [scopeKey]: scope, ...args } = given as { readonly [scopeKey]?: Scope }
    const field = softDelete.get(model)
    const now = new Date(clock.now())
    const options: RewriteOptions = {
      now,
      force: scope === 'force',
      ...(scope && field !== undefined && { root: scopeCondition(field, scope) }),
    }
    const call = { model, operation, args }
    const upserts = owningUpserts(graph, call)
    if (upserts.length === 0) return check(hooked, rewriteCall(graph, call, options))
    return severalStatements(hooked, applying, async (within) => {
      const decided = await decideUpserts(within, upserts, { graph, call, options })
      return check(within, rewriteCall(graph, decided, options))
    })

    async function check(on: HookCall, rewritten: Rewritten): Promise<unknown> {
      return rewritten.told.length === 0
        ? checked(on, rewritten)
        : sendWithSlugs(on, rewritten, applying, (again) => checked(again, rewritten))
    }

    async function checked(on: HookCall, rewritten: Rewritten): Promise<unknown> {
      const { pointers } = rewritten
      if (!checkForeignKeys || pointers.length === 0) return send(on, rewritten)
      return severalStatements(on, applying, async (within) => {
        await checkPointers(within, pointers, softDelete)
        return send(within, rewritten)
      })
    }

    async function send(on: HookCall, rewritten: Rewritten): Promise<unknown> {
      if (scope) {
        const narrowed = { ...rewritten, args: await oneRow(on, metadata, rewritten) }
        return scope === 'restore' ? restore(on, narrowed, { applying, now }) : runCall(on, narrowed)
      }
      if ([...rewritten.deletes].some((deleted) => cascades.has(deleted))) {
        return deleteWithChildren(on, rewritten, { applying, now })
      }
      return operation === 'upsert' && field !== undefined
        ? upsertLive(on, rewritten)
        : runCall(on, rewritten)
    }
  }
}
