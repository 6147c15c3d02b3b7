import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { safeValidate, validate } from '../validate.ts'
import { createSchema, integer, nonEmpty, updateSchema } from './index.ts'

const fields = {
  name: nonEmpty(),
  phone: v.optional(v.nullable(nonEmpty())),
  note: v.nullish(nonEmpty(), 'none'),
  status: v.optional(v.picklist(['draft', 'paid']), 'draft'),
  stock: integer({ min: 0 }),
}
const Create = createSchema(fields)
const Update = updateSchema(Create)

const codesOf = (schema: v.GenericSchema, input: unknown) => {
  const result = safeValidate(schema, input)
  return result.ok ? [] : result.error.issues?.map(({ path, code }) => [path.join('.'), code])
}

describe('createSchema', () => {
  test('fills defaults and keeps text as it is', () => {
    expect(validate(Create, { name: ' a ', stock: '3' })).toEqual({
      name: ' a ',
      note: 'none',
      status: 'draft',
      stock: 3,
    })
  })

  test('refuses each key it does not know, and tells all of them', () => {
    expect(codesOf(Create, { name: 'a', stock: 1, admin: true, role: undefined, toString: 1 })).toEqual([
      ['admin', 'UNKNOWN_KEY'],
      ['role', 'UNKNOWN_KEY'],
      ['toString', 'UNKNOWN_KEY'],
    ])
    expect(codesOf(Create, {})).toEqual([
      ['name', 'REQUIRED'],
      ['stock', 'REQUIRED'],
    ])
  })

  test('takes no list for an object', () => {
    expect([codesOf(Create, []), codesOf(Update, []), codesOf(Update, [1])]).toEqual([
      [['', 'TYPE']],
      [['', 'TYPE']],
      [['', 'TYPE']],
    ])
  })

  test('never lets keys of prototypes through', () => {
    const input = JSON.parse(
      '{"name":"a","stock":1,"__proto__":{"admin":true},"constructor":{"prototype":{}}}',
    )
    const result = safeValidate(Create, input)
    const output = result.ok ? result.value : {}
    expect(Object.keys(output)).not.toContain('__proto__')
    expect((output as { admin?: unknown }).admin).toBeUndefined()
  })

  test.each([[null], [[]], ['x'], [1], [undefined]])('refuses %j', (input) => {
    expect(codesOf(Create, input)).not.toEqual([])
  })

  test('can be piped into rules about several fields', () => {
    const Pair = v.pipe(
      createSchema({ from: integer(), to: integer() }),
      v.forward(
        v.partialCheck([['from'], ['to']], ({ from, to }) => from <= to, 'TO_BEFORE_FROM'),
        ['to'],
      ),
    )
    expect(codesOf(Pair, { from: 2, to: 1 })).toEqual([['to', 'TO_BEFORE_FROM']])
    expect(validate(Pair, { from: 1, to: '2' })).toEqual({ from: 1, to: 2 })
  })
})

describe('updateSchema', () => {
  test('takes any of the fields, and none', () => {
    expect(validate(Update, {})).toEqual({})
    expect(validate(Update, { stock: '0' })).toEqual({ stock: 0 })
  })

  test('has null where it was sent, and nothing where it was not', () => {
    expect(validate(Update, { phone: null, note: null })).toEqual({ phone: null, note: null })
    expect(Object.keys(validate(Update, { phone: null }))).toEqual(['phone'])
    expect(codesOf(Update, { name: null, status: null })).toEqual([
      ['name', 'TYPE'],
      ['status', 'ONE_OF'],
    ])
  })

  test('does not fill in defaults, not even for undefined, which is refused', () => {
    expect(codesOf(Update, { status: undefined, note: undefined, phone: undefined })).toEqual([
      ['phone', 'REQUIRED'],
      ['note', 'REQUIRED'],
      ['status', 'REQUIRED'],
    ])
  })

  test('refuses each key it does not know', () => {
    expect(codesOf(Update, { id: 1, admin: 2 })).toEqual([
      ['id', 'UNKNOWN_KEY'],
      ['admin', 'UNKNOWN_KEY'],
    ])
  })

  test('of an update is the same again', () => {
    expect(validate(updateSchema(Update), { note: null })).toEqual({ note: null })
  })

  test('leaves the schema of the creation as it was', () => {
    expect(validate(Create, { name: 'a', stock: 1 }).status).toBe('draft')
  })
})
