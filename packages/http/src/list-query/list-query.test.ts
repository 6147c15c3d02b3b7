import fc from 'fast-check'
import { Hono } from 'hono'
import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { installErrorHandling } from '../hono/error-handling.ts'
import { bool, date, decimal, field, int, oneOf, text, uuid } from './fields.ts'
import { listQuery } from './list-query.ts'

const list = listQuery({
  filter: {
    name: text(['eq', 'startswith']),
    age: int(['gte', 'lte', 'in']),
    active: bool(['eq']),
    born: date(['eq', 'gte']),
    status: oneOf(['draft', 'paid'], ['eq', 'in', 'ne', 'not_in', 'is_null']),
    price: decimal(['eq', 'between']),
    id: uuid(['eq']),
    views: field(
      v.pipe(
        v.string(),
        v.regex(/^\d{1,30}$/),
        v.transform((digits) => BigInt(digits)),
      ),
      ['gt', 'in'],
      { expected: 'a number of views' },
    ),
    owner__name: text(['iexact']),
  },
  sort: ['name', 'age'],
  include: ['owner', 'tags'],
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
        'filter[status__not_in]': 'draft',
        'filter[status__is_null]': 'false',
        'filter[price]': '-12.50',
        'filter[price__between]': '0.1,20',
        'filter[id]': '01900000-0000-7000-8000-00000000000A',
        'filter[views__gt]': '12345678901234567890',
        'filter[views__in]': '1,2',
        'filter[owner__name__iexact]': 'ann',
        include: 'tags,owner',
      }),
    ).toEqual({
      page: 2,
      perPage: 50,
      include: { owner: true, tags: true },
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
        status__not_in: ['draft'],
        status__is_null: false,
        price: '-12.50',
        price__between: ['0.1', '20'],
        id: '01900000-0000-7000-8000-00000000000a',
        views__gt: 12345678901234567890n,
        views__in: [1n, 2n],
        owner__name__iexact: 'ann',
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
  test.each<[query: Record<string, unknown>, name: string, code: string]>([
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
    [{ 'filter[status__ne]': 'constructor' }, 'filter[status__ne]', 'TYPE'],
    [{ 'filter[status__is_null]': 'yes' }, 'filter[status__is_null]', 'TYPE'],
    [{ 'filter[status__not_in]': '' }, 'filter[status__not_in]', 'TYPE'],
    ...[
      '',
      '.5',
      '5.',
      '1e3',
      '+1',
      '-0',
      '-0.00',
      '01',
      '1,5',
      'NaN',
      '0x1',
      ' 1',
      '1\n',
      '9'.repeat(31),
    ].map((price): [object: Record<string, unknown>, name: string, code: string] => [
      { 'filter[price]': price },
      'filter[price]',
      'TYPE',
    ]),
    [{ 'filter[price__between]': '1' }, 'filter[price__between]', 'TYPE'],
    [{ 'filter[price__between]': '1,2,3' }, 'filter[price__between]', 'TYPE'],
    [{ 'filter[price__between]': ','.repeat(200) }, 'filter[price__between]', 'TYPE'],
    [{ 'filter[id]': '01900000-0000-7000-8000-00000000000' }, 'filter[id]', 'TYPE'],
    [{ 'filter[id]': '{01900000-0000-7000-8000-000000000000}' }, 'filter[id]', 'TYPE'],
    [{ 'filter[views__gt]': '1e3' }, 'filter[views__gt]', 'TYPE'],
    [{ 'filter[views__in]': '1,x' }, 'filter[views__in]', 'TYPE'],
    [{ 'filter[owner]': 'x' }, 'filter[owner]', 'UNKNOWN_PARAMETER'],
    [{ 'filter[owner__name]': 'x' }, 'filter[owner__name]', 'UNKNOWN_PARAMETER'],
    [{ 'filter[owner][name]': 'x' }, 'filter[owner][name]', 'UNKNOWN_PARAMETER'],
    [{ filter: '{}' }, 'filter', 'UNKNOWN_PARAMETER'],
    [{ ['__proto__']: 'x' }, '__proto__', 'UNKNOWN_PARAMETER'],
    [{ ['x'.repeat(500)]: 'x' }, 'x'.repeat(100), 'UNKNOWN_PARAMETER'],
    [{ cursor: '' }, 'cursor', 'UNKNOWN_PARAMETER'],
    [{ include: 'nope' }, 'include', 'UNKNOWN_FIELD'],
    [{ include: '' }, 'include', 'UNKNOWN_FIELD'],
    [{ include: 'owner,owner' }, 'include', 'REPEATED'],
    [{ include: '-owner' }, 'include', 'UNKNOWN_FIELD'],
    [{ sort: 'a,'.repeat(4001) }, 'sort', 'TOO_LONG'],
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

  test('at most twenty of them', () => {
    expect(issuesOf(Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`p${n}`, ''])))).toHaveLength(
      20,
    )
  })

  test('an answer says once what there is, however much is wrong', () => {
    const names = list.parameters.map(({ name }) => name)
    const query = Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`p${n}`, '']))
    expect(() => list.parse(query)).toThrow(
      expect.objectContaining({
        issues: [
          expect.objectContaining({ params: { known: names } }),
          ...Array(19).fill(expect.not.objectContaining({ params: expect.anything() })),
        ],
      }),
    )
  })

  test.each([['sort'], ['include'], ['cursor']])('a list that declares none has no %s parameter', (name) => {
    expect(() => listQuery({}).parse({ [name]: '' })).toThrow(
      expect.objectContaining({ code: 'VALIDATION_FAILED' }),
    )
  })

  test('a value is never repeated to the client', () => {
    const secret = 'hunter2'
    const query = Object.fromEntries(list.parameters.map(({ name }) => [name, secret]))
    const {
      'filter[name]': _,
      'filter[name__startswith]': __,
      'filter[owner__name__iexact]': ___,
      ...wrong
    } = query
    const error = (() => {
      try {
        return list.parse(wrong)
      } catch (thrown) {
        return thrown
      }
    })()
    expect((error as { issues: unknown[] }).issues.length).toBeGreaterThan(10)
    expect(JSON.stringify((error as { issues: unknown[] }).issues)).not.toContain(secret)
  })
})

describe('a list is walked', () => {
  const both = listQuery({ paging: 'both' })
  const byCursor = listQuery({ paging: 'cursor', perPage: 5 })

  test('by cursor when there is one, and when the list has nothing else', () => {
    expect(both.parse({})).toEqual({ page: 1, perPage: 20, filter: {}, orderBy: [] })
    expect(both.parse({ cursor: '' })).toEqual({ cursor: '', perPage: 20, filter: {}, orderBy: [] })
    expect(both.parse({ cursor: 'abc', perPage: '7' })).toMatchObject({ cursor: 'abc', perPage: 7 })
    expect(byCursor.parse({})).toEqual({ cursor: '', perPage: 5, filter: {}, orderBy: [] })
  })

  test('one way at a time', () => {
    expect(() => both.parse({ cursor: '', page: '1' })).toThrow(
      expect.objectContaining({
        issues: [{ path: ['page'], code: 'CONFLICT', message: 'Cannot go with cursor' }],
      }),
    )
    expect(() => byCursor.parse({ page: '1' })).toThrow()
  })
})

describe('a declaration that makes no sense is refused when it is made', () => {
  test.each([
    [{ maxPerPage: 0 }],
    [{ maxPerPage: 1.5 }],
    [{ maxPerPage: Number.NaN }],
    [{ maxPerPage: Number.POSITIVE_INFINITY }],
    [{ perPage: 0 }],
    [{ perPage: -1 }],
    [{ perPage: 101 }],
    [{ perPage: 6, maxPerPage: 5 }],
    [{ filter: { a: text(['gte']), a__gte: text(['eq']) } }],
  ])('%j', (options) => {
    expect(() => listQuery(options)).toThrow(expect.objectContaining({ code: 'WRONG_SETUP' }))
  })

  test('a schema that is asynchronous, when it is first used', () => {
    const later = field(
      v.pipeAsync(
        v.string(),
        v.checkAsync(async () => true),
      ),
      ['eq'],
    )
    expect(() => later.parse('x')).toThrow(expect.objectContaining({ code: 'WRONG_SETUP' }))
  })
})

describe('a list describes itself', () => {
  const byName = new Map(list.parameters.map((parameter) => [parameter.name, parameter]))

  test('every parameter, and no other', () => {
    expect([...byName.keys()]).toEqual([
      'page',
      'perPage',
      'sort',
      'include',
      ...['name', 'name__startswith', 'age__gte', 'age__lte', 'age__in', 'active', 'born', 'born__gte'].map(
        (key) => `filter[${key}]`,
      ),
      ...['status', 'status__in', 'status__ne', 'status__not_in', 'status__is_null'].map(
        (key) => `filter[${key}]`,
      ),
      ...['price', 'price__between', 'id', 'views__gt', 'views__in', 'owner__name__iexact'].map(
        (key) => `filter[${key}]`,
      ),
    ])
    for (const name of byName.keys())
      expect(issuesOf({ [name]: '?' }).flat()).not.toContain('UNKNOWN_PARAMETER')
  })

  test('with what it takes', () => {
    expect(byName.get('perPage')?.schema).toEqual({ type: 'integer', minimum: 1, maximum: 50, default: 20 })
    expect(byName.get('sort')).toEqual({
      name: 'sort',
      description: 'Fields to sort by, `-` in front for descending.',
      explode: false,
      schema: {
        type: 'array',
        items: { type: 'string', enum: ['name', '-name', 'age', '-age'] },
        minItems: 1,
        uniqueItems: true,
      },
    })
    expect(byName.get('filter[status__in]')).toEqual({
      name: 'filter[status__in]',
      description: 'One of a list, each one of draft, paid',
      explode: false,
      schema: {
        type: 'array',
        items: { type: 'string', enum: ['draft', 'paid'] },
        minItems: 1,
        maxItems: 100,
      },
    })
    expect(byName.get('filter[price__between]')?.schema).toMatchObject({ minItems: 2, maxItems: 2 })
    expect(byName.get('filter[status__is_null]')?.schema).toEqual({ type: 'boolean' })
    expect(byName.get('filter[views__gt]')?.description).toBe('Above a number of views')
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

  /** Whether a value has the type its key promises. */
  const checks: Record<string, (value: unknown) => boolean> = {
    name: isText,
    name__startswith: isText,
    age__gte: Number.isSafeInteger,
    age__lte: Number.isSafeInteger,
    age__in: (value) => isListOf(value, Number.isSafeInteger),
    active: (value) => typeof value === 'boolean',
    born: isDate,
    born__gte: isDate,
    status: isStatus,
    status__ne: isStatus,
    status__in: (value) => isListOf(value, isStatus),
    status__not_in: (value) => isListOf(value, isStatus),
    status__is_null: (value) => typeof value === 'boolean',
    price: isText,
    price__between: (value) => isListOf(value, isText) && (value as unknown[]).length === 2,
    id: isText,
    views__gt: (value) => typeof value === 'bigint',
    views__in: (value) => isListOf(value, (one) => typeof one === 'bigint'),
    owner__name__iexact: isText,
  }
  const expectDeclared = (request: ReturnType<typeof list.parse>): void => {
    const { page, perPage, filter, orderBy, include = {}, ...rest } = request
    expect(rest).toEqual({})
    expect([page, perPage].every((count) => Number.isSafeInteger(count) && count >= 1)).toBe(true)
    expect(perPage).toBeLessThanOrEqual(50)
    for (const name of orderBy) expect(['name', '-name', 'age', '-age']).toContain(name)
    for (const [name, value] of Object.entries(include))
      expect([name, value]).toEqual([expect.stringMatching(/^(owner|tags)$/), true])
    for (const [key, value] of Object.entries(filter))
      expect([key, checks[key]?.(value)]).toEqual([key, true])
  }
  const names = fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...list.parameters.map(({ name }) => name)) },
    fc.constantFrom(
      '__proto__',
      'constructor',
      'toString',
      'filter',
      'filter[]',
      'filter[__proto__]',
      'cursor',
    ),
    fc.string({ unit: 'binary' }),
  )
  const texts = fc.oneof(
    fc.constantFrom(
      ...['1', '-1', '0', '', ',', 'true', 'paid', '2026-01-01', '1.5', '-name', 'owner', '1,2', '\0'],
    ),
    fc.string({ unit: 'binary' }),
    fc
      .array(fc.oneof(fc.integer().map(String), fc.constantFrom('draft', 'age', '1.0')), { maxLength: 200 })
      .map(String),
  )

  test('anything else is refused by name, and nothing else is thrown', () => {
    const wild = fc.dictionary(names, fc.oneof(texts, fc.array(texts), fc.anything()))
    fc.assert(
      fc.property(wild, (query) => {
        try {
          expectDeclared(list.parse(query))
        } catch (error) {
          expect(error).toMatchObject({ code: 'VALIDATION_FAILED', kind: 'invalid' })
        }
      }),
      { numRuns: 1000 },
    )
  })

  test('through an app: 200 with what was declared, or a 422 that names parameters', async () => {
    const app = new Hono()
    installErrorHandling(app, { logger: { debug() {}, info() {}, warn() {}, error() {} } })
    app.get('/', (c) => {
      expectDeclared(list.parse(c.req.queries()))
      return c.body(null, 200)
    })
    const pair = fc
      .tuple(names, texts)
      .map((both) => both.map((text) => encodeURIComponent(text.replace(/\p{Surrogate}/gu, '?'))).join('='))
    const broken = fc.string({ unit: fc.constantFrom(...'%0aF[]=&+;,#?\\{}"<>|'), maxLength: 12 })
    const queries = fc.array(fc.oneof({ weight: 5, arbitrary: pair }, broken), { maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(queries, async (parts) => {
        const response = await app.request(`/?${parts.join('&')}`)
        if (response.status === 200) return
        expect(response.status).toBe(422)
        const { code, issues } = (await response.json()) as { code: string; issues: { path: string[] }[] }
        expect([code, issues.every(({ path }) => path.length === 1)]).toEqual(['VALIDATION_FAILED', true])
        expect(issues.length).toBeGreaterThan(0)
      }),
      { numRuns: 1000 },
    )
  })
})

function isText(value: unknown): boolean {
  return typeof value === 'string' && value.length > 0 && !value.includes('\0')
}

function isDate(value: unknown): boolean {
  return value instanceof Date && !Number.isNaN(value.getTime())
}

function isStatus(value: unknown): boolean {
  return value === 'draft' || value === 'paid'
}

function isListOf(value: unknown, isOne: (one: unknown) => boolean): boolean {
  return Array.isArray(value) && value.length >= 1 && value.length <= 100 && value.every(isOne)
}
