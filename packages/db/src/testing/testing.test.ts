import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type EmptyDatabase, migratedDatabase, providers } from '../../test/databases.ts'
import type { PrismaClient } from '../../test/generated/sqlite/client.ts'
import { type ShapesDatabase, shapesDatabase } from '../../test/shapes/database.ts'
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
import { unitOfWorkContract } from './unit-of-work-contract.ts'

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
      version: 'Int',
    },
    unique: ['email'],
    softDelete: 'deletedAt',
    version: 'version',
    ...options,
  })

describe('in memory', () => {
  test.each(repositoryContract)('$name', async ({ run }) => run(inMemory()))
  test.each(repositoryContract)('within a unit of work: $name', async ({ run }) => {
    const unitOfWork = memoryUnitOfWork()
    const rows = inMemory({ unitOfWork })
    await unitOfWork.run(() => run(rows))
  })
  test.each(unitOfWorkContract)('a unit of work: $name', async ({ run }) => {
    const reported: unknown[] = []
    const unitOfWork = memoryUnitOfWork({ onEffectError: (error) => reported.push(error) })
    await run({ unitOfWork, rows: inMemory({ unitOfWork }), reported })
  })
})

describe.each(providers)('on %s', (provider) => {
  let database: EmptyDatabase
  let base: PrismaClient
  let shapes: ShapesDatabase
  beforeAll(async () => {
    shapes = await shapesDatabase(provider)
    database = await migratedDatabase(provider)
    base = database.client()
  })
  afterAll(async () => {
    await base?.$disconnect()
    await database?.drop()
    await shapes?.drop()
  })
  const extend = () =>
    base.$extends(mixins({ author: { timestamps: true, softDelete: true, version: true } }))

  test.each(repositoryContract)('$name', async ({ run }) => {
    await base.author.deleteMany()
    await run(createRepository(extend(), 'author') as never)
  })

  test.each(repositoryContract)('over a unit of work: $name', async ({ run }) => {
    await base.author.deleteMany()
    await run(createRepository(createUnitOfWork(extend()), 'author', { maxPerPage: 50 }) as never)
  })

  test.each(repositoryContract)('with every mixin, signed cursors and a scope: $name', async ({ run }) => {
    const prisma = shapes.client.$extends(
      mixins(
        {
          member: {
            timestamps: true,
            softDelete: true,
            version: true,
            publishable: true,
            slug: { from: 'name' },
            translatable: ['bio'],
          },
        },
        { locale: () => 'en', fallback: ['en'] },
      ),
    )
    await shapes.client.member.deleteMany()
    const scoped = () => ({ publishedAt: null })
    const options = { cursorSecret: 'secret', maxPerPage: 10, scoped }
    await run(createRepository(createUnitOfWork(prisma), 'member', options) as never)
  })

  test.each(unitOfWorkContract)('a unit of work: $name', { timeout: 60_000 }, async ({ run }) => {
    await base.author.deleteMany()
    const reported: unknown[] = []
    const unitOfWork = createUnitOfWork(extend(), { onEffectError: (error) => reported.push(error) })
    await run({ unitOfWork, rows: createRepository(unitOfWork, 'author') as never, reported })
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
