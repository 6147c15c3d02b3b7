import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type EmptyDatabase, migratedDatabase, providers } from '../../test/databases.ts'
import type { PrismaClient } from '../../test/generated/sqlite/client.ts'
import { watchedAdapter } from '../../test/watched-adapter.ts'
import { readReplicas } from '../connections/read-replicas.ts'
import { createUnitOfWork } from '../context/unit-of-work.ts'
import { mixins } from '../mixins/mixins.ts'
import { createRepository } from '../repository/create-repository.ts'

describe.each(providers)('counts on %s', (provider) => {
  let database: EmptyDatabase
  let prisma: PrismaClient
  const counts: string[] = []

  beforeAll(async () => {
    database = await migratedDatabase(provider)
    const note = (sql: string) => /count\(/i.test(sql) && counts.push(sql)
    prisma = database.client(watchedAdapter(database.adapter(), note))
    await prisma.author.createMany({
      data: ['Bonn', 'Bonn', 'Ulm'].map((city, at) => ({ name: `${at}`, email: `${at}`, city })),
    })
  })
  beforeEach(() => {
    counts.length = 0
  })
  afterAll(async () => {
    await prisma.$disconnect()
    await database.drop()
  })

  /** A tenancy as extensions make it: nobody sees anything but Bonn. */
  const inBonn = ({ args, query }: { args: { where?: object }; query: (args: never) => Promise<unknown> }) =>
    query({ ...args, where: { ...args.where, city: 'Bonn' } } as never)

  const extensions: Readonly<Record<string, object>> = {
    'a hook of the operation': { query: { author: { count: inBonn } } },
    'a hook of the model': { query: { author: { $allOperations: inBonn } } },
    'a hook of the operation of all models': { query: { $allModels: { count: inBonn } } },
    'a hook of all models': { query: { $allModels: { $allOperations: inBonn } } },
    'a hook of everything': { query: { $allOperations: inBonn } },
    'a hook of the operation, of whatever model': { query: { count: inBonn } },
    'a name like those of this package': { name: 'fastkit-other', query: { author: { count: inBonn } } },
    'a method in its place': { model: { author: { count: async () => 2 } } },
    'a method of all models in its place': { model: { $allModels: { count: async () => 2 } } },
  }

  describe.each(Object.entries(extensions))('obey an extension with %s', (_, extension) => {
    const extended = () => prisma.$extends(extension) as PrismaClient
    const soft = mixins({ author: { softDelete: true } })

    test.each<[string, () => PrismaClient]>([
      ['alone', extended],
      ['before mixins', () => extended().$extends(soft) as never],
      ['after mixins', () => prisma.$extends(soft).$extends(extension) as never],
      ['with another after it', () => extended().$extends({ name: 'other' }) as never],
    ])('%s', async (_, client) => {
      const authors = createRepository(client(), 'author')
      expect([await authors.count(), await authors.count({ name: '2' })]).toEqual(
        'query' in extension ? [2, 0] : [2, 2],
      )
    })

    test('in a transaction', async () => {
      const unitOfWork = createUnitOfWork(prisma.$extends(mixins({})).$extends(extension))
      const authors = createRepository(unitOfWork, 'author')
      expect(await unitOfWork.run(() => authors.count())).toBe(2)
    })
  })

  test('obey the extension of a replica', async () => {
    const replicas = [prisma.$extends({ query: { author: { count: inBonn } } })]
    const authors = createRepository(prisma.$extends(readReplicas({ replicas })), 'author')
    expect(await authors.count()).toBe(2)
  })

  test.each<[string, object]>([
    ['hook', { query: { $queryRawUnsafe: () => Promise.reject(new Error('no SQL')) } }],
    ['method', { client: { $queryRawUnsafe: () => Promise.reject(new Error('no SQL')) } }],
  ])('do without SQL where a %s refuses it', async (_, extension) => {
    expect(await createRepository(prisma.$extends(extension) as PrismaClient, 'author').count()).toBe(3)
  })

  test('of a repository that uses another client leave out what that deletes softly, and nothing else', async () => {
    const soft = prisma.$extends(mixins({ author: { softDelete: true } })) as never as PrismaClient
    await prisma.author.updateMany({ where: { name: '0' }, data: { deletedAt: new Date() } })
    const [plain, mixed] = [createRepository(prisma, 'author'), createRepository(soft, 'author')]
    const counts = [plain.using(soft).count(), plain.count(), mixed.using(prisma).count(), mixed.count()]
    expect(await Promise.all(counts)).toEqual([2, 3, 3, 2])
    await prisma.author.updateMany({ data: { deletedAt: null } })
  })

  const others: Readonly<Record<string, object>> = {
    'a name': { name: 'other' },
    'a hook of another operation': { query: { author: { findMany: inBonn } } },
    'a hook of another model': { query: { book: { $allOperations: inBonn } } },
    'a result': { result: { author: { loud: { needs: { name: true }, compute: () => '!' } } } },
    'a method of the client': { client: { count: () => 7 } },
  }

  test.each(Object.entries(others))(
    'is asked in SQL of ours beside an extension with %s',
    async (_, extension) => {
      const authors = createRepository(prisma.$extends(extension) as PrismaClient, 'author')
      expect([await authors.count(), (await authors.paginate({ filter: { city: 'Bonn' } })).total]).toEqual([
        3, 2,
      ])
      // Prisma counts what a subquery returns. On MySQL its adapter does not tell where it looks for tables.
      expect(counts.map((sql) => sql.includes('(SELECT'))).toEqual(Array(2).fill(provider === 'mysql'))
    },
  )
})
