/** A bulk write takes more rows than a database takes parameters, on every database. */
import { expect, test } from 'vitest'
import { migratedDatabase, providers } from '../../test/databases.ts'
import { mixins } from '../mixins/mixins.ts'
import { createRepository } from './create-repository.ts'

test.each(providers)('35,000 rows found by keys are changed and deleted on %s', async (provider) => {
  const database = await migratedDatabase(provider)
  const base = database.client()
  const prisma = base.$extends(
    mixins({ author: { softDelete: true }, book: { softDelete: { field: 'removedAt' } } }),
  )
  const { id: authorId } = await base.author.create({ data: { name: 'Ann', email: 'ann' } })
  const titles = Array.from({ length: 35_000 }, (_, at) => `${at}`)
  await base.book.createMany({ data: titles.map((title) => ({ title, authorId })) })
  const books = createRepository(prisma, 'book')
  const ofAnn = { author__name: 'Ann' }
  expect(await books.updateMany(ofAnn, { created: new Date(0) })).toBe(35_000)
  expect(await books.deleteMany(ofAnn)).toBe(35_000)
  await base.$disconnect()
  await database.drop()
})
