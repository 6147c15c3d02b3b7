import { createRepository, createUnitOfWork, mixins, type PrismaRepository } from '@fastkit/db'
import type { PrismaClient } from '../../packages/db/test/generated/sqlite/client.ts'
import { compareAsync } from '../compare.ts'

type Authors = PrismaRepository<PrismaClient, 'author'>

interface Verb {
  readonly name: string
  byHand(client: Pick<PrismaClient, 'author'>): Promise<unknown>
  ours(authors: Authors): Promise<unknown>
}

const callsInTransaction = 20

/** How our verbs compare with Prisma's where a database answers, with mixins and without, in a transaction and outside. */
export async function compareOnSqlite(prisma: PrismaClient): Promise<void> {
  const hooked = prisma.$extends({ query: { $allOperations: ({ args, query }) => query(args) } })
  const plain = oursOver(prisma.$extends(mixins({})))
  const mixed = oursOver(prisma.$extends(mixins({ author: { timestamps: true, softDelete: true } })))
  const { id } = await prisma.author.findFirstOrThrow({ orderBy: { id: 'asc' } })

  for (const { name, byHand, ours } of verbsOn(id)) {
    const outside = {
      Prisma: () => byHand(prisma),
      'Prisma, a query hook that does nothing': () => byHand(hooked as never),
      '@fastkit/db': () => ours(plain.authors),
      '@fastkit/db, soft delete and timestamps': () => ours(mixed.authors),
    }
    const inside = {
      Prisma: () => prisma.$transaction((tx) => often(() => byHand(tx))),
      '@fastkit/db': () => plain.uow.run(() => often(() => ours(plain.authors))),
      '@fastkit/db, soft delete and timestamps': () => mixed.uow.run(() => often(() => ours(mixed.authors))),
    }
    await compareAsync(`${name} on SQLite`, outside, { calls: 30, rounds: 21 })
    await compareAsync(`${callsInTransaction} × ${name} in a transaction on SQLite`, inside, {
      calls: 2,
      rounds: 21,
    })
  }
}

function verbsOn(id: number): readonly Verb[] {
  const where = { rating: { gte: 5 } }
  const orderBy = { id: 'asc' as const }
  let emails = 0
  const change = { city: 'Ulm', rating: 6 }
  const data = () => ({ name: 'Ann', email: `ann${++emails}`, city: 'Bonn', rating: 0 })
  return [
    {
      name: 'get',
      byHand: ({ author }) => author.findUnique({ where: { id } }),
      ours: (authors) => authors.get(id),
    },
    {
      name: 'filter',
      byHand: ({ author }) => author.findMany({ where, orderBy, take: 20 }),
      ours: (authors) => authors.filter({ rating__gte: 5 }, { limit: 20 }),
    },
    {
      name: 'count',
      byHand: ({ author }) => author.count({ where }),
      ours: (authors) => authors.count({ rating__gte: 5 }),
    },
    {
      name: 'paginate',
      byHand: ({ author }) =>
        Promise.all([author.findMany({ where, orderBy, take: 20 }), author.count({ where })]),
      ours: (authors) => authors.paginate({ filter: { rating__gte: 5 } }),
    },
    {
      name: 'cursorPaginate',
      byHand: ({ author }) => author.findMany({ where, orderBy, take: 21 }),
      ours: (authors) => authors.cursorPaginate({ filter: { rating__gte: 5 } }),
    },
    {
      name: 'update',
      byHand: ({ author }) => author.update({ where: { id }, data: change }),
      ours: (authors) => authors.update(id, change),
    },
    {
      name: 'create',
      byHand: ({ author }) => author.create({ data: data() }),
      ours: (authors) => authors.create(data()),
    },
  ]
}

/** The clients differ in their types, and in nothing that is called here. */
function oursOver(client: object) {
  const uow = createUnitOfWork(client as PrismaClient)
  const authors: Authors = createRepository(uow, 'author')
  return { uow, authors }
}

async function often(call: () => Promise<unknown>): Promise<void> {
  for (let at = 0; at < callsInTransaction; at++) await call()
}
