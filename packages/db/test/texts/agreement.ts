import fc from 'fast-check'
import { expect } from 'vitest'
import { compareRows, type MemoryOptions, type MemoryRow, matches } from '../../src/filter/memory.ts'
import { parseFilter } from '../../src/filter/parse-filter.ts'
import { parseOrder } from '../../src/filter/parse-order.ts'
import { metadataOf } from '../../src/metadata/metadata-of.ts'
import { createRepository } from '../../src/repository/create-repository.ts'
import type { Provider } from '../adapters.ts'
import { extendPosts, type Posts, postsDatabase } from './databases.ts'

/** A text is looked for in these, in turn. */
const chain = ['sr-Latn', 'sr', 'en']
const translatable = new Map([
  ['Post', new Set(['title', 'body'])],
  ['Topic', new Set(['label'])],
])

/** MariaDB compares without regard to spaces at the end, so there are none. */
const words = ['', 'a', 'A', 'ab', 'Zeta', 'zeta', 'b%', 'b_', '"\'\\', 'é', 'É', '日本', '😀', '\uff5e']

/** A database full of random texts, and what is known of them without asking it. */
export interface TextAgreement {
  readonly database: Posts
  /** So many random filters find what JavaScript finds. */
  filters(runs: number): Promise<void>
  /** So many random orders, walked by cursors in both directions, are those of JavaScript. */
  walks(runs: number): Promise<void>
}

export async function textAgreementOn(
  provider: Provider,
  { seed, posts: count }: { seed: number; posts: number },
): Promise<TextAgreement> {
  const database = await postsDatabase(provider)
  const { topics, posts } = randomPosts(count, seed)
  await database.base.topic.createMany({ data: topics.map(columns) as never })
  await database.base.post.createMany({ data: posts.map(columns) as never })
  const prisma = extendPosts(database.base, () => 'sr-Latn-RS')
  const repository = createRepository(prisma, 'post')
  const metadata = metadataOf(prisma)
  const memory: MemoryOptions = {
    locales: chain,
    ...(provider === 'mysql' && { fold: (text) => text.toLowerCase() }),
  }

  async function filters(runs: number): Promise<void> {
    await fc.assert(
      fc.asyncProperty(randomFilter, async (filter) => {
        const condition = parseFilter(metadata, 'Post', filter, { translatable })
        const expected = posts.filter((post) => matches(condition, post, memory))
        const found = await repository.filter(filter as object, {
          select: { id: true, title: true, body: true },
        })
        expect(found).toEqual(expected.map(shown))
        expect(await repository.count(filter as object)).toBe(expected.length)
      }),
      { numRuns: runs, seed },
    )
  }

  async function walks(runs: number): Promise<void> {
    await fc.assert(
      fc.asyncProperty(
        randomOrder,
        fc.integer({ min: Math.ceil(count / 40), max: Math.ceil(count / 3) }),
        async (orderBy, perPage) => {
          const order = parseOrder(metadata, 'Post', orderBy, { translatable })
          const expected = posts.toSorted(compareRows(order, memory)).map(({ id }) => id)
          const read = (cursor: string | null) =>
            repository.cursorPaginate({
              cursor,
              perPage: Math.min(100, perPage),
              orderBy: orderBy as never,
              select: { id: true },
            })
          let page = await read(null)
          const pages = [page.items]
          while (page.nextCursor) {
            page = await read(page.nextCursor)
            pages.push(page.items)
          }
          const last = page.items.length
          const back: (typeof page.items)[] = []
          while (page.prevCursor) {
            page = await read(page.prevCursor)
            back.unshift(page.items)
          }
          expect(pages.flat().map(({ id }) => id)).toEqual(expected)
          expect(back.flat().map(({ id }) => id)).toEqual(expected.slice(0, expected.length - last))
        },
      ),
      { numRuns: runs, seed },
    )
  }

  return { database, filters, walks }
}

const text = fc.option(fc.constantFrom(...words), { freq: 2 })
const texts = fc
  .record({ 'sr-Latn': text, sr: text, en: text, de: text })
  .map((all) => Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null)))
  .map((some) => (Object.keys(some).length === 0 ? null : some))

function randomPosts(count: number, seed: number): { topics: MemoryRow[]; posts: MemoryRow[] } {
  const topics = fc.sample(texts, { numRuns: 5, seed }).map((label, at) => ({ id: at + 1, label }))
  const random = fc.record({ title: texts, body: texts, topicId: fc.option(fc.integer({ min: 1, max: 5 })) })
  const posts = fc.sample(random, { numRuns: count, seed }).map((post, at) => ({
    ...post,
    id: 1001 + at, // a row that gets its id from the database has another
    slug: `${at}`,
    updatedAt: new Date(0),
    topic: topics.find(({ id }) => id === post.topicId) ?? null,
  }))
  return { topics, posts }
}

function columns(row: MemoryRow): object {
  return Object.fromEntries(Object.entries(row).filter(([name, value]) => name !== 'topic' && value !== null))
}

function shown({ id, title, body }: MemoryRow): object {
  const read = (map: unknown) =>
    chain
      .map((locale) => (map as Record<string, string> | null)?.[locale])
      .find((found) => found !== undefined) ?? null
  return { id, title: read(title), body: read(body) }
}

const field = fc.constantFrom('title', 'body', 'topic__label')
const word = fc.constantFrom(...words)
const comparison = fc.oneof(
  fc.tuple(field, fc.constantFrom('', '__ne', '__lt', '__gte'), word),
  fc.tuple(
    field,
    fc.constantFrom('__contains', '__icontains', '__startswith', '__iendswith', '__like', '__iexact'),
    word,
  ),
  fc.tuple(field, fc.constantFrom('__in', '__not_in'), fc.array(fc.option(word), { maxLength: 3 })),
  fc.tuple(field, fc.constant('__is_null'), fc.boolean()),
)
const randomFilter = fc.array(comparison, { minLength: 1, maxLength: 3 }).chain((parts) => {
  const filters = parts.map(([name, lookup, value]) => ({ [`${name}${lookup}`]: value }))
  return fc.constantFrom(
    filters[0] as object,
    { '~any': filters },
    { '~all': filters },
    { '~not': { '~any': filters } },
  )
})
const randomOrder = fc
  .uniqueArray(field, { minLength: 1, maxLength: 3 })
  .chain((names) => fc.tuple(...names.map((name) => fc.constantFrom(name, `-${name}`))))
