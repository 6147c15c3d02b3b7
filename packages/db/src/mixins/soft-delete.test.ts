import { describe, expect, test } from 'vitest'
import { notesMetadata } from '../../test/filter/databases.ts'
import { createGraph } from '../rewrite/graph.ts'
import { rewriteCall } from '../rewrite/rewrite-call.ts'
import type { Shape } from '../rewrite/shape.ts'
import { type DeletedView, softDeleteRules, viewCondition } from './soft-delete.ts'

const now = new Date('2026-03-01T12:00:00Z')
const graph = createGraph(notesMetadata('sqlite'), new Map([['Person', softDeleteRules('removedAt')]]))

function hide(operation: string, args: Shape, view?: DeletedView): { operation: string; args: Shape } {
  const options = {
    now,
    force: view === 'force',
    ...(view && { root: viewCondition('removedAt', view) }),
  }
  const rewritten = rewriteCall(graph, { model: 'Person', operation, args }, options)
  return { operation: rewritten.operation, args: rewritten.args }
}

const addressing = [
  'findUnique',
  'findUniqueOrThrow',
  'findFirst',
  'findFirstOrThrow',
  'findMany',
  'count',
  'aggregate',
  'groupBy',
  'update',
  'updateMany',
  'updateManyAndReturn',
  'upsert',
]

describe.each(addressing)('%s', (operation) => {
  const where = (args: Shape, view?: DeletedView) => hide(operation, args, view).args['where']

  test('sees live rows only', () => {
    expect(where({ where: { id: 1 } })).toEqual({ id: 1, removedAt: null })
    expect(where({})).toEqual({ removedAt: null })
  })

  test('sees all rows, or deleted ones, where the view says so', () => {
    expect(where({ where: { id: 1 } }, 'with')).toEqual({ id: 1 })
    expect(where({ where: { id: 1 } }, 'only')).toEqual({ id: 1, removedAt: { not: null } })
  })

  test('is narrowed, never widened, by a filter that names the field', () => {
    expect(where({ where: { removedAt: { not: null } } })).toEqual({
      removedAt: { not: null },
      AND: [{ removedAt: null }],
    })
    expect(where({ where: { removedAt: now, AND: { id: 1 } } })).toEqual({
      removedAt: now,
      AND: [{ id: 1 }, { removedAt: null }],
    })
  })
})

describe('deleting', () => {
  test('is an update of a live row, in every view but force', () => {
    for (const view of [undefined, 'with'] as const) {
      expect(hide('delete', { where: { id: 1 }, select: { id: true } }, view)).toEqual({
        operation: 'update',
        args: { where: { id: 1, removedAt: null }, select: { id: true }, data: { removedAt: now } },
      })
    }
  })

  test('finds nothing among deleted rows', () => {
    const where = { id: 1, removedAt: null, AND: [{ removedAt: { not: null } }] }
    expect(hide('delete', { where: { id: 1 } }, 'only').args['where']).toEqual(where)
  })

  test('of many is an update of many', () => {
    expect(hide('deleteMany', {})).toEqual({
      operation: 'updateMany',
      args: { where: { removedAt: null }, data: { removedAt: now } },
    })
  })

  test('by force is left as it is', () => {
    expect(hide('delete', { where: { id: 1 } }, 'force')).toEqual({
      operation: 'delete',
      args: { where: { id: 1 } },
    })
  })
})

test('creating is left as it is', () => {
  expect(hide('create', { data: { a: 1 } }).args).toEqual({ data: { a: 1 } })
})
