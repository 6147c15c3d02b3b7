import { describe, expect, test } from 'vitest'
import { notesMetadata } from '../../test/filter/databases.ts'
import { createGraph } from './graph.ts'
import { rewriteCall } from './rewrite-call.ts'
import { combineRules, type ModelRules } from './rules.ts'

const now = new Date('2026-03-01T12:00:00Z')
const live = { removedAt: null }
const soft: ModelRules = { exists: () => live, delete: ({ now: removedAt }) => ({ removedAt }) }
const written: ModelRules = {
  create: (data, { now: made }) => ({ ...data, made }),
  update: (data, { now: changed }) => ({ ...data, changed }),
}
const graph = createGraph(
  notesMetadata('sqlite'),
  new Map([
    ['Person', combineRules([soft, written])],
    ['Label', soft],
  ]),
)
const rewrite = (model: string, operation: string, args: object) =>
  rewriteCall(graph, { model, operation, args: args as Record<string, unknown> }, { now })
const note = (where: object) => rewrite('Note', 'findMany', { where }).args['where']
const writing = (data: object) => rewrite('Note', 'update', { where: { id: 1 }, data }).args['data']
const person = (data: object) => rewrite('Person', 'update', { where: { id: 1 }, data }).args['data']

describe('where', () => {
  test.each<[string, object, object]>([
    ['a to-one of its own kind', { editor: { name: 'A' } }, { editor: { is: { name: 'A', ...live } } }],
    ['is', { editor: { is: { name: 'A' } } }, { editor: { is: { name: 'A', ...live } } }],
    ['isNot', { editor: { isNot: { name: 'A' } } }, { editor: { isNot: { name: 'A', ...live } } }],
    ['null', { editor: null }, { editor: { isNot: live } }],
    ['is null', { editor: { is: null } }, { editor: { isNot: live } }],
    ['isNot null', { editor: { isNot: null } }, { editor: { is: live } }],
    ['some', { labels: { some: {} } }, { labels: { some: live } }],
    ['none', { labels: { none: { name: 'A' } } }, { labels: { none: { name: 'A', ...live } } }],
    ['every', { labels: { every: { name: 'A' } } }, { labels: { none: { NOT: { name: 'A' }, ...live } } }],
    [
      'AND, OR and NOT',
      { AND: { editor: null }, OR: [{ editor: { name: 'A' } }], NOT: [{ labels: { some: {} } }] },
      {
        AND: { editor: { isNot: live } },
        OR: [{ editor: { is: { name: 'A', ...live } } }],
        NOT: [{ labels: { some: live } }],
      },
    ],
    [
      'any depth',
      { author: { team: { some: { boss: { is: { name: 'A' } } } } } },
      { author: { is: { ...live, team: { some: { ...live, boss: { is: { name: 'A', ...live } } } } } } },
    ],
    [
      'several words of one relation',
      { labels: { some: { name: 'A' }, every: { name: 'B' } } },
      {
        labels: { some: { name: 'A', ...live } },
        AND: [{ labels: { none: { NOT: { name: 'B' }, ...live } } }],
      },
    ],
    [
      'a condition on the same column',
      { editor: { removedAt: { not: null } } },
      { editor: { is: { removedAt: { not: null }, AND: [live] } } },
    ],
    ['undefined', { editor: undefined, labels: { some: undefined } }, { labels: { some: undefined } }],
    ['a relation that comes to no rule', { seat: { is: null } }, { seat: { is: null } }],
  ])('%s speaks of rows that exist', (_, where, expected) => {
    expect(note(where)).toEqual(expected)
  })

  test('keeps a unique key at the top, where Prisma wants it', () => {
    const where = { id: 1, AND: [{ name: 'A' }] }
    expect(rewrite('Person', 'findUnique', { where }).args).toEqual({ where: { ...where, ...live } })
  })

  test('takes strange names for names', () => {
    const where = JSON.parse('{"__proto__": 1, "constructor": 2}')
    expect(Object.keys(note(where) as object)).toEqual(['__proto__', 'constructor'])
  })
})

describe('select and include', () => {
  test('lists show rows that exist, at any depth and under a condition of their own', () => {
    expect(
      rewrite('Seat', 'findMany', {
        include: {
          notes: { select: { labels: true, author: { include: { team: { where: { name: 'A' } } } } } },
        },
      }).args,
    ).toEqual({
      include: {
        notes: {
          select: {
            labels: { where: live },
            author: { include: { team: { where: { name: 'A', ...live } } } },
          },
        },
      },
    })
  })

  test('counts count rows that exist', () => {
    expect(rewrite('Person', 'findMany', { include: { _count: true } }).args).toMatchObject({
      include: {
        _count: {
          select: {
            team: { where: live },
            zeta: { where: live },
            alpha: { where: live },
            notes: true,
            edited: true,
          },
        },
      },
    })
    expect(
      rewrite('Note', 'findMany', { select: { _count: { select: { labels: { where: { name: 'A' } } } } } })
        .args['select'],
    ).toEqual({ _count: { select: { labels: { where: { name: 'A', ...live } } } } })
  })

  test('an optional row that does not exist becomes null, and what was read for that goes again', () => {
    const { args, finish } = rewrite('Note', 'findMany', {
      select: { editor: { select: { name: true, boss: { omit: { removedAt: true } } } } },
    })
    expect(args['select']).toEqual({
      editor: { select: { name: true, removedAt: true, boss: { omit: { removedAt: false } } } },
    })
    expect(
      finish([
        { editor: { name: 'A', removedAt: now, boss: null } },
        { editor: { name: 'B', removedAt: null, boss: { id: 1, removedAt: null } } },
        { editor: { name: 'C', removedAt: null, boss: { id: 2, removedAt: now } } },
        { editor: null },
      ]),
    ).toEqual([
      { editor: null },
      { editor: { name: 'B', boss: { id: 1 } } },
      { editor: { name: 'C', boss: null } },
      { editor: null },
    ])
  })

  test('a required row is shown, and rows inside of it are not', () => {
    const { args, finish } = rewrite('Note', 'findFirst', {
      include: { author: { include: { boss: true } } },
    })
    expect(args['include']).toEqual({ author: { include: { boss: true } } })
    expect(finish({ author: { removedAt: now, boss: { removedAt: now } } })).toEqual({
      author: { removedAt: now, boss: null },
    })
  })
})

describe('order', () => {
  test.each([
    ['Note', { labels: { _count: 'asc' } }],
    ['Note', [{ id: 'asc' }, { author: { team: { _count: 'asc' } } }]],
  ])('of %s by the number of rows, some of which do not exist, is refused: %j', (model, orderBy) => {
    const call = () => rewrite(model, 'findMany', { orderBy })
    expect(call).toThrow(expect.objectContaining({ code: 'ORDER_BY_COUNT' }))
  })

  test('by the number of rows that all exist is not', () => {
    const orderBy = { author: { notes: { _count: 'asc' } } }
    expect(rewrite('Note', 'findMany', { orderBy }).args['orderBy']).toEqual(orderBy)
  })
})

describe('data', () => {
  const made = { name: 'A', made: now }
  const changed = { name: 'A', changed: now }
  const removal = { removedAt: now, changed: now }

  test.each<[string, object, object]>([
    ['create', { team: { create: { name: 'A' } } }, { team: { create: made } }],
    ['create of several', { team: { create: [{ name: 'A' }] } }, { team: { create: [made] } }],
    [
      'createMany',
      { team: { createMany: { data: [{ name: 'A' }] } } },
      { team: { createMany: { data: [made] } } },
    ],
    ['connect', { team: { connect: [{ id: 2 }] } }, { team: { connect: [{ id: 2, ...live }] } }],
    ['set', { team: { set: [{ id: 2 }] } }, { team: { set: [{ id: 2, ...live }] } }],
    ['disconnect', { team: { disconnect: { id: 2 } } }, { team: { disconnect: { id: 2, ...live } } }],
    ['disconnect of its own column', { boss: { disconnect: true } }, { boss: { disconnect: true } }],
    [
      'connectOrCreate',
      { boss: { connectOrCreate: { where: { id: 2 }, create: { name: 'A' } } } },
      { boss: { connectOrCreate: { where: { id: 2, ...live }, create: made } } },
    ],
    [
      'update in a list',
      { team: { update: { where: { id: 2 }, data: { name: 'A' } } } },
      { team: { update: { where: { id: 2, ...live }, data: changed } } },
    ],
    [
      'update of one',
      { boss: { update: { name: 'A' } } },
      { boss: { update: { where: live, data: changed } } },
    ],
    [
      'update of one under a condition',
      { boss: { update: { where: { name: 'B' }, data: { name: 'A' } } } },
      { boss: { update: { where: { name: 'B', ...live }, data: changed } } },
    ],
    [
      'updateMany',
      { team: { updateMany: { where: {}, data: { name: 'A' } } } },
      { team: { updateMany: { where: live, data: changed } } },
    ],
    [
      'upsert in a list',
      { team: { upsert: { where: { id: 2 }, create: { name: 'A' }, update: { name: 'A' } } } },
      { team: { upsert: { where: { id: 2, ...live }, create: made, update: changed } } },
    ],
    [
      'upsert of one',
      { boss: { upsert: { create: { name: 'A' }, update: { name: 'A' } } } },
      { boss: { upsert: { where: live, create: made, update: changed } } },
    ],
    [
      'delete in a list',
      { team: { delete: [{ id: 2 }], update: { where: { id: 3 }, data: { name: 'A' } } } },
      {
        team: {
          update: [
            { where: { id: 2, ...live }, data: removal },
            { where: { id: 3, ...live }, data: changed },
          ],
        },
      },
    ],
    ['delete of one', { boss: { delete: true } }, { boss: { update: { where: live, data: removal } } }],
    [
      'deleteMany',
      { team: { deleteMany: { name: 'A' } } },
      { team: { updateMany: [{ where: { name: 'A', ...live }, data: removal }] } },
    ],
  ])('%s follows the rules, at any depth', (_, data, expected) => {
    expect(person(data)).toEqual({ ...expected, changed: now })
    expect(writing({ author: { update: data } })).toEqual({
      author: { update: { where: live, data: { ...expected, changed: now } } },
    })
  })

  test.each([
    ['notes', 'deleteMany', 'create', ['deleteMany', 'create']],
    ['notes', 'create', 'deleteMany', ['create', 'deleteMany']],
    ['notes', 'delete', 'create', ['delete', 'create']],
    ['team', 'deleteMany', 'create', ['updateMany', 'create']],
    ['team', 'create', 'deleteMany', ['create', 'updateMany']],
    ['team', 'delete', 'create', ['update', 'create']],
  ])('of %s stands where it stood: %s, %s', (relation, first, second, expected) => {
    const writes: Record<string, unknown> = { delete: [{ id: 2 }], deleteMany: {}, create: [] }
    const data = { [relation]: { [first]: writes[first], [second]: writes[second] } }
    expect(Object.keys((person(data) as Record<string, object>)[relation] as object)).toEqual(expected)
  })

  test('of an operation follows the rules', () => {
    const data = { name: 'A' }
    const where = { id: 1 }
    expect(rewrite('Person', 'createMany', { data: [data] }).args).toEqual({ data: [made] })
    expect(rewrite('Person', 'updateMany', { data }).args).toEqual({ where: live, data: changed })
    expect(rewrite('Person', 'upsert', { where, create: data, update: data }).args).toEqual({
      where: { id: 1, ...live },
      create: made,
      update: changed,
    })
    expect(rewrite('Person', 'delete', { where })).toMatchObject({
      operation: 'update',
      args: { where: { id: 1, ...live }, data: removal },
    })
    expect(rewrite('Label', 'deleteMany', {})).toMatchObject({
      operation: 'updateMany',
      args: { where: live, data: { removedAt: now } },
    })
  })

  test('tells which models lost rows', () => {
    const data = {
      team: { deleteMany: {} },
      notes: { update: { where: { id: 1 }, data: { labels: { delete: { id: 'a' } } } } },
    }
    expect(rewrite('Person', 'update', { where: { id: 1 }, data }).deletes).toEqual(
      new Set(['Person', 'Label']),
    )
  })
})

describe('the model called itself', () => {
  const call = { model: 'Person', operation: 'findMany', args: { include: { team: true } } }

  test('can lift or replace a condition, which its relations keep', () => {
    const { args } = rewriteCall(graph, call, { now, root: { removedAt: undefined } })
    expect(args).toEqual({ where: {}, include: { team: { where: live } } })
    const only = rewriteCall(graph, call, { now, root: { removedAt: { not: null } } })
    expect(only.args['where']).toEqual({ removedAt: { not: null } })
  })

  test('can be deleted by force', () => {
    const removal = { model: 'Person', operation: 'delete', args: { where: { id: 1 } } }
    expect(rewriteCall(graph, removal, { now, root: { removedAt: undefined }, force: true })).toMatchObject({
      operation: 'delete',
      args: { where: { id: 1 } },
    })
  })
})

test('a call that can come to no rule goes through as it is', () => {
  const alone = createGraph(notesMetadata('sqlite'), new Map([['Nothing', soft]]))
  const args = { where: { author: { name: 'A' } } }
  expect(rewriteCall(alone, { model: 'Note', operation: 'findMany', args }, { now }).args).toBe(args)
})

test('a condition may depend on the call, and is asked for once in it', () => {
  let tenantId = 0
  const scoped = createGraph(
    notesMetadata('sqlite'),
    new Map([['Person', combineRules([soft, { exists: () => ({ tenantId: ++tenantId }) }])]]),
  )
  const args = { where: { team: { some: {} } } }
  const find = () =>
    rewriteCall(scoped, { model: 'Person', operation: 'findMany', args }, { now }).args['where']
  expect(find()).toEqual({ ...live, tenantId: 1, team: { some: { ...live, tenantId: 1 } } })
  expect(find()).toMatchObject({ tenantId: 2 })
})

test("the caller's objects are left as they are", () => {
  const args = deepFreeze({
    where: { id: 1, team: { every: { name: 'A' } } },
    data: { team: { delete: { id: 2 }, create: { name: 'A' } } },
    include: { boss: { select: { name: true } }, _count: { select: { team: true } } },
  })
  rewrite('Person', 'update', args)
  expect(args).toEqual(structuredClone(args))
})

function deepFreeze<T extends object>(value: T): T {
  for (const inner of Object.values(value)) if (typeof inner === 'object' && inner !== null) deepFreeze(inner)
  return Object.freeze(value)
}

test('what is written to a model that collects its writes, at any depth, is the very data that is sent', () => {
  const telling = createGraph(
    notesMetadata('sqlite'),
    new Map([['Person', combineRules([written, { collectsWrites: true }])]]),
  )
  const data = {
    name: 'A',
    team: { create: [{ name: 'B' }], update: { where: { id: 1 }, data: { name: 'C' } } },
  }
  const { args, writtenRows } = rewriteCall(
    telling,
    { model: 'Person', operation: 'create', args: { data } },
    { now },
  )
  expect(writtenRows.map(({ data: { name }, isNew }) => [name, isNew])).toEqual([
    ['B', true],
    ['C', false],
    ['A', true],
  ])
  for (const row of writtenRows) row.data['name'] = `${row.data['name']}!`
  expect(args['data']).toMatchObject({
    name: 'A!',
    team: { create: [{ name: 'B!' }], update: { data: { name: 'C!' } } },
  })
  expect(data.name).toBe('A')
})
