/** 1,000 creates of one title at once give 1,000 slugs, with three inserts each at most, on their own and in transactions. */
import { PrismaMariaDb } from '@prisma/adapter-mariadb'
import { PrismaPg } from '@prisma/adapter-pg'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { adapterFor } from '../../../test/adapters.ts'
import { providers } from '../../../test/databases.ts'
import { countInserts } from '../../../test/slugs/count-inserts.ts'
import { type Blog, blogDatabase, extendBlog } from '../../../test/slugs/databases.ts'
import { createUnitOfWork } from '../../context/unit-of-work.ts'
import { createRepository } from '../../repository/create-repository.ts'

const creates = 1000

describe.each(providers)('on %s', async (provider) => {
  const blog = await blogDatabase(provider)
  const counting = countInserts(patientAdapter(blog))
  const base = blog.client(counting.adapter)
  const uow = createUnitOfWork(extendBlog(base))
  const posts = createRepository(uow, 'post')

  beforeEach(async () => {
    await base.post.deleteMany()
  })
  afterAll(async () => {
    await base.$disconnect()
    await blog.drop()
  })

  const options = { retries: 20, maxWaitMs: 600_000, timeoutMs: 600_000 }

  test.each([
    ['on their own', <T>(create: () => Promise<T>) => create()],
    ['in transactions', <T>(create: () => Promise<T>) => uow.run(create, options)],
  ])('%s', async (_, within) => {
    const counts: number[] = []
    const create = () => counting.during(() => posts.create({ title: 'News' }), counts)
    const started = Array.from({ length: creates }, () => within(create))
    const failed = (await Promise.allSettled(started)).filter(({ status }) => status === 'rejected')
    expect(failed).toEqual([])
    const slugs = (await base.post.findMany()).map(({ slug }) => slug)
    expect(slugs).toHaveLength(creates)
    expect(new Set(slugs).size).toBe(creates)
    expect(slugs).toEqual(expect.arrayContaining(['news', 'news-2']))
    expect(counts.filter((inserts) => inserts > 0).length).toBeGreaterThanOrEqual(creates)
    expect(Math.max(...counts)).toBeLessThanOrEqual(3)
  })

  /** The driver waits for a connection as long as it takes: a thousand calls share a few. */
  function patientAdapter({ url }: Blog): ReturnType<typeof adapterFor> {
    if (provider === 'postgresql') return new PrismaPg({ connectionString: url, max: 20 })
    if (provider === 'sqlite') return adapterFor(provider, url)
    const { hostname: host, port, username: user, password, pathname } = new URL(url)
    return new PrismaMariaDb({
      host,
      port: Number(port),
      user,
      password,
      database: pathname.slice(1),
      connectionLimit: 20,
      acquireTimeout: 600_000,
    })
  }
})
