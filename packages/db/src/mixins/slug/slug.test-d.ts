import { expectTypeOf } from 'vitest'
import type { PrismaClient } from '../../../test/slugs/generated/sqlite/client.ts'
import { type Create, createRepository, mixins } from '../../index.ts'

declare const base: PrismaClient

// ---- what the schema lacks is a compile error ----------------------------------------------------
base.$extends(mixins({ post: { slug: { from: 'title' } } }))
base.$extends(
  mixins({ post: { slug: { from: ['title', 'city'], maxLength: 60, reserved: ['all'], onUpdate: true } } }),
)
base.$extends(mixins({ post: { slug: { field: 'email', from: 'title' } } }))
// @ts-expect-error no such field
base.$extends(mixins({ post: { slug: { from: 'titel' } } }))
// @ts-expect-error deletedAt is no text
base.$extends(mixins({ post: { slug: { from: ['title', 'deletedAt'] } } }))
// @ts-expect-error it is made from something
base.$extends(mixins({ post: { slug: true } }))
// @ts-expect-error Page has no slug
base.$extends(mixins({ page: { slug: { from: 'title' } } }))
// @ts-expect-error postId is no text
base.$extends(mixins({ page: { slug: { field: 'postId', from: 'title' } } }))

// ---- create can do without it --------------------------------------------------------------------
const prisma = base.$extends(mixins({ page: { slug: { field: 'path', from: 'title' } } }))
type Db = typeof prisma
const pages = createRepository(prisma, 'page')
void pages.create({ title: 'T' })
void pages.create({ title: 'T', path: 't' })
void pages.createMany([{ title: 'T' }, { title: 'T', path: undefined }])
void pages.update(1, { path: 'u' })
// @ts-expect-error it is text
void pages.create({ title: 'T', path: 1 })
// @ts-expect-error the title is needed
void pages.create({ path: 't' })
expectTypeOf<Create<Db, 'page'>['path']>().toEqualTypeOf<string | undefined>()
// @ts-expect-error without the mixin, it is needed
void createRepository(base, 'page').create({ title: 'T' })
