import { describe, expect, test } from 'vitest'
import { createScopeKey, softDelete } from './soft-delete.ts'

const now = new Date('2026-03-01T12:00:00Z')
const scopeKey = createScopeKey()
const hide = softDelete('deletedAt', scopeKey, { now: () => now.getTime() })

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
  const where = (args: object) => hide({ operation, args: { ...args } }).args['where']

  test('sees live rows only', () => {
    expect(where({ where: { id: 1 } })).toEqual({ id: 1, deletedAt: null })
    expect(where({})).toEqual({ deletedAt: null })
  })

  test('sees all rows, or deleted ones, where the scope says so', () => {
    expect(where({ where: { id: 1 }, [scopeKey]: 'with' })).toEqual({ id: 1 })
    expect(where({ where: { id: 1 }, [scopeKey]: 'only' })).toEqual({ id: 1, deletedAt: { not: null } })
  })

  test('is narrowed, never widened, by a filter that names the field', () => {
    expect(where({ where: { deletedAt: { not: null } } })).toEqual({
      deletedAt: { not: null },
      AND: [{ deletedAt: null }],
    })
    expect(where({ where: { deletedAt: now, AND: { id: 1 } } })).toEqual({
      deletedAt: now,
      AND: [{ id: 1 }, { deletedAt: null }],
    })
  })

  test('hands no scope on to Prisma', () => {
    expect(hide({ operation, args: { [scopeKey]: 'only' } }).args).not.toHaveProperty(scopeKey)
  })
})

describe('deleting', () => {
  test('is an update of a live row, in every scope', () => {
    for (const scope of ['live', 'with', 'only']) {
      expect(
        hide({ operation: 'delete', args: { where: { id: 1 }, select: { id: true }, [scopeKey]: scope } }),
      ).toEqual({
        operation: 'update',
        args: { where: { id: 1, deletedAt: null }, select: { id: true }, data: { deletedAt: now } },
      })
    }
  })

  test('of many is an update of many', () => {
    expect(hide({ operation: 'deleteMany', args: {} })).toEqual({
      operation: 'updateMany',
      args: { where: { deletedAt: null }, data: { deletedAt: now } },
    })
  })

  test('by force is left as it is', () => {
    expect(hide({ operation: 'delete', args: { where: { id: 1 }, [scopeKey]: 'force' } })).toEqual({
      operation: 'delete',
      args: { where: { id: 1 } },
    })
  })
})

test('creating is left as it is', () => {
  expect(hide({ operation: 'create', args: { data: { a: 1 } } }).args).toEqual({ data: { a: 1 } })
})
