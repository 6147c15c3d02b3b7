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

test('whatever a client sends, only what was declared comes out', () => {
  const keys = [
    'name',
    'name__startswith',
    'age__gte',
    'age__lte',
    'age__in',
    'active',
    'born',
    'born__gte',
    'status',
    'status__in',
  ]
  const parameter = fc.oneof(
    fc.constantFrom('page', 'perPage', 'sort', ...keys.map((key) => `filter[${key}]`)),
    fc.string(),
  )
  const value = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.integer().map(String),
    fc.constantFrom('name', '-age', 'true', 'draft'),
  )
  fc.assert(
    fc.property(fc.dictionary(parameter, fc.oneof(value, fc.array(value))), (query) => {
      try {
        const { page, perPage, filter, orderBy } = list.parse(query)
        expect(page).toBeGreaterThanOrEqual(1)
        expect(perPage).toBeLessThanOrEqual(50)
        expect(keys).toEqual(expect.arrayContaining(Object.keys(filter)))
        expect(['name', '-name', 'age', '-age']).toEqual(expect.arrayContaining(orderBy))
      } catch (error) {
        expect(error).toMatchObject({ code: 'VALIDATION_FAILED', kind: 'invalid' })
      }
    }),
    { numRuns: 1000 },
  )
})
