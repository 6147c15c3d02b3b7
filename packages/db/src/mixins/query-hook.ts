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
import type { TextMerge } from './translatable/split-texts.ts'
import type { Translatable } from './translatable/translatable.ts'
import { upsertLive } from './upsert-live.ts'

/** What the mixins of a client come to, and what it takes to run statements on it. */
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

/** What holds for all statements of one call. */
interface CallContext {
  readonly applying: Applying
  readonly view: DeletedView | undefined
  readonly checksForeignKeys: boolean
  readonly merges: readonly TextMerge[]
  readonly now: Date
}

/**
 * The query hook of all models: one call in, and as many statements out as the rules take. One, mostly. Each step below
 * adds its own statements around the next: slugs, foreign keys, texts, the call itself.
 */
export function createHook(applying: Applying): (hooked: HookCall) => Promise<unknown> {
  const { graph, softDelete, viewKey, clock, checkForeignKeys, checkKey, translatable } = applying

  return async function applyMixins(hooked) {
    const { model = '', operation, args: allArgs = {}, query } = hooked
    if (!graph.models.get(model)?.reaches) return query(allArgs)
    const { [viewKey]: given, [checkKey]: checks, [localeKey]: named, ...own } = allArgs as Shape
    const view = given as DeletedView | undefined
    const locale = (named as string | undefined) ?? translatable?.currentLocale()
    const split =
      locale === undefined ? undefined : translatable?.split({ model, operation, args: own }, locale)
    const { args, merges } = split ?? { args: own, merges: [] }
    const now = new Date(clock.now())
    const call = { model, operation, args }
    const options = { now, locale, ...rootOptions(softDelete.get(model), view) }
    const context = { applying, view, checksForeignKeys: checkForeignKeys || checks === true, merges, now }
    const upserts = owningUpserts(graph, call)
    if (upserts.length === 0) return withSlugs(hooked, rewriteCall(graph, call, options), context)
    return inCallTransaction(hooked, applying, async (within) => {
      const decided = await decideUpserts(within, upserts, { graph, call, options })
      return withSlugs(within, rewriteCall(graph, decided, options), context)
    })
  }
}

function rootOptions(
  deletedAt: string | undefined,
  view: DeletedView | undefined,
): Pick<RewriteOptions, 'force' | 'root'> {
  return {
    force: view === 'force',
    ...(view && deletedAt !== undefined && { root: viewCondition(deletedAt, view) }),
  }
}

async function withSlugs(hooked: HookCall, rewritten: Rewritten, context: CallContext): Promise<unknown> {
  return rewritten.writtenRows.length === 0
    ? withForeignKeys(hooked, rewritten, context)
    : sendWithSlugs(hooked, rewritten, context.applying, (again) =>
        withForeignKeys(again, rewritten, context),
      )
}

async function withForeignKeys(
  hooked: HookCall,
  rewritten: Rewritten,
  context: CallContext,
): Promise<unknown> {
  const { pointers } = rewritten
  if (!context.checksForeignKeys || pointers.length === 0) return withTexts(hooked, rewritten, context)
  return inCallTransaction(hooked, context.applying, async (within) => {
    await checkPointers(within, pointers, context.applying.softDelete)
    return withTexts(within, rewritten, context)
  })
}

async function withTexts(hooked: HookCall, rewritten: Rewritten, context: CallContext): Promise<unknown> {
  const { applying, view, merges, now } = context
  if (merges.length === 0) return execute(hooked, rewritten, context)
  const merging = {
    applying,
    merges,
    now,
    send: (on: HookCall, rest: Rewritten) => execute(on, rest, context),
  }
  if (!view) return mergeTexts(hooked, rewritten, merging)
  return inCallTransaction(hooked, applying, async (within) => {
    const args = await narrowToOneRow(within, applying.metadata, rewritten)
    return mergeTexts(within, { ...rewritten, args }, merging)
  })
}

/** Deletions and restorations take along what belongs to the row, a view is of one row, an upsert among live ones. */
async function execute(hooked: HookCall, rewritten: Rewritten, context: CallContext): Promise<unknown> {
  const { applying, view, now } = context
  if (view && !isSoftDeletion(hooked, view)) {
    const narrowed = { ...rewritten, args: await narrowToOneRow(hooked, applying.metadata, rewritten) }
    return view === 'restore' ? restore(hooked, narrowed, { applying, now }) : runCall(hooked, narrowed)
  }
  if (hasCascade(rewritten, applying)) return deleteWithChildren(hooked, rewritten, { applying, now })
  return rewritten.operation === 'upsert' && applying.softDelete.has(hooked.model ?? '')
    ? upsertLive(hooked, rewritten)
    : runCall(hooked, rewritten)
}

function isSoftDeletion({ operation }: HookCall, view: DeletedView): boolean {
  return view !== 'force' && (operation === 'delete' || operation === 'deleteMany')
}

function hasCascade({ deletes }: Rewritten, { cascades }: Applying): boolean {
  for (const model of deletes) if (cascades.has(model)) return true
  return false
}
