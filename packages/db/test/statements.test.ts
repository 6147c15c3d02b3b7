import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createUnitOfWork } from '../src/context/unit-of-work.ts'
import { mixins } from '../src/mixins/mixins.ts'
import { createRepository } from '../src/repository/create-repository.ts'
import { type EmptyDatabase, migratedDatabase, providers } from './databases.ts'
import type { PrismaClient } from './generated/sqlite/client.ts'
import { watchedAdapter } from './watched-adapter.ts'

type Given = ReturnType<typeof repositoriesOf> & Awaited<ReturnType<typeof seed>>

type Row = readonly [
  does: string,
  ours: (given: Given) => Promise<unknown>,
  byHand: (plain: PrismaClient, given: Given) => Promise<unknown>,
  keyQueries: 0 | 1,
]

const ann = { name: 'Ann', email: 'ann' }
const bob = { name: 'Bob', email: 'bob' }
const bonn = { city: 'Bonn' }
const live = { deletedAt: null }
const gone = { deletedAt: new Date() }
const wrote = { books: { some: { title: 'One' } } }

/** What a repository does, the same by hand in plain Prisma, and whether a key query goes before it. */
// biome-ignore format: a row is a line
const table: readonly Row[] = [
  ['get', ({ authors, id }) => authors.get(id), ({ author }, { id }) => author.findUnique({ where: { id, ...live } }), 0],
  ['get nothing', ({ authors }) => authors.get(-1), ({ author }) => author.findUnique({ where: { id: -1 } }), 0],
  ['getOrFail', ({ authors, id }) => authors.getOrFail(id), ({ author }, { id }) => author.findUniqueOrThrow({ where: { id, ...live } }), 0],
  ['first', ({ authors }) => authors.first({ name: 'a1' }), ({ author }) => author.findFirst({ where: { name: 'a1', ...live } }), 0],
  ['filter', ({ authors }) => authors.filter({ rating__gte: 1 }), ({ author }) => author.findMany({ where: { rating: { gte: 1 }, ...live } }), 0],
  ['filter and include', ({ authors }) => authors.filter({}, { include: { books: true } }), ({ author }) => author.findMany({ include: { books: true } }), 0],
  ['filter for no rows', ({ authors }) => authors.filter({}, { limit: 0 }), async () => {}, 0],
  ['filter by rows that may be deleted', ({ authors }) => authors.filter({ books__title: 'One' }), ({ author }) => author.findMany({ where: wrote }), 0],
  ['filter in the order of a relation', ({ books }) => books.filter({}, { orderBy: 'author__name' }), ({ book }) => book.findMany({ orderBy: { author: { name: 'asc' } } }), 1],
  ['count', ({ authors }) => authors.count({ name: 'a1' }), ({ author }) => author.count({ where: { name: 'a1', ...live } }), 0],
  ['count by rows that may be deleted', ({ authors }) => authors.count({ books__title: 'One' }), ({ author }) => author.count({ where: wrote }), 0],
  ['exists', ({ authors }) => authors.exists({ name: 'a1' }), ({ author }) => author.findFirst({ where: { name: 'a1' }, select: { id: true } }), 0],
  ['create', ({ authors }) => authors.create(ann), ({ author }) => author.create({ data: ann }), 0],
  ['create a row that points to one that may be deleted', ({ books, id }) => books.create({ title: 'Two', authorId: id }), (plain, { id }) => plain.$transaction(async ({ author, book }) => [await author.findMany({ where: { id, ...live } }), await book.create({ data: { title: 'Two', authorId: id } })]), 0],
  ['update', ({ authors, id }) => authors.update(id, bonn), ({ author }, { id }) => author.update({ where: { id, ...live }, data: bonn }), 0],
  ['delete softly', ({ authors, id }) => authors.delete(id), ({ author }, { id }) => author.update({ where: { id, ...live }, data: gone }), 0],
  ['delete', ({ readings }) => readings.delete('r'), ({ reading }) => reading.delete({ where: { id: 'r' } }), 0],
  ['restore', ({ authors, deleted }) => authors.restore(deleted), ({ author }, { deleted: id }) => author.update({ where: { id }, data: live }), 0],
  ['createMany', ({ authors }) => authors.createMany([ann, bob]), ({ author }) => author.createMany({ data: [ann, bob] }), 0],
  ['createMany of nothing', ({ authors }) => authors.createMany([]), async () => {}, 0],
  ['updateMany', ({ authors }) => authors.updateMany({ name: 'a1' }, bonn), ({ author }) => author.updateMany({ where: { name: 'a1' }, data: bonn }), 0],
  ['updateMany by rows that may be deleted', ({ authors }) => authors.updateMany({ books__title: 'One' }, bonn), ({ author }) => author.updateMany({ where: wrote, data: bonn }), 0],
  ['deleteMany softly', ({ authors }) => authors.deleteMany({ name: 'a1' }), ({ author }) => author.updateMany({ where: { name: 'a1' }, data: gone }), 0],
  ['deleteMany', ({ readings }) => readings.deleteMany({ ok: true }), ({ reading }) => reading.deleteMany({ where: { ok: true } }), 0],
  ['deleteMany by rows that may be deleted', ({ authors }) => authors.deleteMany({ books__title: 'One' }), ({ author }) => author.updateMany({ where: wrote, data: gone }), 0],
  ['paginate', ({ authors }) => authors.paginate({ perPage: 10 }), ({ author }) => Promise.all([author.findMany({ take: 10 }), author.count()]), 0],
  ['cursorPaginate', ({ authors }) => authors.cursorPaginate({ perPage: 10 }), ({ author }) => author.findMany({ take: 11 }), 1],
  ['paginate without counting', ({ authors }) => authors.paginate({ perPage: 10, count: false }), ({ author }) => author.findMany({ take: 11 }), 0],
  ['iterate over 33 rows, 20 at a time', async ({ authors }) => { for await (const _ of authors.iterate({}, { batchSize: 20 })); }, async ({ author }) => [await author.findMany({ take: 20 }), await author.count(), await author.findMany()], 1],
  ['aggregate', ({ authors }) => authors.aggregate({}, { _sum: { rating: true } }), ({ author }) => author.aggregate({ _sum: { rating: true } }), 0],
  ['increment', ({ authors, id }) => authors.increment(id, { rating: 1 }), ({ author }, { id }) => author.update({ where: { id, ...live }, data: { rating: { increment: 1 } } }), 0],
  ['upsert', ({ authors }) => authors.upsert({ email: 'ann' }, { create: ann, update: bonn }), ({ author }) => author.upsert({ where: { email: 'ann', ...live }, create: ann, update: bonn }), 0],
  ['getOrCreate a row that is there', ({ authors }) => authors.getOrCreate({ email: 'a1' }, { name: 'a1', email: 'a1' }), ({ author }) => author.findUnique({ where: { email: 'a1', ...live } }), 0],
  ['getOrCreate a new row', ({ authors }) => authors.getOrCreate({ email: 'ann' }, ann), async ({ author }) => [await author.findUnique({ where: { email: 'ann' } }), await author.create({ data: ann })], 0],
  ['withDeleted', ({ authors }) => authors.withDeleted().count(), ({ author }) => author.count(), 0],
  ['purge', ({ authors }) => authors.purge({ olderThan: new Date() }), ({ author }) => author.deleteMany({ where: { deletedAt: { lt: new Date() } } }), 0],
  ['forceDelete', ({ authors, deleted }) => authors.forceDelete(deleted), ({ author }, { deleted: id }) => author.delete({ where: { id } }), 0],
  ['32 gets at once', ({ authors, ids }) => Promise.all(ids.map((id) => authors.get(id))), ({ author }, { ids }) => author.findMany({ where: { id: { in: ids } } }), 0],
  ['32 gets at once in run', ({ uow, authors, ids }) => uow.run(() => Promise.all(ids.map((id) => authors.get(id)))), (plain, { ids }) => plain.$transaction(({ author }) => author.findMany({ where: { id: { in: ids } } })), 0],
  ['a verb in run', ({ uow, authors }) => uow.run(() => authors.create(ann)), (plain) => plain.$transaction(({ author }) => author.create({ data: ann })), 0],
  ['a verb in a savepoint', ({ uow, authors }) => uow.run(() => uow.savepoint(() => authors.create(ann))), (plain) => plain.$transaction((tx) => tx.$transaction(({ author }) => author.create({ data: ann }))), 0],
]

describe.each(providers)('on %s, the statements of', (provider) => {
  let database: EmptyDatabase
  let base: PrismaClient
  let repositories: ReturnType<typeof repositoriesOf>
  let sent: string[] = []

  beforeAll(async () => {
    database = await migratedDatabase(provider)
    base = database.client(watchedAdapter(database.adapter(), (sql) => void sent.push(sql)))
    repositories = repositoriesOf(base)
  })
  afterAll(async () => {
    await base?.$disconnect()
    await database?.drop()
  })

  test.each(table)('%s', async (_does, ours, byHand, keyQueries) => {
    const expected = await sentBy((given) => byHand(base, given))
    expect(await sentBy(ours)).toEqual([...Array(keyQueries).fill('SELECT'), ...expected])
  })

  /** The first words of the statements. */
  async function sentBy(work: (given: Given) => Promise<unknown>): Promise<unknown[]> {
    const given = { ...repositories, ...(await seed(base)) }
    sent = []
    await work(given)
    return sent.map((sql) => sql.split(' ', 1)[0]?.toUpperCase())
  }
})

function repositoriesOf(base: PrismaClient) {
  const declared = mixins({
    author: { timestamps: true, softDelete: true },
    book: { softDelete: { field: 'removedAt' } },
  })
  const uow = createUnitOfWork(base.$extends(declared))
  return {
    uow,
    authors: createRepository(uow, 'author'),
    books: createRepository(uow, 'book'),
    readings: createRepository(uow, 'reading'),
  }
}

/** 32 authors, the first of whom wrote a book, one more who was deleted, and a reading. */
async function seed({ author, book, reading }: PrismaClient) {
  await book.deleteMany()
  await author.deleteMany()
  await reading.deleteMany()
  const numbers = Array.from({ length: 33 }, (_, at) => at)
  await author.createMany({
    data: numbers.map((at) => ({ name: `a${at}`, email: `a${at}`, rating: at, ...(at === 32 && gone) })),
  })
  const all = (await author.findMany({ orderBy: { rating: 'asc' } })).map(({ id }) => id)
  const [ids, id, deleted] = [all.slice(0, 32), all[0] as number, all[32] as number]
  await book.create({ data: { title: 'One', authorId: id } })
  await reading.create({ data: { id: 'r', takenAt: new Date(), level: 1, serial: 1, price: 1, ok: true } })
  return { ids, id, deleted }
}
