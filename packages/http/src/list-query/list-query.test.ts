import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bool, date, int, oneOf, text } from './fields.ts'
import { listQuery } from './list-query.ts'

const list = listQuery({
  filter: {
    name: text(['eq', 'startswith']),
    age: int(['gte', 'lte', 'in']),
    active: bool(['eq']),
    born: date(['eq', 'gte']),
    status: oneOf(['draft', 'paid'], ['eq', 'in']),
  },
  sort: ['name', 'age'],
  maxPerPage: 50,
})

const issuesOf = (query: Record<string, unknown>) => {
  try {
    list.parse(query)
    return []
  } catch (error) {
    return (error as { issues: { path: string[]; code: string }[] }).issues.map(({ path, code }) => [
      path[0],
      code,
    ])
  }
}

describe('what is allowed comes out typed', () => {
  test('nothing asked is the first page of everything', () => {
    expect(list.parse({})).toEqual({ page: 1, perPage: 20, filter: {}, orderBy: [] })
  })

  test('everything at once', () => {
    expect(
      list.parse({
        page: '2',
        perPage: '50',
        sort: '-age,name',
        'filter[name]': 'Ann, Bea',
        'filter[name__startswith]': '%_',
        'filter[age__gte]': '-5',
        'filter[age__in]': '1,2,3',
        'filter[active]': 'false',
        'filter[born]': '2026-01-31',
        'filter[born__gte]': '2026-01-31T10:00:00+02:00',
        'filter[status__in]': 'draft,paid',
      }),
    ).toEqual({
      page: 2,
      perPage: 50,
      orderBy: ['-age', 'name'],
      filter: {
        name: 'Ann, Bea',
        name__startswith: '%_',
        age__gte: -5,
        age__in: [1, 2, 3],
        active: false,
        born: new Date('2026-01-31T00:00:00Z'),
        born__gte: new Date('2026-01-31T08:00:00Z'),
        status__in: ['draft', 'paid'],
      },
    })
  })

  test('the default page is no larger than the largest', () => {
    expect(listQuery({ maxPerPage: 5 }).parse({}).perPage).toBe(5)
    expect(listQuery({ perPage: 7 }).parse({}).perPage).toBe(7)
  })

  test('it is a Standard Schema', async () => {
    expect(list['~standard']).toMatchObject({ version: 1, vendor: 'fastkit' })
    expect(await list['~standard'].validate({ page: '2' })).toMatchObject({ value: { page: 2 } })
    expect(await list['~standard'].validate({ page: 'x' })).toMatchObject({ issues: [{ path: ['page'] }] })
  })
})

describe('everything else is refused, by parameter and reason', () => {
  test.each([
    [{ page: '0' }, 'page', 'RANGE'],
    [{ page: '-1' }, 'page', 'RANGE'],
    [{ page: '1.5' }, 'page', 'RANGE'],
    [{ page: '01' }, 'page', 'RANGE'],
    [{ page: ' 1' }, 'page', 'RANGE'],
    [{ page: '1e3' }, 'page', 'RANGE'],
    [{ page: '' }, 'page', 'RANGE'],
    [{ page: '9007199254740993' }, 'page', 'RANGE'],
    [{ page: ['1', '2'] }, 'page', 'REPEATED'],
    [{ page: [] }, 'page', 'REPEATED'],
    [{ page: 5 }, 'page', 'REPEATED'],
    [{ perPage: '51' }, 'perPage', 'RANGE'],
    [{ perPage: '0' }, 'perPage', 'RANGE'],
    [{ limit: '5' }, 'limit', 'UNKNOWN_PARAMETER'],
    [{ constructor: 'x' }, 'constructor', 'UNKNOWN_PARAMETER'],
    [{ sort: '' }, 'sort', 'UNKNOWN_FIELD'],
    [{ sort: 'nope' }, 'sort', 'UNKNOWN_FIELD'],
    [{ sort: '--name' }, 'sort', 'UNKNOWN_FIELD'],
    [{ sort: 'name,' }, 'sort', 'UNKNOWN_FIELD'],
    [{ sort: 'name,-name' }, 'sort', 'REPEATED'],
    [{ 'filter[nope]': 'x' }, 'filter[nope]', 'UNKNOWN_PARAMETER'],
    [{ 'filter[name__like]': 'x' }, 'filter[name__like]', 'UNKNOWN_PARAMETER'],
    [{ 'filter[name__eq]': 'x' }, 'filter[name__eq]', 'UNKNOWN_PARAMETER'],
    [{ 'filter[name]': ['a', 'b'] }, 'filter[name]', 'REPEATED'],
    [{ 'filter[name]': '' }, 'filter[name]', 'TYPE'],
    [{ 'filter[name]': 'a\0' }, 'filter[name]', 'TYPE'],
    [{ 'filter[name]': '\ud800' }, 'filter[name]', 'TYPE'],
    [{ 'filter[name]': 'x'.repeat(256) }, 'filter[name]', 'TYPE'],
    [{ 'filter[age__gte]': '0x10' }, 'filter[age__gte]', 'TYPE'],
    [{ 'filter[age__gte]': '-0' }, 'filter[age__gte]', 'TYPE'],
    [{ 'filter[age__in]': '1,,2' }, 'filter[age__in]', 'TYPE'],
    [{ 'filter[age__in]': `${'1,'.repeat(100)}1` }, 'filter[age__in]', 'TOO_MANY'],
    [{ 'filter[active]': '1' }, 'filter[active]', 'TYPE'],
    [{ 'filter[born]': '2026-02-30' }, 'filter[born]', 'TYPE'],
    [{ 'filter[born]': '2026-13-01' }, 'filter[born]', 'TYPE'],
    [{ 'filter[born]': '2026-01-01T25:00:00Z' }, 'filter[born]', 'TYPE'],
    [{ 'filter[born]': '2026-01-01T10:00:00' }, 'filter[born]', 'TYPE'],
    [{ 'filter[born]': 'yesterday' }, 'filter[born]', 'TYPE'],
    [{ 'filter[born]': '0000-01-01' }, 'filter[born]', 'TYPE'],
    [{ 'filter[born]': '9999-12-31T23:59:59-23:59' }, 'filter[born]', 'TYPE'],
    [{ 'filter[status]': 'void' }, 'filter[status]', 'TYPE'],
    [{ 'filter[status__in]': 'draft,void' }, 'filter[status__in]', 'TYPE'],
  ])('%j', (query, name, code) => {
    expect(issuesOf(query)).toEqual([[name, code]])
  })

  test('all of them at once', () => {
    expect(issuesOf({ page: 'x', nope: '1', 'filter[age__gte]': 'x' })).toEqual([
      ['page', 'RANGE'],
      ['nope', 'UNKNOWN_PARAMETER'],
      ['filter[age__gte]', 'TYPE'],
    ])
  })

  test('a list that declares no sorting has no sort parameter', () => {
    expect(() => listQuery({}).parse({ sort: 'name' })).toThrow(
      expect.objectContaining({ code: 'VALIDATION_FAILED' }),
    )
  })
})

test('a list of one text is that text, as Hono’s queries() gives it', () => {
  expect(list.parse({ page: ['2'], 'filter[name]': ['Ann'] })).toMatchObject({
    page: 2,
    filter: { name: 'Ann' },
  })
})

describe('whatever a client sends', () => {
  const values: Record<string, fc.Arbitrary<string>> = {
    page: fc.integer({ min: 1, max: 99 }).map(String),
    perPage: fc.integer({ min: 1, max: 50 }).map(String),
    sort: fc.constantFrom('name', '-age', 'age,-name'),
    'filter[name]': fc.string({ minLength: 1, maxLength: 9, unit: 'grapheme' }),
    'filter[name__startswith]': fc.string({ minLength: 1, maxLength: 9, unit: 'grapheme' }),
    'filter[age__gte]': fc.integer().map(String),
    'filter[age__in]': fc.array(fc.integer(), { minLength: 1, maxLength: 9 }).map(String),
    'filter[active]': fc.constantFrom('true', 'false'),
    'filter[born__gte]': fc
      .date({ noInvalidDate: true, min: new Date(0), max: new Date('2100-01-01') })
      .map((at) => at.toISOString()),
    'filter[status__in]': fc.constantFrom('draft', 'draft,paid'),
  }
  const keys = ['name', 'name__startswith', 'age__gte', 'age__in', 'active', 'born__gte', 'status__in']

  test('a query within the grammar is read, and only what was declared comes out', () => {
    fc.assert(
      fc.property(fc.record(values, { requiredKeys: [] }), (query) => {
        const { page, perPage, filter, orderBy } = list.parse(query)
        expect([page, perPage]).toEqual([Number(query['page'] ?? 1), Number(query['perPage'] ?? 20)])
        expect(
          Object.keys(filter)
            .map((key) => `filter[${key}]`)
            .sort(),
        ).toEqual(
          Object.keys(query)
            .filter((name) => name.startsWith('filter'))
            .sort(),
        )
        expect(orderBy).toEqual(query['sort']?.split(',') ?? [])
      }),
    )
  })

  test('anything else is refused by name, and nothing else is thrown', () => {
    const wild = fc.dictionary(
      fc.oneof(fc.constantFrom(...Object.keys(values)), fc.string()),
      fc.oneof(fc.string({ unit: 'binary' }), fc.array(fc.string()), fc.anything()),
    )
    fc.assert(
      fc.property(wild, (query) => {
        try {
          expect(keys).toEqual(expect.arrayContaining(Object.keys(list.parse(query).filter)))
        } catch (error) {
          expect(error).toMatchObject({ code: 'VALIDATION_FAILED', kind: 'invalid' })
        }
      }),
      { numRuns: 1000 },
    )
  })
})
