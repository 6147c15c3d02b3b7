import { expect, test } from 'vitest'
import { notesMetadata } from '../../test/filter/databases.ts'
import { parseOrder } from './parse-order.ts'

const metadata = notesMetadata('sqlite')
const order = (orderBy?: string | readonly string[], model = 'Note') =>
  parseOrder(metadata, model, orderBy).map(({ path, descending }) => (descending ? '-' : '') + path.join('.'))

test('the key comes last, in the direction of the last step', () => {
  expect(order()).toEqual(['id'])
  expect(order('-count')).toEqual(['-count', '-id'])
  expect(order(['-count', 'text'])).toEqual(['-count', 'text', 'id'])
  expect(order(['-id', 'text'])).toEqual(['-id', 'text'])
  expect(order('-name', 'Seat')).toEqual(['-name', '-row', '-number'])
  expect(order('number', 'Seat')).toEqual(['number', 'row'])
})

test('a field that comes twice counts once', () => {
  expect(order(['count', '-count', 'count'])).toEqual(['count', 'id'])
})

test('a path leads over to-one relations, not over to-many ones', () => {
  expect(order('-author__boss__name')).toEqual(['-author.boss.name', '-id'])
  expect(() => order('labels__name')).toThrow('Note.labels holds many rows: Note cannot be sorted by them')
})

test.each([
  '',
  '-',
  '--count',
  'nope',
  'author',
  'data',
  'author__',
  '__proto__',
  'constructor',
  'count__eq',
])('%j is refused', (name) => {
  expect(() => order(name)).toThrow(expect.objectContaining({ code: 'UNKNOWN_FIELD' }))
})

test('what can be sorted by is listed', () => {
  expect(() => order('author__nope')).toThrow(
    'Person cannot be sorted by "nope"; its fields: id, name, nick, removedAt, bossId',
  )
})

test('an order has bounds', () => {
  expect(() => order(`${'boss__'.repeat(20)}name`, 'Person')).toThrow(
    expect.objectContaining({ code: 'FILTER_VALUE' }),
  )
  expect(() => order(Array(21).fill('count'))).toThrow(expect.objectContaining({ code: 'FILTER_VALUE' }))
  expect(() => order([1 as never])).toThrow(expect.objectContaining({ code: 'FILTER_VALUE' }))
})

test('a translated field can be sorted by', () => {
  const options = { translatable: new Map([['Note', new Set(['title'])]]) }
  expect(parseOrder(metadata, 'Note', 'title', options)[0]).toMatchObject({
    path: ['title'],
    translated: true,
  })
})
