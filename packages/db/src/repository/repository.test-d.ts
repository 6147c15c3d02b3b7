import type { BulkVerbs, CursorVerbs, Page, Repository, Slice, SoftDeleteVerbs } from '@fastkit/contracts'
import { expectTypeOf } from 'vitest'
import type { PrismaClient } from '../../test/generated/sqlite/client.ts'
import { all, any, createRepository, type Filter, mixins, not, PrismaRepository, type Row } from '../index.ts'

declare const base: PrismaClient
const prisma = base.$extends(
  mixins({
    author: { timestamps: true, softDelete: true },
    book: { timestamps: { createdAt: 'created', updatedAt: 'changed' }, softDelete: { field: 'removedAt' } },
  }),
)
type Db = typeof prisma

// ---- mixins: what the schema lacks is a compile error ------------------------------------------
// @ts-expect-error no such model
base.$extends(mixins({ authr: { softDelete: true } }))
// @ts-expect-error no such mixin
base.$extends(mixins({ author: { softDelte: true } }))
// @ts-expect-error Book has no deletedAt
base.$extends(mixins({ book: { softDelete: true } }))
// @ts-expect-error Reading has no timestamps
base.$extends(mixins({ reading: { timestamps: true } }))
// @ts-expect-error title is no DateTime
base.$extends(mixins({ book: { softDelete: { field: 'title' } } }))
// @ts-expect-error Author has no bookz
base.$extends(mixins({ author: { softDelete: { cascade: ['bookz'] } } }))
// @ts-expect-error a column is no relation
base.$extends(mixins({ book: { softDelete: { field: 'removedAt', cascade: ['title'] } } }))
// @ts-expect-error Book has no deletedAt
base.$extends(mixins({ book: { softDelete: { cascade: [] } } }))
base.$extends(
  mixins({ author: { softDelete: { cascade: ['books'] } }, book: { softDelete: { field: 'removedAt' } } }),
)

// Model methods exist where they were declared, and nowhere else.
expectTypeOf(prisma.author.restore({ where: { id: 1 } })).resolves.toHaveProperty('deletedAt')
expectTypeOf(prisma.author.withDeleted().findMany()).resolves.items.toHaveProperty('email')
expectTypeOf(prisma.author.forceDelete({ where: { id: 1 }, select: { id: true } })).resolves.toEqualTypeOf<{
  id: number
}>()
expectTypeOf(prisma.author.purge({ olderThan: new Date() })).resolves.toEqualTypeOf<number>()
// @ts-expect-error without a moment everything would go
void prisma.author.purge({})
// @ts-expect-error Reading is not soft-deleted
prisma.reading.withDeleted()

// They survive further extensions and transactions.
const further = prisma.$extends({ name: 'further' })
expectTypeOf(further.author.onlyDeleted().count()).resolves.toEqualTypeOf<number>()
void prisma.$transaction(async (tx) => {
  expectTypeOf(tx.author.restore({ where: { id: 1 } })).resolves.toHaveProperty('deletedAt')
})

// ---- repository --------------------------------------------------------------------------------
const authors = createRepository(prisma, 'author')
const books = createRepository(prisma, 'book')
const readings = createRepository(prisma, 'reading')

// @ts-expect-error no such model
createRepository(prisma, 'auther')

expectTypeOf(authors.get(1)).resolves.toEqualTypeOf<Row<Db, 'author'> | null>()
expectTypeOf(authors.getOrFail(1, { select: { name: true } })).resolves.toEqualTypeOf<{ name: string }>()
expectTypeOf(authors.paginate()).resolves.toEqualTypeOf<Page<Row<Db, 'author'>>>()
expectTypeOf(authors.first({}, { include: { books: true } }))
  .resolves.exclude<null>()
  .toHaveProperty('books')
  .items.toHaveProperty('title')
  .toEqualTypeOf<string>()

// @ts-expect-error the key is a number
void authors.get('1')
void readings.get('a')
// @ts-expect-error the key is text
void readings.get(1)

// Filters know columns, lookups and value types.
void authors.filter({
  name__startswith: 'A',
  createdAt__gte: new Date(),
  city: null,
  rating__between: [1, 5],
  id__in: [1],
})
void readings.filter({ price__lt: '1.5' as never, serial__gte: 1n, ok: true })
// @ts-expect-error no such column
void authors.filter({ nme: 'x' })
// @ts-expect-error no such lookup on a number
void authors.filter({ rating__startswith: 1 })
// @ts-expect-error wrong type
void authors.filter({ rating__gte: 'x' })
// @ts-expect-error name is never null
void authors.filter({ name: null })
// @ts-expect-error undefined is no value
void authors.filter({ city: undefined })
// JSON and bytes only equal.
void readings.filter({ meta__is_null: true })
// @ts-expect-error JSON does not compare
void readings.filter({ meta__gte: {} })

// Relations to any depth, and groups.
void books.filter({ author__name__icontains: 'ann', author__rating__gte: 3 })
void authors.filter({ books__title: 'T', books__author__city__in: ['Bonn', null] })
void authors.filter({ books__is_null: true })
void authors.filter(any({ city: 'Bonn' }, not({ rating__gte: 4 }), all({ name__startswith: 'A' })))
void authors.paginate({ filter: { books__title__contains: 'x' }, orderBy: '-name' })
void books.filter({}, { orderBy: ['author__name', '-author__rating', 'title'] })
// @ts-expect-error Author has no nme
void books.filter({ author__nme: 'x' })
// @ts-expect-error wrong type, over a relation
void books.filter({ author__rating__gte: 'x' })
// @ts-expect-error no such lookup, over a relation
void books.filter({ author__rating__contains: 'x' })
// @ts-expect-error wrong type, in a group
void authors.filter(any({ rating: 'x' }))
// @ts-expect-error a to-many relation cannot be sorted by
void authors.filter({}, { orderBy: 'books__title' })
// @ts-expect-error no such column, over a relation
void books.filter({}, { orderBy: 'author__nme' })

void authors.filter({}, { orderBy: ['-createdAt', 'name'], limit: 5 })
// @ts-expect-error no such column
void authors.filter({}, { orderBy: '-nope' })
// @ts-expect-error no such option
void authors.filter({}, { limt: 5 })

// Fields that mixins write cannot be written, under whichever name; the key cannot be changed.
void authors.create({ name: 'A', email: 'a@x.io' })
// @ts-expect-error timestamps
void authors.create({ name: 'A', email: 'a@x.io', createdAt: new Date() })
// @ts-expect-error soft delete
void authors.update(1, { deletedAt: null })
// @ts-expect-error a timestamp of another name
void books.update(1, { changed: new Date() })
// @ts-expect-error the key
void authors.update(1, { id: 2 })
// What a schema calls optional may be undefined, and means "not given".
declare const sparse: { name: string; email: string; city?: string | null | undefined }
void authors.create(sparse)
void authors.update(1, { city: undefined })
// @ts-expect-error email is missing
void authors.create({ name: 'A' })

// A model without soft delete has nothing to restore.
void authors.restore(1)
// @ts-expect-error Reading is not soft-deleted
void readings.restore('a')

// ---- verbs beyond the contract's -----------------------------------------------------------------
expectTypeOf(authors.paginate({ count: false })).resolves.toEqualTypeOf<Slice<Row<Db, 'author'>>>()
expectTypeOf(authors.getOrCreate({ email: 'a' }, { name: 'A', email: 'a' })).resolves.toEqualTypeOf<{
  row: Row<Db, 'author'>
  created: boolean
}>()
expectTypeOf(authors.increment(1, { rating: 2 }, { select: { rating: true } })).resolves.toEqualTypeOf<{
  rating: number | null
}>()
expectTypeOf(authors.aggregate({}, { _count: true, _avg: { rating: true } })).resolves.toExtend<{
  _count: number
  _avg: { rating: number | null }
}>()
for await (const { books: written } of authors.iterate({}, { include: { books: true } })) {
  expectTypeOf(written).items.toHaveProperty('title')
}
expectTypeOf(authors.withDeleted()).toEqualTypeOf<typeof authors>()
void authors.filter({}, { where: { OR: [{ city: 'Bonn' }] } })
void readings.upsert({ id: 'a' }, { create: {} as never, update: { ok: true } })
void readings.increment('a', { price: 1 as never, serial: 1n, level: 0.5 })
// @ts-expect-error Prisma's where knows no nme
void authors.filter({}, { where: { nme: 'x' } })
// @ts-expect-error a name is no number
void authors.increment(1, { name: 1 })
// @ts-expect-error name is no unique
void authors.getOrCreate({ name: 'A' }, { name: 'A', email: 'a' })
// @ts-expect-error Reading is not soft-deleted
void readings.withDeleted()
// @ts-expect-error nor forceDelete
void readings.forceDelete('a')

// ---- options narrow the data -----------------------------------------------------------------------
// @ts-expect-error nothing is written over relations unless it was named
void authors.create({ name: 'A', email: 'a', books: { create: { title: 'T' } } })
// @ts-expect-error and so the foreign key is needed
void books.create({ title: 'T', author: { connect: { id: 1 } } })
const nesting = createRepository(prisma, 'book', { nestedWrites: ['author'] })
void nesting.create({ title: 'T', author: { connect: { id: 1 } } })
void nesting.create({ title: 'T', authorId: 1 })
const narrow = createRepository(prisma, 'author', {
  writable: { create: ['name', 'email'], update: ['city'] },
})
void narrow.create({ name: 'A', email: 'a' })
void narrow.update(1, { city: null })
// @ts-expect-error city is not for new rows
void narrow.create({ name: 'A', email: 'a', city: 'Bonn' })
// @ts-expect-error name is not for changes
void narrow.update(1, { name: 'B' })
const tenants = createRepository(prisma, 'account', { scoped: () => ({ tenantId: 1 }) })
void tenants.create({ code: 'a' })
// @ts-expect-error the scope writes it
void tenants.create({ code: 'a', tenantId: 1 })

const options = { nestedWrites: ['books'] } as const
class NestingAuthors extends PrismaRepository<Db, 'author', typeof options> {
  constructor() {
    super(prisma, 'author', options)
  }
}
void new NestingAuthors().create({ name: 'A', email: 'a', books: { create: { title: 'T' } } })

// ---- the contract ------------------------------------------------------------------------------
interface AuthorRow {
  id: number
  name: string
}
type Narrow = Repository<
  AuthorRow,
  { name: string; email: string },
  { name?: string },
  { name__startswith?: string },
  number
>
expectTypeOf(authors).toExtend<Narrow>()
expectTypeOf(authors).toExtend<SoftDeleteVerbs<AuthorRow, number>>()
expectTypeOf(authors).toExtend<BulkVerbs<{ name: string; email: string }, { name?: string }, object>>()
expectTypeOf(authors).toExtend<CursorVerbs<AuthorRow, object>>()
expectTypeOf(readings).not.toExtend<SoftDeleteVerbs<AuthorRow, number>>()
expectTypeOf(authors).not.toExtend<Repository<{ nope: number }, object, object, object, number>>()
expectTypeOf(authors).not.toExtend<
  Repository<AuthorRow, { name: string; email: string }, object, { nme?: string }, number>
>()
expectTypeOf<Filter<Db, 'author'>>().not.toBeAny()

// ---- queries of one's own ------------------------------------------------------------------------
class AuthorRepository extends PrismaRepository<Db, 'author'> {
  inCity(city: string) {
    return this.filter({ city }, { orderBy: '-rating', include: { books: true } })
  }
  byCity() {
    return this.delegate.groupBy({ by: ['city'], _count: true })
  }
}
const own = new AuthorRepository(prisma, 'author')
expectTypeOf(own.inCity('Bonn')).resolves.items.toHaveProperty('books')
expectTypeOf(own).toExtend<Narrow>()
