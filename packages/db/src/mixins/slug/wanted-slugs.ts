import { DbError } from '../../errors.ts'
import { type HookCall, queryBeside } from '../../prisma-internals.ts'
import type { WrittenRow } from '../../rewrite/graph.ts'
import type { Rewritten } from '../../rewrite/rewrite-call.ts'
import { isAbsent, type Shape } from '../../rewrite/shape.ts'
import { requireNoBatch } from '../call-transaction.ts'
import { givenSlug } from './slug-rules.ts'
import type { SlugTable, SlugTables } from './slug-tables.ts'
import { slugify } from './slugify.ts'
import { sourceText } from './source-text.ts'

/** A slug that a row is to get. */
export interface WantedSlug {
  readonly table: SlugTable
  /** Sent to the database, with the slug that is put into it. */
  readonly data: Record<string, unknown>
  /** The slug it would have if no other row had it. Empty where its text gives none. */
  readonly base: string
  /** Of a row that there is already: what it is. */
  readonly own?: Shape
}

/**
 * Finds the rows of a call that need slugs: new ones that bring none, and those whose slug follows a change.
 *
 * @throws DbError `NOT_IN_BATCH`, `SLUG_UPDATE`
 */
export async function wantedSlugs(
  hooked: HookCall,
  { writtenRows, operation, args }: Rewritten,
  tables: SlugTables,
): Promise<WantedSlug[]> {
  const wanted: WantedSlug[] = []
  for (const row of writtenRows) {
    const table = tables.get(row.model)
    if (!table || !needsSlug(row, table)) continue
    requireNoBatch(hooked)
    const slug = row.isNew ? newSlug(row.data, table) : await changedSlug(row, table)
    if (slug) wanted.push(slug)
  }
  return wanted

  /** Nothing where there is no such row, or its text comes to the same. */
  async function changedSlug({ data, model }: WrittenRow, table: SlugTable): Promise<WantedSlug | undefined> {
    const {
      slug,
      model: { key },
    } = table
    const change = operation === 'update' ? args['data'] : operation === 'upsert' ? args['update'] : undefined
    if (data !== change) throw cannotFollow(table)
    const select = Object.fromEntries([...key, ...slug.from, ...table.beside].map((name) => [name, true]))
    const find = { model, operation: 'findUnique', args: { where: args['where'], select } }
    const found = (await queryBeside(find, hooked)) as Shape | null
    if (!found) return undefined
    const given = Object.fromEntries(Object.entries(data).filter(([, value]) => !isAbsent(value)))
    const { base } = newSlug({ ...found, ...given }, table)
    if (base === newSlug(found, table).base) return undefined
    return { table, data, base, own: found }
  }
}

function needsSlug({ data, isNew }: WrittenRow, { slug }: SlugTable): boolean {
  if (givenSlug(data, slug) !== undefined) return false
  return isNew || (slug.onUpdate && slug.from.some((name) => !isAbsent(data[name])))
}

function newSlug(data: Record<string, unknown>, table: SlugTable): WantedSlug {
  const { from, maxLength } = table.slug
  return { table, data, base: slugify(sourceText(data, from), maxLength) }
}

function cannotFollow({ model, slug }: SlugTable): DbError {
  return new DbError(
    'SLUG_UPDATE',
    `"${slug.field}" of ${model.name} follows ${slug.from.join(', ')}, and cannot in a nested update or one of many rows: update the row itself, or give it a slug`,
  )
}
