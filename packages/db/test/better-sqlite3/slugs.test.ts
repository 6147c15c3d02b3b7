import { afterAll, expect, test } from 'vitest'
import { createUnitOfWork } from '../../src/context/unit-of-work.ts'
import { createRepository } from '../../src/repository/create-repository.ts'
import { isolateSqlite } from '../../src/sqlite/isolate-sqlite.ts'
import { betterSqlite3Adapter } from '../adapters.ts'
import { blogDatabase, extendBlog } from '../slugs/databases.ts'

const blog = await blogDatabase('sqlite')
const base = blog.client(isolateSqlite(betterSqlite3Adapter(blog.url)) as never)
afterAll(async () => {
  await base.$disconnect()
  await blog.drop()
})

test('slugs are kept apart by better-sqlite3 as well, alone and in transactions', async () => {
  const uow = createUnitOfWork(extendBlog(base))
  const posts = createRepository(uow, 'post')
  const create = () => posts.create({ title: 'News' })
  await Promise.all([...Array.from({ length: 20 }, create), uow.run(create), uow.run(create)])
  const slugs = (await base.post.findMany()).map(({ slug }) => slug)
  expect(new Set(slugs).size).toBe(22)
  await expect(posts.create({ title: 'Other', slug: 'news' })).rejects.toMatchObject({
    code: 'UNIQUE_VIOLATION',
    params: { fields: ['slug'] },
  })
})
