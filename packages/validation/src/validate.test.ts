import { type } from 'arktype'
import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { safeValidate, safeValidateAsync, validate, validateAsync } from './validate.ts'

const Invoice = v.strictObject({
  number: v.pipe(v.string(), v.regex(/^R-\d+$/)),
  email: v.pipe(v.string(), v.email()),
  status: v.picklist(['draft', 'paid']),
  items: v.pipe(
    v.array(v.object({ price: v.pipe(v.number(), v.minValue(1)), name: v.pipe(v.string(), v.maxLength(3)) })),
    v.minLength(1),
  ),
})
const valid = { number: 'R-1', email: 'a@example.com', status: 'draft', items: [{ price: 1, name: 'abc' }] }

function issuesOf(schema: v.GenericSchema, input: unknown) {
  const result = safeValidate(schema, input)
  return result.ok ? [] : result.error.issues
}

test('a valid input comes back as the schema’s output', async () => {
  expect(validate(Invoice, valid)).toEqual(valid)
  const Trimmed = v.pipe(v.string(), v.trim())
  expect(validate(Trimmed, ' a ')).toBe('a')
  expect(safeValidate(Trimmed, ' a ')).toEqual({ ok: true, value: 'a' })
  expect(await validateAsync(Trimmed, ' a ')).toBe('a')
  expect(await safeValidateAsync(Trimmed, ' a ')).toEqual({ ok: true, value: 'a' })
})

test('an invalid one is VALIDATION_FAILED, with every issue', () => {
  expect(() => validate(Invoice, {})).toThrow(
    expect.objectContaining({ name: 'ValidationError', code: 'VALIDATION_FAILED', kind: 'invalid' }),
  )
  expect(issuesOf(Invoice, {})?.map(({ path, code }) => [path, code])).toEqual([
    [['number'], 'REQUIRED'],
    [['email'], 'REQUIRED'],
    [['status'], 'REQUIRED'],
    [['items'], 'REQUIRED'],
  ])
})

test.each([
  ['items.0.price', { items: [{ price: 0, name: '' }] }, 'MIN_VALUE', 'Must be at least 1', { min: 1 }],
  [
    'items.0.price',
    { items: [{ price: '1', name: '' }] },
    'TYPE',
    'Must be a number',
    { expected: 'number' },
  ],
  [
    'items.0.name',
    { items: [{ price: 1, name: 'abcd' }] },
    'MAX_LENGTH',
    'Must have at most 3 characters',
    { max: 3 },
  ],
  ['items', { items: [] }, 'MIN_LENGTH', 'Must have at least 1 entry', { min: 1 }],
  ['items', { items: null }, 'TYPE', 'Must be a list', { expected: 'Array' }],
  ['email', { email: 'hunter2' }, 'EMAIL', 'Must be an e-mail address', undefined],
  [
    'status',
    { status: 'void' },
    'ONE_OF',
    'Must be one of "draft", "paid"',
    { expected: '"draft" | "paid"' },
  ],
  ['number', { number: 'hunter2' }, 'REGEX', 'Has the wrong format', undefined],
  ['admin', { admin: 'hunter2' }, 'UNKNOWN_KEY', 'Is not a known field', undefined],
])('%s in %j is %s', (path, change, code, message, params) => {
  const issues = issuesOf(Invoice, { ...valid, ...change })
  expect(issues).toEqual([{ path: expect.anything(), code, message, ...(params && { params }) }])
  expect(issues?.[0]?.path.join('.')).toBe(path)
})

test('an input that is wrong as a whole has an empty path', () => {
  expect(issuesOf(Invoice, 'hunter2')).toEqual([
    { path: [], code: 'TYPE', message: 'Must be an object', params: { expected: 'Object' } },
  ])
  expect(issuesOf(Invoice, undefined)).toMatchObject([{ path: [], code: 'REQUIRED' }])
})

test('a message of one’s own is kept', () => {
  expect(issuesOf(v.pipe(v.string(), v.email('Bitte eine E-Mail')), 'x')).toMatchObject([
    { message: 'Bitte eine E-Mail' },
  ])
})

describe('the rejected value never appears', () => {
  const canary = 'canary-7f3a'
  const schemas = [
    v.number(),
    v.pipe(v.string(), v.email()),
    v.pipe(v.string(), v.uuid()),
    v.pipe(v.string(), v.regex(/^x$/)),
    v.pipe(v.string(), v.maxLength(1)),
    v.pipe(v.string(), v.isoDate()),
    v.pipe(
      v.string(),
      v.check(() => false),
    ),
    v.picklist(['a']),
    v.literal('a'),
    v.union([v.number(), v.boolean()]),
    v.variant('type', [v.object({ type: v.literal('a') })]),
    v.instance(Date),
    v.never(),
  ]

  test.each(schemas.map((schema, i) => [i, schema] as const))('schema %i', (_, schema) => {
    for (const input of [canary, { type: canary }, [canary]]) {
      const result = safeValidate(schema as v.GenericSchema, input)
      if (!result.ok) {
        expect(JSON.stringify([result.error, result.error.message, result.error.issues])).not.toContain(
          canary,
        )
        for (const { message } of result.error.issues ?? []) expect(message).toMatch(/^(Must|Has|Is) /)
      }
    }
  })
})

test('an input deeper than the library can walk is refused as unreadable', () => {
  type Tree = { c?: Tree[] | undefined }
  const Tree: v.GenericSchema<Tree> = v.strictObject({ c: v.optional(v.array(v.lazy(() => Tree))) })
  let deep: Tree = {}
  for (let i = 0; i < 50_000; i++) deep = { c: [deep] }
  expect(() => safeValidate(Tree, deep)).toThrow(
    expect.objectContaining({ code: 'TOO_DEEP', kind: 'malformed' }),
  )
})

test('limits are told, other constants of a schema are not', () => {
  expect(issuesOf(v.pipe(v.bigint(), v.minValue(5n)), 1n)).toMatchObject([
    { code: 'MIN_VALUE', params: { min: '5' } },
  ])
  expect(issuesOf(v.pipe(v.string(), v.value('TOKEN')), 'x')?.[0]).not.toHaveProperty('params')
})

test('at most a hundred issues are reported, and it is said that there were more', () => {
  const result = safeValidate(
    v.array(v.number()),
    Array.from({ length: 1000 }, () => 'x'),
  )
  expect(result.ok ? undefined : [result.error.issues?.length, result.error.params]).toEqual([
    100,
    { truncated: true },
  ])
})

test('a key the client made up is cut', () => {
  expect(issuesOf(v.strictObject({}), { ['k'.repeat(10_000)]: 1 })).toMatchObject([
    { path: [`${'k'.repeat(100)}…`] },
  ])
})

test('a schema that answers with any kind of promise is asynchronous', () => {
  const then = (resolve?: (result: object) => void) => resolve?.({ issues: [{ message: 'no' }] })
  const schema = { '~standard': { version: 1 as const, vendor: 'x', validate: () => ({ then }) as never } }
  expect(() => safeValidate(schema, 1)).toThrow(expect.objectContaining({ code: 'ASYNC_SCHEMA' }))
})

test('an asynchronous schema is refused by name where nobody waits', async () => {
  const Slow = v.pipeAsync(
    v.string(),
    v.checkAsync(async (value) => value === 'a'),
  )
  expect(() => validate(Slow, 'a')).toThrow(
    expect.objectContaining({ code: 'ASYNC_SCHEMA', kind: 'internal' }),
  )
  expect(await validateAsync(Slow, 'a')).toBe('a')
  await expect(validateAsync(Slow, 'b')).rejects.toMatchObject({ issues: [{ code: 'CHECK' }] })
})

describe('schemas of other libraries', () => {
  test('are Zod and ArkType among others, with full paths', () => {
    const zod = z.strictObject({ email: z.email(), items: z.array(z.object({ price: z.number().min(1) })) })
    expect(safeValidate(zod, { email: 'a@example.com', items: [] })).toMatchObject({ ok: true })
    expect(issuesOf(zod as never, { email: 'x', items: [{ price: 0 }], more: 1 })).toMatchObject([
      { path: ['email'], code: 'INVALID_FORMAT' },
      { path: ['items', 0, 'price'], code: 'TOO_SMALL' },
      { path: [], code: 'UNRECOGNIZED_KEYS' },
    ])
    const ark = type({ email: 'string.email', items: type({ price: 'number >= 1' }).array() })
    expect(safeValidate(ark, { email: 'a@example.com', items: [] })).toMatchObject({ ok: true })
    expect(issuesOf(ark as never, { email: 'x', items: [{ price: 0 }] })).toMatchObject([
      { path: ['email'] },
      { path: ['items', 0, 'price'] },
    ])
  })

  const schemaOf = (issues: object[]) =>
    ({ '~standard': { version: 1, vendor: 'x', validate: () => ({ issues }) } }) as never

  test('keep their messages, and their codes in capitals', () => {
    const schema = schemaOf([
      { message: 'Too small', code: 'too_small', path: [{ key: 'a' }, 0], params: { secret: 1 } },
    ])
    expect(issuesOf(schema, 1)).toEqual([{ path: ['a', 0], code: 'TOO_SMALL', message: 'Too small' }])
  })

  test('without codes are INVALID', () => {
    expect(issuesOf(schemaOf([{ message: 'No' }]), 1)).toEqual([{ path: [], code: 'INVALID', message: 'No' }])
  })

  test('that speak our codes keep their params too', () => {
    const issue = { path: ['page'], code: 'RANGE', message: 'Must be 1', params: { min: 1 } }
    expect(issuesOf(schemaOf([issue]), 1)).toEqual([issue])
  })

  test('may name a symbol', () => {
    expect(issuesOf(schemaOf([{ message: 'No', path: [Symbol('s')] }]), 1)).toMatchObject([
      { path: ['Symbol(s)'] },
    ])
  })
})
