import { expect, test } from 'vitest'
import { notesMetadata } from '../../test/filter/databases.ts'
import { compareDecimals, plainDecimal } from './decimal.ts'
import { compareRows, type MemoryRow, matches } from './memory.ts'
import { parseFilter } from './parse-filter.ts'
import { parseOrder } from './parse-order.ts'

const metadata = notesMetadata('sqlite')
const options = { translatable: new Map([['Note', new Set(['title'])]]) }
const match = (filter: object, row: MemoryRow) =>
  matches(parseFilter(metadata, 'Note', filter, options), row, { locales: ['de', 'en'] })

test('a comparison with null is false, and its negation true', () => {
  expect(match({ memo: 'a' }, { memo: null })).toBe(false)
  expect(match({ memo__ne: 'a' }, { memo: null })).toBe(true)
  expect(match({ memo__not_in: ['a'] }, { memo: null })).toBe(true)
  expect(match({ '~not': { memo__contains: '' } }, { memo: null })).toBe(true)
})

test('no related row: none and every are true, some is not', () => {
  const row = { labels: [] }
  expect(match({ labels__none: {} }, row)).toBe(true)
  expect(match({ labels__every: { name: 'a' } }, row)).toBe(true)
  expect(match({ labels__name__ne: 'a' }, row)).toBe(false)
})

test.each([
  ['a%', 'abc', true],
  ['a_c', 'a😀c', true],
  ['a_c', 'ac', false],
  ['a\\%', 'a%', true],
  ['a\\%', 'ab', false],
  ['a\\', 'a\\', true],
  ['a.c', 'abc', false],
  ['%', '\n', true],
  ['[a]', 'a', false],
  ['', '', true],
])('%j is like %j: %j', (pattern, text, expected) => {
  expect(match({ text__like: pattern }, { text })).toBe(expected)
})

test('only letters from A to Z are folded, unless told otherwise', () => {
  expect(match({ text__icontains: 'ANN' }, { text: 'Joanna' })).toBe(true)
  expect(match({ text__iexact: 'é' }, { text: 'É' })).toBe(false)
})

test('a translated field is the first text along the locales', () => {
  expect(match({ title: 'b' }, { title: { de: null, en: 'b' } })).toBe(true)
  expect(match({ title__is_null: true }, { title: { fr: 'b' } })).toBe(true)
})

test('rows are ordered by code points, null first, enums as declared', () => {
  const sorted = (orderBy: string, name: string, values: readonly unknown[]) =>
    values
      .map((value, id) => ({ id: BigInt(id), [name]: value }))
      .sort(compareRows(parseOrder(metadata, 'Note', orderBy)))
      .map((row) => (row as MemoryRow)[name])
  expect(sorted('memo', 'memo', ['😀', '～', 'a', null, ''])).toEqual([null, '', 'a', '～', '😀'])
  expect(sorted('-stage', 'stage', ['review', 'done', null, 'draft'])).toEqual([
    'done',
    'draft',
    'review',
    null,
  ])
  expect(sorted('price', 'price', ['10', '9.99', '-1', '1e1', '-1.5'])).toEqual([
    '-1.5',
    '-1',
    '9.99',
    '10',
    '1e1',
  ])
})

test('decimals are compared by all their digits', () => {
  expect(compareDecimals('12345678901234567890.123456788', '12345678901234567890.123456789')).toBe(-1)
  expect(compareDecimals('-0.1', -0.1)).toBe(0)
  expect([1e21, 1.5e-7, '-12.5e1', '1.25e1', 0].map(plainDecimal)).toEqual([
    '1000000000000000000000',
    '0.00000015',
    '-125',
    '12.5',
    '0',
  ])
})
