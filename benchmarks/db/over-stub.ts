import { createRepository } from '@fastkit/db'
import type { PrismaClient } from '../../packages/db/test/generated/sqlite/client.ts'
import { compareAsync } from '../compare.ts'
import { stubOf } from './stub-client.ts'

/** What our own code costs: the verbs beside what they call, all answered at once. */
export async function compareOverStub(prisma: PrismaClient): Promise<void> {
  const rows = await prisma.author.findMany({ take: 20, orderBy: { id: 'asc' } })
  const stub = stubOf(prisma, rows)
  const { author } = stub
  const authors = createRepository(stub, 'author')
  const { id } = rows[0] as { id: number }
  const data = { name: 'Ann', email: 'ann@example.com', city: 'Bonn', rating: 5 }
  const change = { city: 'Ulm', rating: 6 }
  const where = { rating: { gte: 5 } }
  const filter = { rating__gte: 5 }
  const longFilter = { ...filter, city__in: ['Bonn', 'Ulm'], '~any': [{ email: 'a' }, { name__lt: 'b' }] }
  const orderBy = [{ id: 'asc' as const }]
  const byKeys = async () => [await stub.$queryRawUnsafe(''), await author.findMany({ where })]

  await compareAsync('get, answered at once', {
    'the bare call': () => author.findUnique({ where: { id } }),
    '@fastkit/db': () => authors.get(id),
  })
  await compareAsync('filter for 20 rows, answered at once', {
    'the bare call': () => author.findMany({ where, orderBy }),
    '@fastkit/db': () => authors.filter(filter),
    '@fastkit/db, in an order': () => authors.filter(filter, { orderBy: ['-rating', 'name'] }),
    '@fastkit/db, four comparisons': () => authors.filter(longFilter),
  })
  await compareAsync('filter for 20 rows by a key query, answered at once', {
    'the bare calls': byKeys,
    '@fastkit/db': () => authors.filter({ name__icontains: 'ann' }),
  })
  await compareAsync('paginate, answered at once', {
    'the bare calls': () =>
      Promise.all([author.findMany({ where, orderBy, take: 20 }), author.count({ where })]),
    '@fastkit/db': () => authors.paginate({ filter }),
  })
  const { nextCursor: cursor } = await authors.cursorPaginate({ filter })
  await compareAsync('cursorPaginate, answered at once', {
    'the bare calls': byKeys,
    '@fastkit/db, the first page': () => authors.cursorPaginate({ filter }),
    '@fastkit/db, one in between': () => authors.cursorPaginate({ filter, cursor }),
  })
  await compareAsync('create, answered at once', {
    'the bare call': () => author.create({ data }),
    '@fastkit/db': () => authors.create(data),
  })
  await compareAsync('update, answered at once', {
    'the bare call': () => author.update({ where: { id }, data: change }),
    '@fastkit/db': () => authors.update(id, change),
  })
}
