import fc from 'fast-check'
import type { CursorValue } from '../../src/filter/cursor-value.ts'
import { findByKeys } from '../../src/filter/find-by-keys.ts'
import { countQuery, keyQuery } from '../../src/filter/key-query.ts'
import { compareRows, type MemoryOptions, type MemoryRow, matches } from '../../src/filter/memory.ts'
import { parseFilter } from '../../src/filter/parse-filter.ts'
import { parseOrder } from '../../src/filter/parse-order.ts'
import { prismaWhere } from '../../src/filter/prisma-where.ts'
import type { Metadata } from '../../src/metadata/metadata.ts'
import { metadataOf } from '../../src/metadata/metadata-of.ts'
import type { Provider } from '../adapters.ts'
import { type NotesDatabase, notesDatabase } from './databases.ts'
import { poolOf, type Rows, randomRows, store } from './notes.ts'
import { type Making, randomFilter, randomOrder } from './random-filter.ts'

const locales = ['de', 'en']
const options = { translatable: new Map([['Note', new Set(['title'])]]) }

/** A database full of random rows, and what is known of them without asking it. */
export interface Agreement {
  readonly database: NotesDatabase
  readonly metadata: Metadata
  /** How often Prisma could say the filter. */
  readonly said: { count: number }
  readonly making: Making
  /** Fails when the rows that memory, a key query and Prisma find for a filter differ. */
  agree(model: 'Note' | 'Person', filter: object): Promise<void>
  /** Fails when the pages of an order, walked in both directions, are not the rows in the order memory gives. */
  walk(order: readonly string[], filter: object, limit: number): Promise<void>
  /** So many random filters agree. */
  filters(runs: number): Promise<void>
  /** So many random orders can be walked. */
  walks(runs: number): Promise<void>
}

export async function agreementOn(
  provider: Provider,
  { seed, notes }: { seed: number; notes?: number },
): Promise<Agreement> {
  const database = await notesDatabase(provider)
  const { client } = database
  const rows = randomRows(provider, { seed, ...(notes !== undefined && { notes }) })
  await store(client, rows)
  const metadata = metadataOf(client)
  const memory: MemoryOptions = {
    locales,
    ...(provider === 'mysql' && { fold: (text) => text.toLowerCase() }),
  }
  const making = { metadata, options, pool: poolOf(provider) }
  const said = { count: 0 }

  async function agree(model: 'Note' | 'Person', filter: object): Promise<void> {
    const condition = parseFilter(metadata, model, filter, options)
    const expected = idsOf(rowsOf(rows, model).filter((row) => matches(condition, row, memory)))
    const query = keyQuery(metadata, { model, condition, locales })
    const keys = await client.$queryRawUnsafe<MemoryRow[]>(query.sql, ...query.values)
    same(idsOf(keys), expected, 'key query')
    const count = countQuery(metadata, { model, condition, locales })
    const [counted] = await client.$queryRawUnsafe<{ count: bigint }[]>(count.sql, ...count.values)
    same([String(counted?.count)], [String(expected.length)], 'count')
    const where = prismaWhere(condition, provider)
    if (!where) return
    said.count += 1
    const select = { id: true } as const
    const found =
      model === 'Note'
        ? await client.note.findMany({ where, select })
        : await client.person.findMany({ where, select })
    same(idsOf(found), expected, 'Prisma')
  }

  async function walk(order: readonly string[], filter: object, limit: number): Promise<void> {
    const orderBy = parseOrder(metadata, 'Note', order, options)
    const condition = parseFilter(metadata, 'Note', filter, options)
    const expected = rowsOf(rows, 'Note')
      .filter((row) => matches(condition, row, memory))
      .sort(compareRows(orderBy, memory))
      .map((row) => String(row['id']))
    for (const direction of ['after', 'before'] as const) {
      const seen: string[] = []
      let cursor: readonly CursorValue[] | undefined
      for (let page = 0; page <= expected.length; page += 1) {
        const at = cursor ? { [direction]: cursor } : {}
        // Backwards from behind the last row, which no cursor names: in the reverse order, forwards.
        const turned = direction === 'before' && !cursor
        const steps = orderBy.map((step) => ({ ...step, descending: step.descending !== turned }))
        const query = keyQuery(metadata, {
          model: 'Note',
          condition,
          orderBy: steps,
          locales,
          limit: limit + 1,
          ...at,
        })
        const found = await findByKeys(client, query, { limit, args: { select: { id: true } } })
        const ids = found.rows.map((row) => String((row as { id: bigint }).id))
        if (direction === 'after') seen.push(...ids)
        else seen.unshift(...(turned ? ids.reverse() : ids))
        cursor = direction === 'after' || turned ? found.last : found.first
        if (!found.hasMore) break
      }
      same(seen, expected, `the pages ${direction} a cursor, by ${order.join()},`)
    }
  }

  const models = fc.constantFrom('Note' as const, 'Note' as const, 'Person' as const)
  const filter = models.chain((model) => fc.tuple(fc.constant(model), randomFilter(making, model, 3)))
  const filters = (runs: number) =>
    fc.assert(
      fc.asyncProperty(filter, ([model, given]) => agree(model, given)),
      { seed, numRuns: runs },
    )

  const order = fc.tuple(
    randomOrder(making, 'Note'),
    fc.oneof(fc.constant({}), randomFilter(making, 'Note', 1)),
    fc.integer({ min: 1, max: 23 }),
  )
  const walks = (runs: number) =>
    fc.assert(
      fc.asyncProperty(order, ([names, given, limit]) => walk(names, given, limit)),
      { seed, numRuns: runs },
    )

  return { database, metadata, making, said, agree, walk, filters, walks }
}

function rowsOf({ notes, people }: Rows, model: 'Note' | 'Person'): MemoryRow[] {
  return (model === 'Note' ? notes : people) as unknown as MemoryRow[]
}

function idsOf(rows: readonly object[]): string[] {
  return rows.map((row) => String((row as { id: unknown }).id)).sort((a, b) => Number(a) - Number(b))
}

function same(found: readonly string[], expected: readonly string[], by: string): void {
  if (found.join() !== expected.join())
    throw new Error(`${by} finds ${found.join()}, expected ${expected.join()}`)
}
