import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import { type EmptyDatabase, migratedDatabase, providers } from '../../test/databases.ts'
import type { PrismaClient } from '../../test/generated/sqlite/client.ts'
import { DbError } from '../errors.ts'
import { mixins } from '../mixins/mixins.ts'
import { ambient } from './ambient.ts'
import { createUnitOfWork, type PrismaUnitOfWork } from './unit-of-work.ts'

const extend = (base: PrismaClient) =>
  base.$extends(mixins({ author: { timestamps: true, softDelete: true } }))
type Db = ReturnType<typeof extend>

describe.each(providers)('on %s', (provider) => {
  let database: EmptyDatabase
  let base: PrismaClient
  let prisma: Db
  let uow: PrismaUnitOfWork<Db>
  let reported: unknown[]

  beforeAll(async () => {
    database = await migratedDatabase(provider)
    base = database.client()
    prisma = extend(base)
  })
  beforeEach(async () => {
    reported = []
    uow = createUnitOfWork(prisma, { onEffectError: (error) => reported.push(error), effectTimeoutMs: 200 })
    await base.book.deleteMany()
    await base.author.deleteMany()
  })
  afterAll(async () => {
    await base?.$disconnect()
    await database?.drop()
  })

  const create = (name: string) => prisma.author.create({ data: { name, email: `${name}@example.com` } })
  const names = async () => (await base.author.findMany({ orderBy: { name: 'asc' } })).map(({ name }) => name)
  const fail = (message = 'no') => {
    throw new Error(message)
  }

  describe('run', () => {
    test('rolls raw statements back as well', async () => {
      await expect(
        uow.run(async () => {
          await create('a')
          await prisma.$executeRawUnsafe(provider === 'mysql' ? 'DELETE FROM `books`' : 'DELETE FROM "books"')
          await prisma.$queryRaw`SELECT 1`
          fail()
        }),
      ).rejects.toThrow('no')
      expect(await names()).toEqual([])
    })

    test('takes along a lazy promise that is returned without await', async () => {
      await expect(
        uow.run(async () => {
          await uow.run(() => create('a') as unknown as Promise<object>)
          fail()
        }),
      ).rejects.toThrow('no')
      expect(await names()).toEqual([])
    })

    test('sees its own writes, also through the client it hands out', async () => {
      await uow.run(async () => {
        await create('a')
        expect(await prisma.author.count()).toBe(1)
        expect(await uow.client.author.count()).toBe(1)
        expect(uow.client === prisma).toBe(false)
      })
      expect(uow.client === prisma).toBe(true)
    })

    test('takes the isolation the database has', async () => {
      for (const isolation of [
        'read_uncommitted',
        'read_committed',
        'repeatable_read',
        'serializable',
      ] as const) {
        await uow.run(() => create(isolation).then(() => {}), { isolation })
      }
      expect(await names()).toHaveLength(4)
    })

    test('that takes too long is rolled back', async () => {
      await expect(
        uow.run(
          async () => {
            await create('a')
            await new Promise((resolve) => setTimeout(resolve, 150))
            await create('b')
          },
          { timeoutMs: 50 },
        ),
      ).rejects.toMatchObject({ code: 'DATABASE_TIMEOUT', kind: 'timeout' })
      expect(await names()).toEqual([])
    })
  })

  describe('a savepoint', () => {
    test('saves the transaction from a statement that fails', async () => {
      await uow.run(async () => {
        await create('a')
        await expect(uow.savepoint(() => create('a').then(() => {}))).rejects.toMatchObject({ code: 'P2002' })
        await create('b')
      })
      expect(await names()).toEqual(['a', 'b'])
    })
  })

  describe('afterCommit', () => {
    test('that never ends is not waited for, and is reported', async () => {
      await uow.run(() => uow.afterCommit(() => new Promise(() => {})))
      expect(reported).toMatchObject([{ code: 'EFFECT_TIMEOUT' }])
    })

    test('a reporter that fails does not matter', async () => {
      const careless = createUnitOfWork(prisma, { onEffectError: () => fail() })
      await careless.run(() => careless.afterCommit(() => fail()))
    })

    test('a reporter that fails later leaves no rejection unhandled', async () => {
      const unhandled: unknown[] = []
      const listen = (reason: unknown) => void unhandled.push(reason)
      process.on('unhandledRejection', listen)
      const careless = createUnitOfWork(prisma, { onEffectError: async () => fail() })
      await careless.run(() => careless.afterCommit(() => fail()))
      await new Promise((resolve) => setImmediate(resolve))
      process.off('unhandledRejection', listen)
      expect(unhandled).toEqual([])
    })
  })

  describe('what cannot join fails', () => {
    test('a transaction of Prisma’s own, as a function and as a list', async () => {
      await uow.run(async () => {
        await expect(async () => prisma.$transaction(async () => {})).rejects.toMatchObject({
          code: 'NESTED_TRANSACTION',
        })
        await expect(async () => prisma.$transaction([prisma.author.count()])).rejects.toMatchObject({
          code: 'NESTED_TRANSACTION',
        })
      })
      expect(await prisma.$transaction([prisma.author.count()])).toEqual([0])
    })

    test('another transaction’s client', async () => {
      if (provider === 'sqlite') return // its one connection cannot even begin a second
      await prisma.$transaction(async (tx) => {
        await uow.run(async () => {
          await expect(tx.author.count()).rejects.toMatchObject({ code: 'NESTED_TRANSACTION' })
        })
      })
    })
  })

  describe('retries', () => {
    test('run again from scratch, with nothing queued', async () => {
      const seen: number[] = []
      let attempt = 0
      await uow.run(
        async () => {
          attempt++
          await create(`try${attempt}`)
          const now = attempt
          await uow.afterCommit(() => void seen.push(now))
          if (attempt < 3) throw new DbError('WRITE_CONFLICT', 'conflict')
        },
        { retries: 5 },
      )
      expect([attempt, seen, await names()]).toEqual([3, [3], ['try3']])
    })

    test('end, and only conflicts are retried', async () => {
      let attempts = 0
      const conflict = new DbError('WRITE_CONFLICT', 'conflict')
      await expect(
        uow.run(
          async () => {
            attempts++
            throw conflict
          },
          { retries: 2 },
        ),
      ).rejects.toBe(conflict)
      expect(attempts).toBe(3)
      await expect(
        uow.run(
          async () => {
            attempts++
            fail()
          },
          { retries: 2 },
        ),
      ).rejects.toThrow('no')
      expect(attempts).toBe(4)
    })

    test('let writers that collide all succeed', { timeout: 30_000 }, async () => {
      await base.author.create({ data: { name: 'counter', email: 'counter', rating: 0 } })
      const increment = () =>
        uow.run(
          async () => {
            const { id, rating } = await prisma.author.findFirstOrThrow()
            await prisma.author.update({ where: { id }, data: { rating: (rating ?? 0) + 1 } })
          },
          { isolation: 'serializable', retries: 100, maxWaitMs: 20_000, timeoutMs: 20_000 },
        )
      await Promise.all(Array.from({ length: 10 }, increment))
      expect(await base.author.findFirst()).toMatchObject({ rating: 10 })
    })
  })

  test('two clients have transactions of their own', async () => {
    const other = createUnitOfWork(database.client().$extends(ambient()))
    await uow.run(async () => {
      expect(other.active()).toBe(false)
      await create('a')
    })
    await other.client.$disconnect()
  })

  test('an extension declared after it joins as well', async () => {
    const counting = prisma.$extends({
      client: { countAll: () => prisma.author.count() },
      query: {
        author: { create: ({ args, query }) => query({ ...args, data: { ...args.data, city: 'Bonn' } }) },
      },
    })
    const own = createUnitOfWork(counting)
    await own
      .run(async () => {
        await counting.author.create({ data: { name: 'a', email: 'a' } })
        expect(await counting.countAll()).toBe(1)
        fail()
      })
      .catch(() => {})
    expect(await names()).toEqual([])
  })

  test('effects fire for exactly what was committed, whichever statement fails', {
    timeout: 120_000,
  }, async () => {
    let budget = Number.POSITIVE_INFINITY
    const failing = prisma.$extends({
      query: {
        $allOperations: async ({ args, query }) => {
          if (budget-- <= 0) throw new Error('the n-th statement failed')
          return query(args)
        },
      },
    })
    const own = createUnitOfWork(failing)
    for (const [at, steps] of fc.sample(program, { numRuns: 20, seed: inject('seed') ?? 1 }).entries()) {
      for (let n = 0; n <= countWrites(steps); n++) {
        await base.author.deleteMany()
        const fired: string[] = []
        let id = 0
        const runSteps = async (list: readonly Step[]): Promise<void> => {
          for (const step of list) {
            if (step.kind === 'write') {
              const name = `w${++id}`
              await failing.author.create({ data: { name, email: name } })
              await own.afterCommit(() => void fired.push(name))
            } else if (step.kind === 'run') await own.run(() => runSteps(step.steps))
            else {
              const savepoint = own.savepoint(() => runSteps(step.steps))
              await (step.caught ? savepoint.catch(() => {}) : savepoint)
            }
          }
        }
        budget = n
        await own.run(() => runSteps(steps)).catch(() => {})
        budget = Number.POSITIVE_INFINITY
        expect(fired.sort(), `scenario ${at}, statement ${n}`).toEqual((await names()).sort())
      }
    }
  })
})

type Step =
  | { readonly kind: 'write' }
  | { readonly kind: 'run'; readonly steps: readonly Step[] }
  | { readonly kind: 'savepoint'; readonly steps: readonly Step[]; readonly caught: boolean }

const { program } = fc.letrec<{ step: Step; program: Step[] }>((tie) => ({
  step: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constant<Step>({ kind: 'write' }),
    tie('program').map((steps): Step => ({ kind: 'run', steps })),
    fc
      .tuple(tie('program'), fc.boolean())
      .map(([steps, caught]): Step => ({ kind: 'savepoint', steps, caught })),
  ),
  program: fc.array(tie('step'), { minLength: 1, maxLength: 4 }),
}))

function countWrites(steps: readonly Step[]): number {
  return steps.reduce((sum, step) => sum + (step.kind === 'write' ? 1 : countWrites(step.steps)), 0)
}

test('a client that does not join is refused', async () => {
  const database = await migratedDatabase('sqlite')
  expect(() => createUnitOfWork(database.client())).toThrow(
    expect.objectContaining({ code: 'CLIENT_NOT_AMBIENT' }),
  )
  await database.drop()
})
