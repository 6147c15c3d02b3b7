import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type EmptyDatabase, migratedDatabase, providers } from '../../test/databases.ts'
import type { PrismaClient } from '../../test/generated/sqlite/client.ts'
import { createUnitOfWork } from '../context/unit-of-work.ts'
import { mixins } from '../mixins/mixins.ts'
import { createRepository } from '../repository/create-repository.ts'
import { memoryRepository } from './memory-repository.ts'
import { memoryUnitOfWork } from './memory-unit-of-work.ts'
import {
  type ContractCreate,
  type ContractFilter,
  type ContractRow,
  repositoryContract,
} from './repository-contract.ts'

type Row = ContractRow & { deletedAt: Date | null }

const inMemory = (
  options: Partial<
    Parameters<typeof memoryRepository<Row, ContractCreate, Partial<ContractCreate>, ContractFilter>>[0]
  > = {},
) =>
  memoryRepository<Row, ContractCreate, Partial<ContractCreate>, ContractFilter>({
    model: 'Author',
    fields: {
      id: 'Int',
      name: 'String',
      email: 'String',
      city: 'String?',
      rating: 'Int?',
      deletedAt: 'DateTime?',
    },
    unique: ['email'],
    softDelete: 'deletedAt',
    ...options,
  })

describe('in memory', () => {
  test.each(repositoryContract)('$name', async ({ run }) => run(inMemory()))
  test.each(repositoryContract)('within a unit of work: $name', async ({ run }) => {
    const unitOfWork = memoryUnitOfWork()
    const rows = inMemory({ unitOfWork })
    await unitOfWork.run(() => run(rows))
  })
})

describe.each(providers)('on %s', (provider) => {
  let database: EmptyDatabase
  let base: PrismaClient
  beforeAll(async () => {
    database = await migratedDatabase(provider)
    base = database.client()
  })
  afterAll(async () => {
    await base?.$disconnect()
    await database?.drop()
  })
  const extend = () => base.$extends(mixins({ author: { timestamps: true, softDelete: true } }))

  test.each(repositoryContract)('$name', async ({ run }) => {
    await base.author.deleteMany()
    await run(createRepository(extend(), 'author') as never)
  })

  test.each(repositoryContract)('over a unit of work: $name', async ({ run }) => {
    await base.author.deleteMany()
    await run(createRepository(createUnitOfWork(extend()), 'author', { maxPerPage: 50 }) as never)
  })
})

describe('a unit of work in memory', () => {
  test('commits, rolls back, nests, and calls effects for what was committed', async () => {
    const uow = memoryUnitOfWork()
    const rows = inMemory({ unitOfWork: uow })
    const seen: string[] = []
    const create = async (name: string) => {
      await rows.create({ name, email: name })
      await uow.afterCommit(() => void seen.push(name))
    }
    await uow.run(async () => {
      await create('a')
      await uow
        .savepoint(async () => {
          await create('b')
          throw new Error('no')
        })
        .catch(() => {})
      await uow.run(() => uow.savepoint(() => create('c')))
      expect(seen).toEqual([])
    })
    await uow
      .run(async () => {
        await create('d')
        throw new Error('no')
      })
      .catch(() => {})
    expect([seen, (await rows.filter({})).map(({ name }) => name)]).toEqual([
      ['a', 'c'],
      ['a', 'c'],
    ])
    expect(uow.active()).toBe(false)
    await expect(uow.savepoint(async () => {})).rejects.toMatchObject({ code: 'NO_TRANSACTION' })
    await uow.run(async () => {
      await expect(uow.run(async () => {}, { retries: 1 })).rejects.toMatchObject({ code: 'JOIN_OPTIONS' })
    })
  })

  test('transactions take turns, so one that rolls back undoes nothing of another', async () => {
    const uow = memoryUnitOfWork()
    const rows = inMemory({ unitOfWork: uow })
    const request = (id: number) =>
      uow.run(async () => {
        await rows.create({ name: `${id}`, email: `${id}` })
        await new Promise((resolve) => setTimeout(resolve, 1))
        if (id % 2 === 1) throw new Error('odd')
      })
    await Promise.allSettled(Array.from({ length: 20 }, (_, id) => request(id)))
    expect(await rows.count()).toBe(10)
  })
})

test('rows are copied in and out', async () => {
  const rows = memoryRepository<{ id: number; data: unknown }, { data: unknown }, { data?: unknown }, object>(
    {
      fields: { id: 'Int', data: 'Json?' },
    },
  )
  const data = { list: [1] }
  const { id } = await rows.create({ data })
  data.list.push(2)
  const read = (await rows.getOrFail(id)).data as typeof data
  read.list.push(3)
  expect((await rows.getOrFail(id)).data).toEqual({ list: [1] })
})
