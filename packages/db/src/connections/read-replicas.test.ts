import { PrismaPg } from '@prisma/adapter-pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type EmptyDatabase, migratedDatabase, providers } from '../../test/databases.ts'
import { type FaultyProxy, startProxy } from '../../test/errors/proxy.ts'
import { PrismaClient as PostgresqlClient } from '../../test/generated/postgresql/client.ts'
import type { PrismaClient } from '../../test/generated/sqlite/client.ts'
import { ambient } from '../context/ambient.ts'
import { createUnitOfWork } from '../context/unit-of-work.ts'
import { mixins } from '../mixins/mixins.ts'
import { createRepository } from '../repository/create-repository.ts'
import { type ReadReplicasOptions, readReplicas } from './read-replicas.ts'
import { onPrimary, readYourWrites } from './read-your-writes.ts'

// Two databases that never become alike: a row tells where it was read.
describe.runIf(providers.includes('postgresql'))('a client with a replica', () => {
  let databases: EmptyDatabase[]
  let primary: PrismaClient
  let replica: PrismaClient
  let reported: unknown[]
  let time: number

  beforeAll(async () => {
    databases = await Promise.all([migratedDatabase('postgresql'), migratedDatabase('postgresql')])
    const [first, second] = databases as [EmptyDatabase, EmptyDatabase]
    primary = first.client()
    replica = second.client()
  })
  beforeEach(async () => {
    reported = []
    time = 0
    await Promise.all([fill(primary, 'primary'), fill(replica, 'replica')])
  })
  afterAll(async () => {
    await Promise.all([primary?.$disconnect(), replica?.$disconnect()])
    await Promise.all((databases ?? []).map((database) => database.drop()))
  })

  async function fill(client: PrismaClient, name: string): Promise<void> {
    await client.book.deleteMany()
    await client.author.deleteMany()
    await client.author.create({ data: { id: 1, name, email: 'a' } })
    await client.author.create({
      data: { id: 2, name: `deleted ${name}`, email: 'b', deletedAt: new Date() },
    })
    await client.book.create({ data: { id: 1, title: name, authorId: 1 } })
  }

  const extend = (options: Partial<ReadReplicasOptions> = {}) =>
    primary.$extends(mixins({ author: { softDelete: true } })).$extends(
      readReplicas({
        replicas: [replica],
        onReplicaError: (error) => reported.push(error),
        now: () => time,
        ...options,
      }),
    )
  type Db = ReturnType<typeof extend>
  const nameIn = async (db: Db) => (await db.author.findFirst())?.name
  const write = (db: Db) => db.book.update({ where: { id: 1 }, data: { title: 'new' } })

  describe('reads', () => {
    test('of every kind from the replica', async () => {
      const db = extend()
      const where = { name: 'replica' }
      expect(await db.author.findFirst()).toMatchObject(where)
      expect(await db.author.findFirstOrThrow()).toMatchObject(where)
      expect(await db.author.findUnique({ where: { id: 1 } })).toMatchObject(where)
      expect(await db.author.findUniqueOrThrow({ where: { id: 1 } })).toMatchObject(where)
      expect(await db.author.findMany()).toMatchObject([where])
      expect(await db.author.count({ where })).toBe(1)
      expect(await db.author.aggregate({ _max: { name: true } })).toEqual({ _max: where })
      expect(await db.author.groupBy({ by: ['name'] })).toEqual([where])
      expect(await db.book.findFirst({ include: { author: true } })).toMatchObject({ author: where })
    })

    test('through a relation, to any depth, as Prisma itself answers', async () => {
      const db = extend()
      const book = (id: number) => db.book.findUnique({ where: { id } })
      expect(await book(1).author()).toMatchObject({ name: 'replica' })
      expect(await book(1).author().books()).toMatchObject([{ title: 'replica' }])
      expect(await book(1).author({ select: { name: true } })).toEqual({ name: 'replica' })
      expect(await book(7).author()).toEqual(await primary.book.findUnique({ where: { id: 7 } }).author())
    })

    test('of a repository, raw SQL or not, from the replica', async () => {
      const authors = createRepository(extend(), 'author')
      const books = createRepository(extend(), 'book')
      expect(await authors.filter({ name: 'replica' })).toMatchObject([{ id: 1 }])
      expect(await books.filter({}, { orderBy: 'author__name' })).toMatchObject([{ title: 'replica' }])
      await replica.book.update({ where: { id: 1 }, data: { id: 5 } })
      expect(await books.filter({}, { orderBy: 'author__name' })).toMatchObject([{ id: 5 }])
      const [page] = await books.paginate({ orderBy: 'author__name' }).then(({ items }) => items)
      expect(page).toMatchObject({ id: 5 })
      expect((await books.cursorPaginate()).items).toMatchObject([{ id: 5 }])
      expect(await books.count({ author__name: 'replica' })).toBe(1)
      expect(await books.aggregate({ author__name: 'replica' }, { _max: { id: true } })).toEqual({
        _max: { id: 5 },
      })
      for await (const row of books.iterate({})) expect(row.id).toBe(5)
    })

    test('leave out what is deleted, and withDeleted finds it', async () => {
      const db = extend()
      expect(await db.author.count()).toBe(1)
      expect(await db.author.withDeleted().count({ where: { name: { contains: 'replica' } } })).toBe(2)
    })

    test('have the fields that other extensions compute', async () => {
      const loud = {
        result: {
          author: {
            loud: { needs: { name: true }, compute: ({ name }: { name: string }) => name.toUpperCase() },
          },
        },
      } as const
      const db = primary.$extends(readReplicas({ replicas: [replica] })).$extends(loud)
      expect(await db.author.findFirst()).toMatchObject({ name: 'replica', loud: 'REPLICA' })
      expect(await db.book.findFirst({ include: { author: true } })).toMatchObject({
        author: { loud: 'REPLICA' },
      })
      // Only the primary knows how to select it.
      expect(await db.author.findFirst({ select: { loud: true } })).toMatchObject({ loud: 'PRIMARY' })
    })

    test('made in one tick are still one statement', async () => {
      const statements: string[] = []
      const adapter = new PrismaPg({ connectionString: databases[1]?.url as string })
      const logging = new PostgresqlClient({ adapter, log: [{ emit: 'event', level: 'query' }] })
      logging.$on('query', ({ query }) => statements.push(query))
      const db = extend({ replicas: [logging] })
      await Promise.all([1, 2, 3].map((id) => db.author.findUnique({ where: { id } })))
      expect(statements).toHaveLength(1)
      await logging.$disconnect()
    })
  })

  describe('the primary gets', () => {
    test('writes, and what they return', async () => {
      const db = extend()
      expect(await write(db)).toMatchObject({ title: 'new' })
      await db.author.delete({ where: { id: 1 } })
      expect(await primary.author.findFirst({ where: { id: 1 } })).not.toMatchObject({ deletedAt: null })
      expect(await replica.author.findFirst({ where: { id: 1 } })).toMatchObject({ deletedAt: null })
    })

    test('raw SQL, which may write', async () => {
      expect(await extend().$queryRaw`SELECT name FROM "Author" WHERE id = 1`).toEqual([{ name: 'primary' }])
    })

    test('everything inside run and savepoint', async () => {
      const db = extend()
      const uow = createUnitOfWork(db)
      const books = createRepository(uow, 'book')
      await uow.run(async () => {
        expect(await nameIn(db)).toBe('primary')
        expect(await db.book.findUnique({ where: { id: 1 } }).author()).toMatchObject({ name: 'primary' })
        expect(await books.filter({}, { orderBy: 'author__name' })).toMatchObject([{ title: 'primary' }])
        await uow.savepoint(async () => {
          await write(db)
          expect(await db.book.findFirst()).toMatchObject({ title: 'new' })
        })
      })
      expect(await nameIn(db)).toBe('replica')
    })

    test('everything inside a transaction of Prisma’s own, a list or a function', async () => {
      const db = extend()
      const [author, count] = await db.$transaction([
        db.author.findFirst(),
        db.author.count({ where: { name: 'primary' } }),
      ])
      expect([author?.name, count]).toEqual(['primary', 1])
      await db.$transaction(async (tx) => {
        expect(await tx.author.findFirst()).toMatchObject({ name: 'primary' })
      })
    })

    test('what is read in onPrimary', async () => {
      const db = extend()
      expect(await onPrimary(db, () => nameIn(db))).toBe('primary')
      expect(await onPrimary(db, () => db.author.findFirst())).toMatchObject({ name: 'primary' })
      expect(await nameIn(db)).toBe('replica')
    })

    test('the reads by which a repository finds the rows to write', async () => {
      const books = createRepository(extend(), 'book')
      expect(await books.updateMany({ author__name: 'primary' }, { title: 'new' })).toBe(1)
      expect(await books.updateMany({ '~not': { author__name: 'replica' } }, { title: 'newer' })).toBe(1)
      const authors = createRepository(extend(), 'author')
      await replica.author.deleteMany({ where: { email: 'b' } })
      await primary.author.update({ where: { id: 1 }, data: { email: 'c' } })
      const row = { name: 'new', email: 'c' }
      expect(await authors.getOrCreate({ email: 'c' }, row)).toMatchObject({
        created: false,
        row: { name: 'primary' },
      })
      expect(await authors.upsert({ email: 'c' }, { create: row, update: { city: 'Bonn' } })).toMatchObject({
        id: 1,
      })
    })

    test('the reads by which a scope checks what data refers to', async () => {
      await Promise.all([primary, replica].map((client) => client.account.deleteMany()))
      const account = await primary.account.create({ data: { tenantId: 1, code: 'a' } })
      const orders = createRepository(extend(), 'order', { scoped: () => ({ tenantId: 1 }) })
      expect(await orders.create({ note: '', accountId: account.id })).toMatchObject({
        accountId: account.id,
      })
    })
  })

  describe('in readYourWrites, reads', () => {
    test('go to the primary after a write, and only in that session', async () => {
      const db = extend()
      await readYourWrites(db, async () => {
        expect(await nameIn(db)).toBe('replica')
        await write(db)
        expect(await nameIn(db)).toBe('primary')
        await readYourWrites(db, async () => expect(await nameIn(db)).toBe('primary'))
        await onPrimary(db, async () => {})
        expect(await createRepository(db, 'book').filter({}, { orderBy: 'author__name' })).toMatchObject([
          { title: 'new' },
        ])
      })
      expect(await nameIn(db)).toBe('replica')
      await readYourWrites(db, async () => expect(await nameIn(db)).toBe('replica'))
    })

    test.each<[string, (db: Db) => PromiseLike<unknown>]>([
      ['a write inside run', (db) => createUnitOfWork(db).run(async () => void (await write(db)))],
      ['a write inside an inner session', (db) => readYourWrites(db, () => onPrimary(db, () => write(db)))],
      ['a write that fails', (db) => db.author.create({ data: { id: 1, name: '', email: '' } })],
      ['raw SQL', (db) => db.$queryRaw`UPDATE "books" SET title = 'new' RETURNING id`],
      ['a batch', (db) => db.$transaction([write(db)])],
    ])('go to the primary after %s', async (_, writing) => {
      const db = extend()
      await readYourWrites(db, async () => {
        await Promise.resolve(writing(db)).catch(() => {})
        expect(await nameIn(db)).toBe('primary')
      })
    })

    test('go to the primary for windowMs', async () => {
      const db = extend({ windowMs: 100 })
      await readYourWrites(db, async () => {
        await write(db)
        time = 99
        expect(await nameIn(db)).toBe('primary')
        time = 100
        expect(await nameIn(db)).toBe('replica')
      })
    })

    test('never go back to an older replica', async () => {
      const db = extend({ replicas: [replica, primary] })
      const many = (each: (at: number) => Promise<unknown>) =>
        Promise.all(Array.from({ length: 6 }, (_, at) => each(at)))
      expect(new Set(await many(() => nameIn(db)))).toEqual(new Set(['replica', 'primary']))
      await readYourWrites(db, async () => expect(new Set(await many(() => nameIn(db))).size).toBe(1))
    })

    test('of a client without replicas are just made', async () => {
      const plain = primary.$extends(ambient())
      expect(await readYourWrites(plain, () => plain.author.count())).toBe(2)
      expect(await onPrimary(plain, () => plain.author.count())).toBe(2)
    })
  })

  describe('a replica that cannot be used', () => {
    let proxy: FaultyProxy
    const clients: PrismaClient[] = []
    const clientOf = (url: string) => {
      const adapter = new PrismaPg({ connectionString: url, query_timeout: 1000, statement_timeout: 900 })
      const client = new PostgresqlClient({ adapter }) as unknown as PrismaClient
      clients.push(client)
      return client
    }
    beforeAll(async () => {
      proxy = await startProxy(databases[1]?.url as string)
    })
    afterAll(async () => {
      await proxy.close()
      await Promise.all(clients.map((client) => client.$disconnect()))
    })

    test('is replaced by the primary, rests, and is tried again after that', async () => {
      const gone = clientOf('postgresql://nobody@127.0.0.1:1/none')
      const db = extend({ replicas: [gone], restMs: 1000 })
      expect(await nameIn(db)).toBe('primary')
      expect(await nameIn(db)).toBe('primary')
      expect(await createRepository(db, 'book').filter({}, { orderBy: 'author__name' })).toHaveLength(1)
      expect(reported).toHaveLength(1)
      time = 1000
      expect(await nameIn(db)).toBe('primary')
      expect(reported).toHaveLength(2)
    })

    test('is replaced by another replica while it rests', async () => {
      const gone = clientOf('postgresql://nobody@127.0.0.1:1/none')
      const db = extend({ replicas: [gone, replica] })
      const names = [await nameIn(db), await nameIn(db), await nameIn(db)]
      expect(names).toEqual(['primary', 'replica', 'replica'])
    })

    test('does so within a session, too', async () => {
      const gone = clientOf('postgresql://nobody@127.0.0.1:1/none')
      const db = extend({ replicas: [gone, replica] })
      await readYourWrites(db, async () => {
        expect([await nameIn(db), await nameIn(db)]).toEqual(['primary', 'replica'])
      })
    })

    test('says nothing within the timeout of its driver: the same', async () => {
      const db = extend({ replicas: [clientOf(proxy.url)] })
      expect(await nameIn(db)).toBe('replica')
      proxy.hang()
      expect(await nameIn(db)).toBe('primary')
      expect(reported).toHaveLength(1)
      proxy.resume()
    })

    test('gives up one read in favour of replication: that goes to the primary, and it does not rest', async () => {
      const conflict = Object.assign(new Error('canceling statement'), { code: 'P2034', clientVersion: '7' })
      let conflicts = 1
      const standby = replica.$extends({
        query: {
          async $allOperations({ args, query }) {
            if (conflicts-- > 0) throw conflict
            return query(args)
          },
        },
      })
      const db = extend({ replicas: [standby] })
      expect([await nameIn(db), await nameIn(db)]).toEqual(['primary', 'replica'])
      expect(reported).toEqual([conflict])
    })

    test('a reporter that fails does not matter', async () => {
      const gone = clientOf('postgresql://nobody@127.0.0.1:1/none')
      const onReplicaError = () => {
        throw new Error('no')
      }
      expect(await nameIn(extend({ replicas: [gone], onReplicaError }))).toBe('primary')
    })

    test('a query at fault fails as it would at the primary, and the replica does not rest', async () => {
      const db = extend()
      await expect(db.author.findFirst({ where: { nothing: 1 } as never })).rejects.toMatchObject({
        name: 'PrismaClientValidationError',
      })
      await expect(db.author.findUniqueOrThrow({ where: { id: 7 } })).rejects.toMatchObject({ code: 'P2025' })
      expect(await nameIn(db)).toBe('replica')
      expect(reported).toEqual([])
    })
  })

  describe('is refused', () => {
    test('without a replica, with one that has mixins of its own, and twice', () => {
      const code = 'REPLICA_CONFIG'
      expect(() => extend().$extends(readReplicas({ replicas: [replica] }))).toThrow(
        expect.objectContaining({ code }),
      )
      expect(() => readReplicas({ replicas: [] })).toThrow(expect.objectContaining({ code }))
      expect(() => readReplicas({ replicas: [replica.$extends(mixins({}))] })).toThrow(
        expect.objectContaining({ code }),
      )
    })

    test('when it would show what the primary leaves out', () => {
      const omit = { author: { email: true } }
      const adapter = new PrismaPg({ connectionString: databases[0]?.url as string })
      const secretive = new PostgresqlClient({ adapter, omit })
      expect(() => secretive.$extends(readReplicas({ replicas: [replica] }))).toThrow(
        expect.objectContaining({
          code: 'REPLICA_CONFIG',
          message: 'readReplicas: the primary and a replica omit other fields of Author',
        }),
      )
      secretive.$extends(readReplicas({ replicas: [new PostgresqlClient({ adapter, omit })] }))
    })

    test('before mixins, for its replicas would show deleted rows', () => {
      const db = primary.$extends(readReplicas({ replicas: [replica] }))
      expect(() => db.$extends(mixins({ author: { softDelete: true } }))).toThrow(
        expect.objectContaining({ code: 'MIXIN_CONFIG' }),
      )
    })
  })

  test('a client with replicas and no mixins has its unit of work', async () => {
    const db = primary.$extends(readReplicas({ replicas: [replica] }))
    expect(await db.author.findUnique({ where: { id: 1 } })).toMatchObject({ name: 'replica' })
    const uow = createUnitOfWork(db)
    const found = await uow.run(() => db.author.findUnique({ where: { id: 1 } }))
    expect(found).toMatchObject({ name: 'primary' })
  })
})
