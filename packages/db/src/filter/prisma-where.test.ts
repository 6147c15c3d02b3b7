import { expect, test } from 'vitest'
import { notesMetadata } from '../../test/filter/databases.ts'
import type { Provider } from '../metadata/metadata.ts'
import { parseFilter } from './parse-filter.ts'
import { prismaWhere } from './prisma-where.ts'

const metadata = notesMetadata('postgresql')
const where = (filter: object, provider: Provider = 'postgresql') =>
  prismaWhere(parseFilter(metadata, 'Note', filter), provider)

test('what Prisma has a word for is said in it', () => {
  expect(where({ count__gte: 1, text__in: ['a', 'b'] })).toEqual({
    AND: [{ count: { gte: 1 } }, { text: { in: ['a', 'b'] } }],
  })
  expect(where({ memo: null })).toEqual({ memo: null })
  expect(where({})).toEqual({})
})

test('a negation names the rows with NULL, which Prisma would lose', () => {
  expect(where({ memo__ne: 'a' })).toEqual({ OR: [{ NOT: { memo: 'a' } }, { memo: null }] })
  expect(where({ text__ne: 'a' })).toEqual({ NOT: { text: 'a' } })
  expect(where({ '~not': { editor__name: 'a' } })).toEqual({
    OR: [{ editor: null }, { editor: { is: { NOT: { name: 'a' } } } }],
  })
  expect(where({ '~not': { labels__name: 'a' } })).toEqual({ labels: { none: { name: 'a' } } })
})

test('what is always true or false takes no words', () => {
  expect(where({ '~any': [{ text: null }, { count: 1 }] })).toEqual({ count: 1 })
  expect(where({ '~any': [{}, { count: 1 }] })).toEqual({})
  expect(where({ count__in: [] })).toBe(undefined)
  expect(where({ author__is_null: false })).toEqual({ author: { is: {} } })
  expect(where({ editor__is_null: false })).toEqual({ editor: { isNot: null } })
})

test('text is said on PostgreSQL only, and literally', () => {
  expect(where({ text__contains: '50%_\\' })).toEqual({ text: { contains: '50\\%\\_\\\\' } })
  expect(where({ text__istartswith: 'a' })).toEqual({ text: { startsWith: 'a', mode: 'insensitive' } })
  for (const lookup of ['iexact', 'like', 'ilike'])
    expect(where({ [`text__${lookup}`]: 'a' })).toBe(undefined)
  for (const provider of ['sqlite', 'mysql'] as const)
    expect(where({ text__contains: 'a' }, provider)).toBe(undefined)
})

test('what Prisma would not mean on every row is left to a key query', () => {
  expect(where({ data: { a: 1 } })).toBe(undefined)
  expect(where({ price__gt: 1 }, 'mysql')).toBe(undefined)
  expect(where({ score__in: [1e21, 0.1 + 0.2] })).toBe(undefined)
  expect(where({ count__in: Array.from({ length: 501 }, (_, at) => at) })).toBe(undefined)
  expect(where({ '~any': [{ count: 1 }, { labels__name__like: 'a%' }] })).toBe(undefined)
})

test('a required relation to a row that may be deleted is not negated in Prisma', () => {
  const condition = parseFilter(metadata, 'Note', { '~not': { author__name: 'a' } })
  expect(prismaWhere(condition, 'postgresql')).toEqual({ author: { is: { NOT: { name: 'a' } } } })
  expect(prismaWhere(condition, 'postgresql', { softDelete: new Map([['Person', 'removedAt']]) })).toBe(
    undefined,
  )
})
