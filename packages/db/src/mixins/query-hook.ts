import type { Clock } from '@fastkit/contracts'
import type { HookCall } from '../prisma-internals.ts'
import type { Graph } from '../rewrite/graph.ts'
import { type RewriteOptions, type Rewritten, rewriteCall } from '../rewrite/rewrite-call.ts'
import type { Shape } from '../rewrite/shape.ts'
import { inCallTransaction } from './call-transaction.ts'
import { type Deletions, deleteWithChildren, restore } from './deletions.ts'
import { checkPointers } from './foreign-keys.ts'
import { narrowToOneRow } from './narrow-to-one-row.ts'
import { decideUpserts, owningUpserts } from './owning-upserts.ts'
import { runCall } from './run-call.ts'
import { sendWithSlugs } from './slug/send-with-slugs.ts'
import type { SlugTables } from './slug/slug-tables.ts'
import { type DeletedView, viewCondition } from './soft-delete.ts'
import { localeKey } from './translatable/in-locale.ts'
import { mergeTexts } from './translatable/merge-texts.ts'
import type { Translatable } from './translatable/translatable.ts'
import { upsertLive } from './upsert-live.ts'

export interface Applying extends Deletions {
  readonly graph: Graph
  readonly slugs: SlugTables
  /** The argument that carries a view. */
  readonly viewKey: string
  readonly clock: Clock
  readonly checkForeignKeys: boolean
  /** The argument by which a repository asks for that check. */
  readonly checkKey: string
  readonly translatable: Translatable | undefined
}

/** The query hook of all models: one call in, and as many statements out as the rules take. One, mostly. */
export function createHook(applying: Applying): (hooked: HookCall) => Promise<unknown> {
  const { graph, metadata, softDelete, cascades, viewKey, clock, checkForeignKeys, checkKey, translatable } =
    applying

  return async function applyMixins(hooked) {
    const { model = '', operation, args: allArgs = {}, query } = hooked
    if (!graph.models.get(model)?.reaches) return query(allArgs)
    const { [viewKey]: given, [checkKey]: checks, [localeKey]: locale, ...own } = allArgs as Shape
    const view = given as DeletedView | undefined
    const call = { model, operation, args: own }
    const { args, merges } = translatable?.startCall(call, locale as string | undefined) ?? {
      args: own,
      merges: [],
    }
    const field = softDelete.get(model)
    const now = new Date(clock.now())
    const options: RewriteOptions = {
      now,
      force: view === 'force',
      ...(view && field !== undefined && { root: viewCondition(field, view) }),
    }
    const begun = { ...call, args }
    const upserts = owningUpserts(graph, begun)
    if (upserts.length === 0) return check(hooked, rewriteCall(graph, begun, options))
    return inCallTransaction(hooked, applying, async (within) => {
      const decided = await decideUpserts(within, upserts, { graph, call: begun, options })
      return check(within, rewriteCall(graph, decided, options))
    })

    async function check(on: HookCall, rewritten: Rewritten): Promise<unknown> {
      return rewritten.writtenRows.length === 0
        ? checked(on, rewritten)
        : sendWithSlugs(on, rewritten, applying, (again) => checked(again, rewritten))
    }

    async function checked(on: HookCall, rewritten: Rewritten): Promise<unknown> {
      const { pointers } = rewritten
      if (!(checkForeignKeys || checks) || pointers.length === 0) return write(on, rewritten)
      return inCallTransaction(on, applying, async (within) => {
        await checkPointers(within, pointers, softDelete)
        return write(within, rewritten)
      })
    }

    async function write(on: HookCall, rewritten: Rewritten): Promise<unknown> {
      const merging = { applying, merges, now, send }
      if (merges.length === 0) return send(on, rewritten)
      if (!view) return mergeTexts(on, rewritten, merging)
      return inCallTransaction(on, applying, async (within) => {
        const narrowed = await narrowToOneRow(within, metadata, rewritten)
        return mergeTexts(within, { ...rewritten, args: narrowed }, merging)
      })
    }

    async function send(on: HookCall, rewritten: Rewritten): Promise<unknown> {
      const deletes = view !== 'force' && (operation === 'delete' || operation === 'deleteMany')
      if (view && !deletes) {
        const narrowed = { ...rewritten, args: await narrowToOneRow(on, metadata, rewritten) }
        return view === 'restore' ? restore(on, narrowed, { applying, now }) : runCall(on, narrowed)
      }
      if ([...rewritten.deletes].some((deleted) => cascades.has(deleted))) {
        return deleteWithChildren(on, rewritten, { applying, now })
      }
      return rewritten.operation === 'upsert' && field !== undefined
        ? upsertLive(on, rewritten)
        : runCall(on, rewritten)
    }
  }
}
