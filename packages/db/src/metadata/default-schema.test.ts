import { PrismaPg } from '@prisma/adapter-pg'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { extendPosts, type Posts, type PostsClient, postsDatabase } from '../../test/texts/databases.ts'
import type { PrismaClient } from '../../test/texts/generated/sqlite/client.ts'
import { createRepository } from '../repository/create-repository.ts'

const url = inject('postgresqlUrl')

describe.skipIf(!url)('new PrismaPg(…, { schema })', () => {
  let database: Posts
  let plain: PrismaClient
  let tenant: PostsClient

  beforeAll(async () => {
    database = await postsDatabase('postgresql')
    const { base } = database
    const tables = await base.$queryRawUnsafe<{ name: string }[]>(
      `select tablename as name from pg_tables where schemaname = 'public'`,
    )
    await base.$executeRawUnsafe('create schema tenant')
    for (const { name } of tables)
      await base.$executeRawUnsafe(`create table tenant."${name}" (like public."${name}" including all)`)
    await extendPosts(base).post.create({ data: { slug: 'of the public', title: 'Hi' } })
    const { config } = database.adapter() as never as { config: ConstructorParameters<typeof PrismaPg>[0] }
    plain = database.client(new PrismaPg(config, { schema: 'tenant' }))
    tenant = extendPosts(plain)
    await tenant.post.create({ data: { slug: 'a', title: { en: 'A', de: 'Z' } } })
    await tenant.post.create({
      data: { slug: 'b', title: { en: 'B', de: 'Y' }, parent: { connect: { slug: 'a' } } },
    })
  })
  afterAll(async () => {
    await plain.$disconnect()
    await database.drop()
  })

  const slugs = (rows: readonly { slug: string }[]) => rows.map(({ slug }) => slug)

  test('rows are counted in that schema, and those of another client in its own', async () => {
    const [posts, others] = [
      createRepository(tenant, 'post'),
      createRepository(extendPosts(database.base), 'post'),
    ]
    expect([await posts.count(), await others.count()]).toEqual([2, 1])
    expect(await posts.paginate({ filter: { slug: 'b' } })).toMatchObject({ total: 1 })
    expect(await posts.count({ slug: 'of the public' })).toBe(0)
  })

  test('a repository that uses another client counts where that looks', async () => {
    const posts = createRepository(extendPosts(database.base), 'post')
    expect([await posts.using(tenant).count(), await posts.count()]).toEqual([2, 1])
    await tenant.$transaction(async (tx) => expect(await posts.using(tx).count()).toBe(2))
  })

  test('rows that are found by their keys are found there, with what they are related to', async () => {
    const posts = createRepository(tenant, 'post')
    expect(slugs(await posts.filter({}, { orderBy: '-title' }))).toEqual(['b', 'a'])
    expect(slugs(await posts.filter({ parent__title__startswith: 'A' }))).toEqual(['b'])
    expect(await posts.count({ parent__title__startswith: 'A' })).toBe(1)
  })

  test('a text that is updated there keeps its other languages', async () => {
    await tenant.post.update({ where: { slug: 'a' }, data: { title: 'New' } })
    const { title } = await plain.post.findUniqueOrThrow({ where: { slug: 'a' } })
    expect(title).toEqual({ en: 'New', de: 'Z' })
  })
})
