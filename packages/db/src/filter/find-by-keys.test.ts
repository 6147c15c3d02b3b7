import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { providers } from '../../test/databases.ts'
import { notesDatabase } from '../../test/filter/databases.ts'
import { metadataOf } from '../metadata/metadata-of.ts'
import type { CursorValue } from './cursor-value.ts'
import { type FindByKeysOptions, findByKeys } from './find-by-keys.ts'
import { countQuery, type KeyQueryOptions, keyQuery } from './key-query.ts'
import { parseFilter } from './parse-filter.ts'
import { parseOrder } from './parse-order.ts'

describe.each(providers)('on %s', async (provider) => {
  const { client, drop } = await notesDatabase(provider)
  afterAll(drop)
  const metadata = metadataOf(client)
  const softDelete = new Map([
    ['Person', 'removedAt'],
    ['Label', 'removedAt'],
  ])

  interface Asked extends Partial<Omit<KeyQueryOptions, 'orderBy' | 'limit'>>, FindByKeysOptions {
    readonly filter?: object
    readonly orderBy?: string | readonly string[]
    readonly on?: object
    readonly limit?: number
  }
  async function find({
    filter = {},
    orderBy,
    model = 'Note',
    limit,
    on = client,
    args,
    findMany,
    ...rest
  }: Asked) {
    const query = keyQuery(metadata, {
      model,
      condition: parseFilter(metadata, model, filter),
      orderBy: parseOrder(metadata, model, orderBy),
      ...(limit !== undefined && { limit: limit + 1 }),
      ...rest,
    })
    return findByKeys(on, query, {
      ...(limit !== undefined && { limit }),
      ...(args && { args }),
      ...(findMany && { findMany }),
    })
  }
  const ids = (rows: readonly object[]) => rows.map((row) => Number((row as { id: bigint }).id))

  beforeAll(async () => {
    await client.person.createMany({
      data: [
        { id: 1, name: 'Ann' },
        { id: 2, name: 'Bob', removedAt: new Date(0) },
      ],
    })
    await client.seat.createMany({
      data: [
        { row: 1, number: 2, name: 'window' },
        { row: 2, number: 1 },
        { row: 1, number: 1, name: 'aisle' },
      ],
    })
    await client.label.createMany({
      data: [
        { id: 'a', name: 'live' },
        { id: 'b', name: 'gone', removedAt: new Date(0) },
      ],
    })
    await client.note.createMany({
      data: Array.from({ length: 12 }, (_, at) => ({
        id: at + 1,
        text: `note ${at}`,
        count: at % 3,
        authorId: 1 + (at % 2),
        editorId: 1,
        row: 1,
        number: 2,
      })),
    })
    await client.note.update({ where: { id: 1 }, data: { labels: { connect: [{ id: 'a' }, { id: 'b' }] } } })
    await client.note.update({ where: { id: 2 }, data: { labels: { connect: { id: 'b' } } } })
  })

  test('rows come in the order that was asked for, with what they include', async () => {
    const { rows, hasMore } = await find({
      filter: { count: 1 },
      orderBy: '-text',
      args: { include: { labels: true } },
    })
    expect(ids(rows)).toEqual([8, 5, 11, 2])
    expect(rows[3]).toMatchObject({ labels: [{ id: 'b' }] })
    expect(hasMore).toBe(false)
  })

  test('nothing found is no second statement', async () => {
    const findMany = () => Promise.reject(new Error('asked'))
    expect(await find({ filter: { count: 99 }, findMany })).toEqual({ rows: [], values: [], hasMore: false })
    expect(await find({ limit: 0, findMany })).toEqual({ rows: [], values: [], hasMore: true })
  })

  test('there is more when there are more keys, in either direction', async () => {
    const first = await find({ orderBy: '-count', limit: 5 })
    expect([ids(first.rows), first.hasMore]).toEqual([[12, 9, 6, 3, 11], true])
    const second = await find({ orderBy: '-count', limit: 20, after: first.last as CursorValue[] })
    expect([ids(second.rows), second.hasMore]).toEqual([[8, 5, 2, 10, 7, 4, 1], false])
    const back = await find({ orderBy: '-count', limit: 3, before: second.first as CursorValue[] })
    expect([ids(back.rows), back.hasMore]).toEqual([[6, 3, 11], true])
  })

  test('a cursor survives JSON', async () => {
    const { last } = await find({
      orderBy: ['-count', 'at', 'price', 'stage', 'done', 'author__name'],
      limit: 5,
    })
    expect(JSON.parse(JSON.stringify(last))).toEqual(last)
  })

  test('a select without the key keeps out the key', async () => {
    expect((await find({ limit: 1, args: { select: { text: true } } })).rows).toEqual([{ text: 'note 0' }])
    expect((await find({ limit: 1, args: { omit: { id: true } } })).rows[0]).not.toHaveProperty('id')
    expect(
      (await find({ limit: 1, model: 'Seat', orderBy: '-name', args: { select: { name: true, row: true } } }))
        .rows,
    ).toEqual([{ name: 'window', row: 1 }])
  })

  test('a composite key is one key', async () => {
    const { rows, last } = await find({ model: 'Seat', orderBy: '-name' })
    expect(rows).toMatchObject([
      { row: 1, number: 2 },
      { row: 1, number: 1 },
      { row: 2, number: 1 },
    ])
    expect(last).toEqual([null, 2, 1])
  })

  test('a row that goes between the two statements is missing, and there is still more', async () => {
    const findMany = async (args: object) => (await client.note.findMany(args)).filter(({ id }) => id !== 2n)
    const { rows, hasMore, last } = await find({ limit: 3, findMany })
    expect([ids(rows), hasMore, last]).toEqual([[1, 3], true, ['3']])
  })

  test('both statements run in the transaction of their client', async () => {
    const rolledBack = client.$transaction(async (tx) => {
      await tx.note.create({ data: { id: 99, text: 'inside', count: 7, authorId: 1 } })
      expect(ids((await find({ filter: { count: 7 }, on: tx })).rows)).toEqual([99])
      throw new Error('roll back')
    })
    await expect(rolledBack).rejects.toThrow('roll back')
    expect((await find({ filter: { count: 7 } })).rows).toEqual([])
  })

  test('rows that were deleted softly count nowhere', async () => {
    expect(ids((await find({ softDelete, filter: { labels__name: 'gone' } })).rows)).toEqual([])
    expect(ids((await find({ softDelete, filter: { labels__is_null: false } })).rows)).toEqual([1])
    expect(ids((await find({ softDelete, filter: { author__name: 'Bob' } })).rows)).toEqual([])
    expect(ids((await find({ softDelete, filter: { author__name__ne: 'Ann' } })).rows)).toEqual([])
    expect(ids((await find({ softDelete, filter: { author__is_null: true } })).rows)).toEqual([
      2, 4, 6, 8, 10, 12,
    ])
    expect(ids((await find({ softDelete, orderBy: 'author__name', limit: 2 })).rows)).toEqual([2, 4])
    expect(ids((await find({ softDelete, model: 'Person' })).rows)).toEqual([1])
    expect(ids((await find({ softDelete, model: 'Person', visible: 'only' })).rows)).toEqual([2])
    expect(ids((await find({ softDelete, model: 'Person', visible: 'with' })).rows)).toEqual([1, 2])
  })

  test('40,000 values in a list, of any type that travels well', async () => {
    const many = Array.from({ length: 40_000 }, (_, at) => at)
    const count = async (filter: object) => {
      const { sql, values } = countQuery(metadata, {
        model: 'Note',
        condition: parseFilter(metadata, 'Note', filter),
      })
      const [row] = await client.$queryRawUnsafe<{ count: bigint }[]>(sql, ...values)
      return Number(row?.count)
    }
    expect(await count({ count__in: many })).toBe(12)
    expect(await count({ count__not_in: many.slice(1) })).toBe(4)
    expect(await count({ text__in: many.map((at) => `note ${at}`) })).toBe(12)
    expect(await count({ id__in: many.map((at) => BigInt(at) + 3n) })).toBe(10)
    expect(await count({ price__in: many.map((at) => `${at}.5`) })).toBe(0)
    expect(await count({ text__in: many.map((at) => `"'\\${at}`) })).toBe(0)
  })

  // PostgreSQL and MariaDB keep microseconds, which Prisma's own cursor loses: its pages would never end.
  test('pages by dates with microseconds end', async () => {
    const table = provider === 'mysql' ? '`notes`' : '"notes"'
    const column = provider === 'mysql' ? '`at`' : '"at"'
    for (let id = 1; id <= 12; id += 1) {
      const text =
        provider === 'sqlite'
          ? `2026-03-01T10:20:30.${100 + id}+00:00`
          : `2026-03-01 10:20:30.1234${10 + (id % 7)}`
      await client.$executeRawUnsafe(`update ${table} set ${column} = '${text}' where id = ${id}`)
    }
    for (const orderBy of ['at', '-at']) {
      const seen: number[] = []
      let after: readonly CursorValue[] | undefined
      for (let page = 0; page < 20; page += 1) {
        const found = await find({ orderBy, limit: 5, ...(after && { after }) })
        seen.push(...ids(found.rows))
        after = found.last
        if (!found.hasMore) break
      }
      expect(seen).toEqual(ids((await find({ orderBy })).rows))
      expect(seen).toHaveLength(12)
    }
  })
})
