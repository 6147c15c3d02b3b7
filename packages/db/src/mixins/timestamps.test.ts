import { describe, expect, test } from 'vitest'
import { notesMetadata } from '../../test/filter/databases.ts'
import { createGraph } from '../rewrite/graph.ts'
import { rewriteCall } from '../rewrite/rewrite-call.ts'
import type { Shape } from '../rewrite/shape.ts'
import { timestampRules } from './timestamps.ts'

const now = new Date('2026-03-01T12:00:00Z')
const rules = timestampRules({ createdAt: 'createdAt', updatedAt: 'changed' })
const graph = createGraph(notesMetadata('sqlite'), new Map([['Person', rules]]))

function stamp({ operation, args }: { operation: string; args: Shape }): { operation: string; args: Shape } {
  const rewritten = rewriteCall(graph, { model: 'Person', operation, args }, { now })
  return { operation: rewritten.operation, args: rewritten.args }
}

describe('what is written', () => {
  test.each(['create', 'createMany', 'createManyAndReturn'])('%s gets both', (operation) => {
    expect(stamp({ operation, args: { data: { a: 1 } } })).toEqual({
      operation,
      args: { data: { a: 1, createdAt: now, changed: now } },
    })
  })

  test('each row of many gets both', () => {
    const { args } = stamp({ operation: 'createMany', args: { data: [{ a: 1 }, { a: 2 }] } })
    expect(args['data']).toEqual([
      { a: 1, createdAt: now, changed: now },
      { a: 2, createdAt: now, changed: now },
    ])
  })

  test.each(['update', 'updateMany', 'updateManyAndReturn'])('%s gets the later one', (operation) => {
    expect(stamp({ operation, args: { where: { id: 1 }, data: { a: 1 } } }).args).toEqual({
      where: { id: 1 },
      data: { a: 1, changed: now },
    })
  })

  test('upsert gets both for the new row, the later one for the old', () => {
    expect(stamp({ operation: 'upsert', args: { create: { a: 1 }, update: { a: 2 } } }).args).toEqual({
      create: { a: 1, createdAt: now, changed: now },
      update: { a: 2, changed: now },
    })
  })

  test("reads are left alone, and the caller's objects too", () => {
    const args = Object.freeze({ data: Object.freeze({ a: 1 }) })
    stamp({ operation: 'create', args })
    expect(stamp({ operation: 'findMany', args: { where: {} } }).args).toEqual({ where: {} })
  })
})

describe('a forged timestamp is refused', () => {
  test.each([
    ['create', { data: { createdAt: now } }],
    ['createMany', { data: [{}, { changed: now }] }],
    ['update', { data: { createdAt: null } }],
    ['upsert', { create: {}, update: { changed: { set: now } } }],
    ['update', { data: { team: { create: { team: { createMany: { data: [{ createdAt: now }] } } } } } }],
    ['update', { data: { boss: { connectOrCreate: { where: { id: 1 }, create: { changed: now } } } } }],
    ['create', { data: { team: { updateMany: { where: {}, data: { changed: now } } } } }],
  ])('in %s', (operation, args) => {
    expect(() => stamp({ operation, args })).toThrow(expect.objectContaining({ code: 'MANAGED_FIELD' }))
  })

  test('but a field left undefined is not given', () => {
    expect(stamp({ operation: 'update', args: { data: { createdAt: undefined } } }).args['data']).toEqual({
      createdAt: undefined,
      changed: now,
    })
  })
})
