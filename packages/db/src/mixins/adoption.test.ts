import { afterAll, beforeEach, expect, test } from 'vitest'
import { migratedDatabase } from '../../test/databases.ts'
import { PrismaClient } from '../../test/generated/sqlite/client.ts'
import { createUnitOfWork } from '../context/unit-of-work.ts'
import { createRepository } from '../repository/create-repository.ts'
import { mixins } from './mixins.ts'

const database = await migratedDatabase('sqlite')
const base = database.client()
beforeEach(async () => {
  await base.book.deleteMany()
  await base.author.deleteMany()
})
afterAll(async () => {
  await base.$disconnect()
  await database.drop()
})

const declared = { author: { timestamps: true, softDelete: true, version: true } } as const
const counting = () => {
  const seen: string[] = []
  const extension = {
    name: 'counting',
    query: {
      $allOperations: ({ operation, args, query }: { operation: string; args: object; query: Query }) => {
        seen.push(operation)
        return query(args)
      },
    },
  }
  return { seen, extension: extension as never as object }
}
type Query = (args: object) => Promise<unknown>

/** Deletes an author and looks for her in every way. */
async function deleteAnn(prisma: PrismaClient): Promise<unknown[]> {
  const uow = createUnitOfWork(prisma)
  const authors = createRepository(uow, 'author')
  const { id } = await authors.create({ name: 'Ann', email: 'ann' } as never)
  await base.book.create({ data: { title: 'T', authorId: id } })
  await uow.run(() => prisma.author.delete({ where: { id } }))
  return [
    await authors.get(id),
    await prisma.author.count(),
    await prisma.author.findMany({ include: { books: true } }),
    await base.author.count({ where: { deletedAt: { not: null }, version: 2 } }),
  ]
}
const gone = [null, 0, [], 1]

test('the mixins hold before other extensions, which see the calls', async () => {
  const { seen, extension } = counting()
  const prisma = base.$extends(mixins(declared)).$extends(extension) as never as PrismaClient
  expect(await deleteAnn(prisma)).toEqual(gone)
  expect(seen).toContain('create')
})

test('and after them', async () => {
  const { seen, extension } = counting()
  const prisma = base.$extends(extension).$extends(mixins(declared) as never) as never as PrismaClient
  expect(await deleteAnn(prisma)).toEqual(gone)
  expect(seen).toContain('create')
})

test('with fields that the client omits', async () => {
  const omit = { author: { deletedAt: true, version: true, email: true } }
  const omitting = new PrismaClient({ adapter: database.adapter(), omit })
  const prisma = omitting.$extends(mixins(declared)) as never as PrismaClient
  expect(await deleteAnn(prisma)).toEqual(gone)
  const [book] = await prisma.book.findMany({ include: { author: true } })
  expect(Object.keys(book?.author ?? {})).toEqual(['id', 'name', 'city', 'rating', 'createdAt', 'updatedAt'])
  await omitting.$disconnect()
})

test('an extension that was kept in a variable is checked at the start', () => {
  // Without the client at hand there is nothing for the compiler to check names by.
  const right = mixins({ author: { softDelete: true } } as never)
  const wrong = mixins({ author: { softDelete: { field: 'removed' } } } as never)
  expect(base.$extends(right as never)).toHaveProperty('$fastkit')
  expect(() => base.$extends(wrong as never)).toThrow(
    expect.objectContaining({
      code: 'MIXIN_CONFIG',
      message: 'mixins: author needs a field "removed DateTime" in schema.prisma',
    }),
  )
})
