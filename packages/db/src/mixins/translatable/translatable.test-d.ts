import { expectTypeOf } from 'vitest'
import type { PrismaClient } from '../../../test/texts/generated/sqlite/client.ts'
import {
  createRepository,
  createUnitOfWork,
  mixins,
  PrismaRepository,
  type Row,
  replace,
} from '../../index.ts'

declare const base: PrismaClient
const prisma = base.$extends(
  mixins(
    { post: { softDelete: true, translatable: ['title', 'body'] }, topic: { translatable: ['label'] } },
    { locale: () => 'en', fallback: ['en'], locales: ['de'] },
  ),
)
type Db = typeof prisma
type Maps = Readonly<Partial<Record<'en' | 'de', string>>> | null

// ---- what the schema lacks is a compile error ----------------------------------------------------
// @ts-expect-error no such field
base.$extends(mixins({ post: { translatable: ['titel'] } }))
// @ts-expect-error slug is text
base.$extends(mixins({ post: { translatable: ['slug'] } }))
// @ts-expect-error a fallback is a list
base.$extends(mixins({ post: { translatable: ['title'] } }, { locale: () => 'en', fallback: 'en' }))

// ---- rows hold one text, wherever they come back -------------------------------------------------
type Text = { title: string | null }
const select = { title: true } as const
expectTypeOf(prisma.post.findFirstOrThrow({ select })).resolves.toEqualTypeOf<Text>()
expectTypeOf(prisma.post.findMany()).resolves.items.toHaveProperty('body').toEqualTypeOf<string | null>()
expectTypeOf(prisma.post.findFirstOrThrow())
  .resolves.toHaveProperty('meta')
  .not.toEqualTypeOf<string | null>()
expectTypeOf(prisma.post.create({ data: { slug: 'a', title: 'A' }, select })).resolves.toEqualTypeOf<Text>()
expectTypeOf(prisma.post.createManyAndReturn({ data: [], select })).resolves.toEqualTypeOf<Text[]>()
expectTypeOf(
  prisma.shelf.findFirstOrThrow({ select: { topics: { select: { label: true } } } }),
).resolves.toEqualTypeOf<{
  topics: { label: string | null }[]
}>()
expectTypeOf(
  prisma.post.findUnique({ where: { id: 1 } }).topic({ select: { label: true } }),
).resolves.toEqualTypeOf<{
  label: string | null
} | null>()
void prisma.$transaction(async (tx) => {
  expectTypeOf(tx.post.findFirstOrThrow({ select })).resolves.toEqualTypeOf<Text>()
})
const further = prisma.$extends({
  result: { post: { shout: { needs: { title: true }, compute: ({ title }) => title?.toUpperCase() } } },
})
expectTypeOf(further.post.findFirstOrThrow({ select: { shout: true } })).resolves.toEqualTypeOf<{
  shout: string | undefined
}>()

// ---- a locale for one call, on every model -------------------------------------------------------
expectTypeOf(prisma.post.inLocale('de').findFirstOrThrow({ select })).resolves.toEqualTypeOf<Text>()
expectTypeOf(prisma.post.inLocale('de').withDeleted().count()).resolves.toEqualTypeOf<number>()
void prisma.shelf.inLocale('de').findMany()
// @ts-expect-error no such locale
prisma.post.inLocale('fr')
// @ts-expect-error a client without translatable fields
base.$extends(mixins({ post: { softDelete: true } })).post.inLocale('en')
expectTypeOf(
  prisma.post.inAllLocales().findFirst({ select: { title: true, slug: true, topic: true } }),
).resolves.toEqualTypeOf<{
  title: Maps
  slug: string
  topic: { id: number; label: Maps; shelfId: number | null } | null
} | null>()
// @ts-expect-error Shelf has no texts
prisma.shelf.inAllLocales()

// ---- repositories --------------------------------------------------------------------------------
const uow = createUnitOfWork(prisma)
const posts = createRepository(uow, 'post')
expectTypeOf(posts.getOrFail(1)).resolves.toEqualTypeOf<Row<Db, 'post'>>()
expectTypeOf<Row<Db, 'post'>['title']>().toEqualTypeOf<string | null>()
void posts.create({ slug: 'a', title: 'A', body: { de: 'B', en: null } }, { locale: 'de' })
void posts.update(1, { title: replace({ en: 'A' }), body: null })
// @ts-expect-error no such locale
void posts.create({ slug: 'a', title: { fr: 'A' } })
// @ts-expect-error no text
void posts.create({ slug: 'a', title: 5 })
// @ts-expect-error no such locale
void posts.update(1, { title: replace({ fr: 'A' }) })

// A filter and an order mean the text, and so does a path to it.
void posts.filter(
  { title__icontains: 'a', body__is_null: true, topic__label: 'L' },
  { orderBy: ['-title', 'topic__label'] },
)
void posts.filter({}, { locale: 'de', orderBy: 'title' })
// @ts-expect-error a text is no map
void posts.filter({ title: { en: 'a' } })
// @ts-expect-error no such locale
void posts.filter({}, { locale: 'fr' })
// @ts-expect-error maps have another type: use in('all')
void posts.filter({}, { locale: 'all' })

expectTypeOf(posts.in('de')).toEqualTypeOf<typeof posts>()
// @ts-expect-error no such locale
posts.in('fr')
expectTypeOf(
  posts.in('all').get(1, { select: { title: true, topic: { select: { label: true } } } }),
).resolves.toEqualTypeOf<{
  title: Maps
  topic: { label: Maps } | null
} | null>()
expectTypeOf(posts.in('all').paginate())
  .resolves.toHaveProperty('items')
  .items.toHaveProperty('body')
  .toEqualTypeOf<Maps>()
expectTypeOf(posts.missingTranslations(['de'])).resolves.toEqualTypeOf<Row<Db, 'post'>[]>()
// @ts-expect-error no such locale
void posts.missingTranslations(['fr'])

// @ts-expect-error no model of this client is translatable
createRepository(base, 'post').in('en')

export class Posts extends PrismaRepository<Db, 'post'> {
  inGerman() {
    return this.in('de').filter({ title__startswith: 'A' }, { orderBy: 'title' })
  }
}
expectTypeOf(new Posts(uow, 'post').in('de').inGerman()).resolves.toEqualTypeOf<Row<Db, 'post'>[]>()
