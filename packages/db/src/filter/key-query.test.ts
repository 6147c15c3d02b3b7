import { describe, expect, test } from 'vitest'
import { notesMetadata } from '../../test/filter/databases.ts'
import type { Provider } from '../metadata/metadata.ts'
import { countQuery, type KeyQueryOptions, keyQuery } from './key-query.ts'
import { parseFilter } from './parse-filter.ts'
import { parseOrder } from './parse-order.ts'

const metadata = {
  sqlite: notesMetadata('sqlite'),
  postgresql: notesMetadata('postgresql'),
  mysql: notesMetadata('mysql'),
}
const options = { translatable: new Map([['Note', new Set(['title'])]]) }

interface Asked extends Partial<Omit<KeyQueryOptions, 'orderBy'>> {
  readonly filter?: object
  readonly orderBy?: string | readonly string[]
  readonly provider?: Provider
}

function compile({ filter = {}, orderBy, provider = 'postgresql', model = 'Note', ...rest }: Asked): {
  sql: string
  values: readonly unknown[]
} {
  const known = metadata[provider]
  const condition = parseFilter(known, model, filter, options)
  const { sql, values } = keyQuery(known, {
    model,
    condition,
    orderBy: parseOrder(known, model, orderBy, options),
    ...rest,
  })
  return { sql, values }
}

test('a key query selects the key and what it is sorted by', () => {
  expect(compile({ filter: { count__gte: 1 }, orderBy: '-text', limit: 20 })).toEqual({
    sql: 'select "t0"."id" as "id", "t0"."text" as "~0", "t0"."id" as "~1" from "public"."notes" as "t0" where "t0"."count" >= $1 order by "t0"."text" desc, "t0"."id" desc limit 20 offset 0',
    values: [1],
  })
})

test('each database quotes names and counts parameters its own way', () => {
  const filter = { memo__startswith: 'a_' }
  expect(compile({ filter }).sql).toContain(`where "t0"."memo_text"::text like $1 escape '!'`)
  expect(compile({ filter, provider: 'sqlite' }).sql).toContain(
    'where substr("t0"."memo_text", 1, length(?)) = ?',
  )
  expect(compile({ filter, provider: 'mysql' })).toMatchObject({
    sql: expect.stringContaining("where `t0`.`memo_text` like ? collate utf8mb4_bin escape '!'"),
    values: ['a!_%'],
  })
})

test('relations are filtered by IN, composite ones by EXISTS, many-to-many through its table', () => {
  expect(compile({ filter: { author__name: 'a' } }).sql).toContain(
    'where "t0"."authorId" in (select "t1"."id" from "public"."people" as "t1" where "t1"."name" = $1)',
  )
  expect(compile({ filter: { seat__name: 'a' } }).sql).toContain(
    'where exists (select 1 from "public"."Seat" as "t1" where ("t1"."row" = "t0"."row" and "t1"."number" = "t0"."number" and "t1"."name" = $1))',
  )
  expect(compile({ filter: { labels__name: 'a' } }).sql).toContain(
    'where "t0"."id" in (select "t2"."B" from "public"."_LabelToNote" as "t2" inner join "public"."Label" as "t1" on "t1"."id" = "t2"."A" where "t1"."name" = $1)',
  )
})

test('negations are true where the condition is NULL', () => {
  expect(compile({ filter: { memo__ne: 'a' } }).sql).toContain('where ("t0"."memo_text" = $1) is not true')
  expect(compile({ filter: { labels__every: { name: 'a' } } }).sql).toContain('is not true)) is not true')
})

test('sorting by related rows joins each of them once', () => {
  const { sql } = compile({ orderBy: ['author__name', 'author__boss__name', '-author__id'] })
  expect(sql.match(/left join/g)).toHaveLength(2)
  expect(sql).toContain('left join "public"."people" as "t1" on "t1"."id" = "t0"."authorId"')
  expect(sql).toContain(
    'order by "t1"."name" asc nulls first, "t2"."name" asc nulls first, "t1"."id" desc nulls last, "t0"."id" desc',
  )
})

test('PostgreSQL is told where nulls go for nullable columns only', () => {
  expect(compile({ orderBy: ['text', 'memo'] }).sql).toMatch(
    /order by "t0"."text" asc, "t0"."memo_text" asc nulls first, "t0"."id" asc$/,
  )
  expect(compile({ orderBy: 'memo', provider: 'sqlite' }).sql).toMatch(/order by "t0"."memo_text" asc, /)
})

test('an enum is sorted by its place in the declaration', () => {
  expect(compile({ orderBy: 'stage' })).toMatchObject({
    sql: expect.stringContaining(
      'order by case "t0"."stage" when $4 then 0 when $5 then 1 when $6 then 2 end asc nulls first',
    ),
    values: ['zed', 'Mid', 'abc', 'zed', 'Mid', 'abc'],
  })
})

test('a translated field means the text that would be read', () => {
  const asked = { filter: { title: 'a' }, orderBy: 'title', locales: ['de', 'en'] }
  expect(compile(asked).sql).toContain(`where coalesce("t0"."title" ->> 'de', "t0"."title" ->> 'en') = $1`)
  expect(compile({ ...asked, provider: 'sqlite' }).sql).toContain(
    `coalesce(json_extract("t0"."title", '$."de"'), `,
  )
  expect(compile({ ...asked, provider: 'mysql' }).sql).toContain(
    `coalesce(json_value(\`t0\`.\`title\`, '$."de"'), `,
  )
  expect(() => compile({ ...asked, locales: ["de'"] })).toThrow(
    expect.objectContaining({ code: 'FILTER_VALUE' }),
  )
  expect(compile({ ...asked, locales: [] }).sql).toContain('where null::text = $1')
})

describe('a keyset', () => {
  test('has a leading range, so that an index can start at the cursor', () => {
    expect(compile({ orderBy: '-count', after: [5, '7'] })).toMatchObject({
      sql: expect.stringContaining(
        '("t0"."count" <= $1 and ("t0"."count" < $2 or ("t0"."count" = $3 and "t0"."id" < $4)))',
      ),
      values: [5, 5, 5, 7n],
    })
  })

  test('takes null for the smallest value', () => {
    expect(compile({ orderBy: 'memo', after: [null, '7'] }).sql).toContain(
      '("t0"."memo_text" is not null or ("t0"."memo_text" is null and "t0"."id" > $1))',
    )
    expect(compile({ orderBy: '-memo', after: ['a', '7'] }).sql).toContain(
      'where (("t0"."memo_text" < $1 or "t0"."memo_text" is null) or',
    )
  })

  test('compares dates as the text of the database', () => {
    const { sql } = compile({ orderBy: 'at', after: ['2026-03-01 10:20:30.456789', '7'] })
    expect(sql).toContain('cast("t0"."at" as text) as "~0"')
    expect(sql).toContain('"t0"."at" >= $1::timestamp')
    expect(compile({ orderBy: 'at', provider: 'mysql' }).sql).toContain('cast(`t0`.`at` as char) as `~0`')
  })

  test('reads backwards in the reverse order', () => {
    const { sql } = compile({ orderBy: ['-count', 'memo'], before: [5, 'a', '7'] })
    expect(sql).toContain('"t0"."count" >= $1')
    expect(sql).toMatch(/order by "t0"."count" asc, "t0"."memo_text" desc nulls last, "t0"."id" desc$/)
  })

  test.each([
    ['count', ['5', '7']],
    ['count', [null, '7']],
    ['count', [5, 7]],
    ['count', [5]],
    ['count', [5, '7', 1]],
    ['count', [5, '7x']],
    ['stage', [3, '7']],
    ['stage', ['zed', '7']],
    ['at', ['today', '7']],
    ['at', [5, '7']],
    ['text', [{ a: 1 }, '7']],
    ['text', ['\0', '7']],
    ['price', ['1e5x', '7']],
    ['done', ['true', '7']],
  ] as [string, never[]][])('by %s refuses %j', (orderBy, after) => {
    expect(() => compile({ orderBy, after })).toThrow(expect.objectContaining({ code: 'FILTER_VALUE' }))
  })
})

describe('soft delete', () => {
  const softDelete = new Map([
    ['Person', 'removedAt'],
    ['Label', 'removedAt'],
  ])

  test('applies to every model on the way', () => {
    expect(compile({ softDelete, filter: { labels__some: {} } }).sql).toContain(
      'where "t1"."removedAt" is null)',
    )
    expect(compile({ softDelete, orderBy: 'author__name' }).sql).toContain(
      'on ("t1"."id" = "t0"."authorId" and "t1"."removedAt" is null)',
    )
    expect(compile({ softDelete, filter: { author__is_null: true } }).sql).toContain(
      'where "t1"."removedAt" is null)) is not true',
    )
  })

  test('applies to the model itself by scope', () => {
    const sql = (visible?: 'live' | 'with' | 'only') =>
      compile({ softDelete, model: 'Person', ...(visible && { visible }) }).sql
    expect(sql()).toContain('"t0"."removedAt" is null')
    expect(sql('live')).toContain('"t0"."removedAt" is null')
    expect(sql('with')).not.toContain('"t0"."removedAt"')
    expect(sql('only')).toContain('"t0"."removedAt" is not null')
    expect(compile({ softDelete, visible: 'only' }).sql).not.toContain('removedAt')
  })
})

test('counting needs no order', () => {
  const known = metadata.mysql
  expect(countQuery(known, { model: 'Note', condition: parseFilter(known, 'Note', { done: true }) })).toEqual(
    {
      sql: 'select count(*) as count from `notes` as `t0` where `t0`.`done` = ?',
      values: [true],
    },
  )
})

test('an offset without a limit, and no rows at all', () => {
  expect(compile({ offset: 5 }).sql).toMatch(/ limit all offset 5$/)
  expect(compile({ offset: 5, provider: 'sqlite' }).sql).toMatch(/ limit -1 offset 5$/)
  expect(compile({ offset: 5, provider: 'mysql' }).sql).toMatch(/ limit 18446744073709551615 offset 5$/)
  expect(compile({ limit: 0 }).sql).toMatch(/ limit 0 offset 0$/)
  expect(() => compile({ limit: 1.5 })).toThrow(expect.objectContaining({ code: 'PAGE_BOUNDS' }))
  expect(() => compile({ offset: -1 })).toThrow(expect.objectContaining({ code: 'PAGE_BOUNDS' }))
})

test('values never stand in the statement', () => {
  const evil = `'"\`; drop table notes; --\\`
  for (const provider of ['sqlite', 'postgresql', 'mysql'] as const) {
    const { sql, values } = compile({
      provider,
      filter: { text__contains: evil, memo__in: [evil], data: evil, title: evil },
      locales: ['en'],
    })
    expect(sql).not.toContain('drop table')
    expect(values.length).toBeGreaterThan(3)
  }
})
