import { reasonOf } from '../../database-errors/reason-of.ts'
import type { Metadata } from '../../metadata/metadata.ts'
import type { HookCall } from '../../prisma-internals.ts'
import type { Rewritten } from '../../rewrite/rewrite-call.ts'
import { isShape } from '../../rewrite/shape.ts'
import type { TransactionSource } from '../call-transaction.ts'
import { chooseSlugs, findTaken, putRandomTail, slugOf } from './choose-slugs.ts'
import { isSlugTaken } from './is-slug-taken.ts'
import { givenSlug } from './slug-rules.ts'
import type { SlugTable, SlugTables } from './slug-tables.ts'
import { type WantedSlug, wantedSlugs } from './wanted-slugs.ts'

/** What is known of a client's slugs. */
export interface Slugging extends TransactionSource {
  readonly metadata: Metadata
  readonly slugs: SlugTables
}

type Send = (hooked: HookCall) => Promise<unknown>

const attempts = 3

/**
 * Puts slugs into the rows of a call and sends it, again with others when another call was faster: first with the next
 * free numbers, then with random ends. A deadlock, where slugs are not compared, is another matter: the call is sent
 * again up to twice, but in a transaction that is for `run` to do.
 * Whatever else fails is the caller's to handle, a slug of its own included.
 *
 * @throws DbError `NOT_IN_BATCH`, `SLUG_UPDATE`
 */
export async function sendWithSlugs(
  hooked: HookCall,
  rewritten: Rewritten,
  slugging: Slugging,
  send: Send,
): Promise<unknown> {
  const { slugs, ambient } = slugging
  const wanted = await wantedSlugs(hooked, rewritten, slugs)
  if (wanted.length === 0) return send(hooked)
  const tables = [...new Set(wanted.map(({ table }) => table))]
  const refused = new Map(tables.map((table) => [table, givenSlugs(rewritten, table)]))
  if (!hooked.__internalParams.transaction) return choosing(send)
  const level = ambient.levelOf(hooked)
  if (!level) return choosing(send, 1) // a transaction that somebody else began, and nothing in it can take turns
  const inSavepoint = leavesTraces(hooked, rewritten, slugging.metadata)
  // Alone in any case: of calls made at once in a transaction, Prisma drops those after one that fails.
  return level.exclusivelyWithinCall(() =>
    choosing(inSavepoint ? (on) => ambient.transact(level.tx, () => send(on)) : send),
  )

  async function choosing(sendOnce: Send, most = attempts): Promise<unknown> {
    await choose(wanted)
    for (let clashes = 0, deadlocks = 0; ; ) {
      try {
        return await sendOnce(hooked)
      } catch (error) {
        const table = tables.find((each) => isSlugTaken(error, each))
        if (table ? ++clashes === most : !wasDeadlock(error) || ++deadlocks === most) throw error
        const lost = table ? await refuse(table) : wanted
        if (clashes < 2) await choose(lost)
        else if (table) lost.forEach(putRandomTail)
      }
    }
  }

  async function choose(rows: readonly WantedSlug[]): Promise<void> {
    for (const table of tables) await chooseSlugs(hooked, rowsOf(table, rows), refusedIn(table))
  }

  /** MariaDB makes one of two inserts of a slug that was just deleted. In a transaction, there is more to repeat. */
  function wasDeadlock(error: unknown): boolean {
    return !hooked.__internalParams.transaction && reasonOf(error) === 'writeConflict'
  }

  /** The rows whose slug another row has. A transaction may not see that one: then any of them may be meant. */
  async function refuse(table: SlugTable): Promise<readonly WantedSlug[]> {
    const rows = rowsOf(table, wanted)
    const seen = rows.length > 1 ? await findTaken(hooked, rows) : rows
    for (const row of rows) refusedIn(table).add(slugOf(row))
    return seen.length > 0 ? seen : rows
  }

  function refusedIn(table: SlugTable): Set<string> {
    return refused.get(table) as Set<string>
  }
}

function rowsOf(table: SlugTable, rows: readonly WantedSlug[]): WantedSlug[] {
  return rows.filter((row) => row.table === table)
}

/** What the call gives to other rows of the table. */
function givenSlugs({ writtenRows }: Rewritten, { model, slug }: SlugTable): Set<string> {
  const given = writtenRows.filter((row) => row.model === model.name).map(({ data }) => givenSlug(data, slug))
  return new Set(given.filter((each) => typeof each === 'string'))
}

/**
 * Whether a call that fails in a transaction may leave something behind: on PostgreSQL, a transaction that is over; in
 * the others, what it wrote before it came to the slug. Only a savepoint can undo that.
 */
function leavesTraces(
  { model = '' }: HookCall,
  { operation, args }: Rewritten,
  { provider, models }: Metadata,
): boolean {
  if (provider === 'postgresql' || !['create', 'update', 'upsert'].includes(operation)) return true
  const data = [args['data'], args['create'], args['update']].filter(isShape)
  const fields = models.get(model)?.fields
  return data.some((row) => Object.keys(row).some((name) => fields?.get(name)?.relation))
}
