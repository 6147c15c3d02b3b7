import { describe, expect, test } from 'vitest'
import { notesMetadata } from '../../test/filter/databases.ts'
import type { Condition } from './condition.ts'
import { parseFilter } from './parse-filter.ts'

const metadata = notesMetadata('sqlite')
const options = { translatable: new Map([['Note', new Set(['title'])]]) }
const parse = (filter: unknown, model = 'Note') => parseFilter(metadata, model, filter, options)
const code = (value: string) => expect.objectContaining({ code: value })

test('keys are AND-ed, a bare name means equality, paths mean some related row', () => {
  expect(
    short(parse({ text: 'a', author__boss__name__icontains: 'b', labels__name__in: ['x', 'y', 'x'] })),
  ).toEqual([
    'all',
    ['text', 'eq', 'a'],
    ['some author', ['some boss', ['name', 'icontains', 'b']]],
    ['some labels', ['name', 'in', ['x', 'y']]],
  ])
})

test('a model is named by its delegate too', () => {
  expect(parse({ text: 'a' }, 'note')).toEqual(parse({ text: 'a' }))
})

test('groups nest, and an empty one is true or false', () => {
  expect(short(parse({ '~any': [{ count: 1 }, { '~not': { count__gte: 2 } }] }))).toEqual([
    'any',
    ['count', 'eq', 1],
    ['not', ['count', 'gte', 2]],
  ])
  expect(short(parse({ '~any': [] }))).toEqual(['any'])
  expect(short(parse({ '~all': [] }))).toEqual(['all'])
  expect(short(parse({}))).toEqual(['all'])
})

test('null is spelled is_null, also among values', () => {
  expect(short(parse({ memo: null }))).toEqual(['memo', 'is_null', true])
  expect(short(parse({ memo__ne: null }))).toEqual(['memo', 'is_null', false])
  expect(short(parse({ memo__in: ['a', null] }))).toEqual([
    'any',
    ['memo', 'in', ['a']],
    ['memo', 'is_null', true],
  ])
  expect(short(parse({ memo__not_in: [null] }))).toEqual(['not', ['any', ['any'], ['memo', 'is_null', true]]])
})

test('a relation can be asked for as a whole', () => {
  expect(short(parse({ editor__is_null: true }))).toEqual(['none editor', ['all']])
  expect(short(parse({ seat__is_null: false }))).toEqual(['some seat', ['all']])
  expect(short(parse({ labels__every: { name: 'a', id__ne: 'b' } }))).toEqual([
    'every labels',
    ['all', ['name', 'eq', 'a'], ['not', ['id', 'eq', 'b']]],
  ])
})

test('a translated field is text', () => {
  expect(short(parse({ title__startswith: 'a' }))).toEqual(['title', 'startswith', 'a'])
  expect(() => parse({ title: { en: 'a' } })).toThrow(code('FILTER_VALUE'))
  expect(() => parseFilter(metadata, 'Note', { title__startswith: 'a' })).toThrow(code('UNKNOWN_LOOKUP'))
})

describe('what does not exist is refused, and what does is listed', () => {
  test('fields', () => {
    expect(() => parse({ txt: 'a' })).toThrow(/cannot be filtered by "txt"; its fields: id, text, memo,/)
    expect(() => parse({ author__constructor: 1 })).toThrow(
      /Person cannot be filtered by "author__constructor"/,
    )
    expect(() => parse({ OR: [] })).toThrow(code('UNKNOWN_FIELD'))
    expect(() => parse({}, 'Nothing')).toThrow(/there are: Person, Note, Label, Seat/)
  })

  test('lookups', () => {
    expect(() => parse({ count__contains: 1 })).toThrow(
      /Note.count has no lookup "contains"; it has: eq, ne, is_null, in/,
    )
    expect(() => parse({ stage__lt: 'draft' })).toThrow(code('UNKNOWN_LOOKUP'))
    expect(() => parse({ author: 1 })).toThrow(/it has: is_null, some, none/)
    expect(() => parse({ text__eq__eq: 'a' })).toThrow(code('UNKNOWN_LOOKUP'))
  })

  test.each(['__proto__', 'constructor', 'toString', 'text____proto__', '', '__', '~or', 'author__'])(
    'the key %j',
    (key) => {
      const filter = JSON.parse(`{${JSON.stringify(key)}: {}}`) as unknown
      expect(() => parse(filter)).toThrow(
        expect.objectContaining({ code: expect.stringMatching(/UNKNOWN_(FIELD|LOOKUP)/) }),
      )
    },
  )
})

test.each([
  ['text', undefined],
  ['text', 1],
  ['text', { contains: 'a' }],
  ['text', ['a']],
  ['text', 'a\0'],
  ['text', '\ud800'],
  ['text', new String('a')],
  ['text__contains', null],
  ['text__in', 'a'],
  ['text__in', [undefined]],
  ['text__between', ['a']],
  ['text__is_null', 'false'],
  ['count', 1.5],
  ['count', 2 ** 31],
  ['count', '1'],
  ['count', 1n],
  ['count', Number.NaN],
  ['count__gt', null],
  ['big', 2n ** 63n],
  ['big', 2 ** 53],
  ['score', Number.POSITIVE_INFINITY],
  ['price', '1,5'],
  ['price', 'NaN'],
  ['price', {}],
  ['price', { toFixed: () => '1' }],
  ['done', 'true'],
  ['done', 1],
  ['at', '2026-01-01'],
  ['at', new Date('x')],
  ['at', new Date(8.64e15)],
  ['stage', 'zed'],
  ['stage', 'constructor'],
  ['data', undefined],
  ['data', { a: undefined }],
  ['data', { a: '\0' }],
  ['data', { '\ud800': 1 }],
  ['data', new Map()],
  ['data', { a: 1n }],
  ['editor__is_null', null],
  ['labels__some', null],
  ['labels__some', [{}]],
  ['~any', {}],
  ['~any', [1]],
  ['~not', []],
  ['~all', null],
] as [string, unknown][])('%s refuses %o', (key, value) => {
  expect(() => parse({ [key]: value })).toThrow(code('FILTER_VALUE'))
})

test.each([null, undefined, [], 'a', new Date(), new Map(), Object.create({ text: 'a' })])(
  '%o is no filter',
  (filter) => {
    expect(() => parse(filter)).toThrow(code('FILTER_VALUE'))
  },
)

test('Json takes JSON, plain objects included', () => {
  expect(short(parse({ data: { a: [1, null, { b: 'c' }] } }))).toEqual([
    'data',
    'eq',
    { a: [1, null, { b: 'c' }] },
  ])
})

describe('size', () => {
  test('any depth beyond ten is refused, without a stack overflow', () => {
    for (const key of ['~not', 'author__some', '~any']) {
      let filter: unknown = {}
      for (let depth = 0; depth < 3000; depth += 1) filter = { [key]: key === '~any' ? [filter] : filter }
      expect(() => parse(filter)).toThrow(code(key === 'author__some' ? 'UNKNOWN_FIELD' : 'FILTER_VALUE'))
    }
    expect(() => parse({ [`${'boss__'.repeat(3000)}name`]: 'a' }, 'Person')).toThrow(code('FILTER_VALUE'))
    expect(() => parse({ [`${'boss__'.repeat(11)}name`]: 'a' }, 'Person')).toThrow(code('FILTER_VALUE'))
    expect(parse({ [`${'boss__'.repeat(10)}name`]: 'a' }, 'Person')).toBeDefined()
  })

  test('a filter that holds itself is refused', () => {
    const filter: Record<string, unknown> = {}
    filter['~not'] = filter
    expect(() => parse(filter)).toThrow(code('FILTER_VALUE'))
  })

  test('at most 200 comparisons and groups', () => {
    const any = (count: number) => parse({ '~any': Array.from({ length: count }, () => ({ count: 1 })) })
    expect(any(90)).toBeDefined()
    expect(() => any(300)).toThrow(code('FILTER_VALUE'))
    expect(() => parse({ '~any': Array.from({ length: 1e6 }, () => ({})) })).toThrow(code('FILTER_VALUE'))
  })

  test('at most 40,000 values, once each', () => {
    const ids = Array.from({ length: 40_000 }, (_, at) => at % 1000)
    expect(parse({ count__in: ids })).toMatchObject({ value: { length: 1000 } })
    expect(() => parse({ count__in: [...ids, 1] })).toThrow(code('FILTER_VALUE'))
    expect(parse({ at__in: [new Date(5), new Date(5), new Date(6)] })).toMatchObject({ value: { length: 2 } })
    expect(parse({ big__in: [1, 1n, 9007199254740993n, 9007199254740992n] })).toMatchObject({
      value: { length: 3 },
    })
  })
})

test('the filter is left as it is', () => {
  const filter = Object.freeze({
    '~any': Object.freeze([Object.freeze({ count__in: Object.freeze([1, 1]) })]),
  })
  expect(parse(filter)).toBeDefined()
})

/** A condition in a few words. */
function short(condition: Condition): unknown {
  switch (condition.kind) {
    case 'compare':
      return [condition.field.name, condition.lookup, condition.value]
    case 'related':
      return [`${condition.quantifier} ${condition.field.name}`, short(condition.of)]
    case 'not':
      return ['not', short(condition.of)]
    default:
      return [condition.kind, ...condition.of.map(short)]
  }
}
