import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
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
  ['items', { items: [] }, 'MIN_ITEMS', 'Must have at least 1 entry', { min: 1 }],
  ['items', { items: null }, 'TYPE', 'Must be a list', { expected: 'array' }],
  ['email', { email: 'hunter2' }, 'EMAIL', 'Must be an e-mail address', undefined],
  ['status', { status: 'void' }, 'ONE_OF', 'Must be one of "draft", "paid"', { expected: '"draft", "paid"' }],
  ['number', { number: 'hunter2' }, 'REGEX', 'Has the wrong format', undefined],
  ['admin', { admin: 'hunter2' }, 'UNKNOWN_KEY', 'Is not a known field', undefined],
])('%s in %j is %s', (path, change, code, message, params) => {
  const issues = issuesOf(Invoice, { ...valid, ...change })
  expect(issues).toEqual([{ path: expect.anything(), code, message, ...(params && { params }) }])
  expect(issues?.[0]?.path.join('.')).toBe(path)
})

test('an input that is wrong as a whole has an empty path', () => {
  expect(issuesOf(Invoice, 'hunter2')).toMatchObject([
    { path: [], code: 'TYPE', message: 'Must be an object', params: { expected: 'object' } },
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

describe('what no schema can walk', () => {
  type Tree = { c?: Tree[] | undefined }
  const Tree: v.GenericSchema<Tree> = v.strictObject({ c: v.optional(v.array(v.lazy(() => Tree))) })
  const SlowTree: v.GenericSchemaAsync<Tree> = v.strictObjectAsync({
    c: v.optionalAsync(v.arrayAsync(v.lazyAsync(() => SlowTree))),
  })
  const deep = treeOf(100_000)
  const cycle: Tree = {}
  cycle.c = [cycle]

  test.each([
    ['100,000 levels', deep],
    ['a cycle', cycle],
  ])('%s, is refused as unreadable', async (_, input) => {
    const refusal = expect.objectContaining({ code: 'TOO_DEEP', kind: 'malformed' })
    expect(() => safeValidate(Tree, input)).toThrow(refusal)
    expect(() => validate(Tree, input)).toThrow(refusal)
    await expect(safeValidateAsync(Tree, input)).rejects.toThrow(refusal)
  })

  test('is walked by asynchronous schemas, step by step', async () => {
    expect((await safeValidateAsync(SlowTree, treeOf(10_000))).ok).toBe(true)
  })

  test('is no problem where the schema does not look', () => {
    expect(safeValidate(v.object({ a: v.unknown() }), { a: deep }).ok).toBe(true)
    expect(issuesOf(v.string(), deep)).toMatchObject([{ code: 'TYPE' }])
  })

  function treeOf(levels: number): Tree {
    let tree: Tree = {}
    for (let i = 0; i < levels; i++) tree = { c: [tree] }
    return tree
  }
})

test('an error that a schema throws itself passes through', async () => {
  const cause = new RangeError('Invalid time value')
  const broken = v.pipe(
    v.string(),
    v.transform(() => {
      throw cause
    }),
  )
  expect(() => safeValidate(broken, 'x')).toThrow(cause)
  await expect(safeValidateAsync(broken, 'x')).rejects.toBe(cause)
})

test('what hostile objects throw passes through, and nothing else happens', () => {
  const cause = new Error('trap')
  const proxy = new Proxy({}, { get: fail, has: fail, ownKeys: fail, getOwnPropertyDescriptor: fail })
  const getter = Object.defineProperty({}, 'number', { enumerable: true, get: fail })
  expect(() => safeValidate(Invoice, proxy)).toThrow(cause)
  expect(() => safeValidate(Invoice, getter)).toThrow(cause)
  function fail(): never {
    throw cause
  }
})

test('keys of prototypes are keys like any other', () => {
  const input = JSON.parse('{"__proto__":1,"constructor":2,"toString":3}')
  expect(issuesOf(v.strictObject({}), input)?.map(({ code }) => code)).toEqual(['UNKNOWN_KEY'])
  const schema = v.record(v.string(), v.string())
  const result = safeValidate(schema, JSON.parse('{"toString":3,"a":1}'))
  expect(result.ok ? [] : Object.keys(result.error.errors)).toEqual(['toString', 'a'])
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
})

test('errors are messages by path, those of the whole under _root', () => {
  const Pair = v.pipe(
    v.object({
      a: v.pipe(v.string(), v.minLength(2), v.email()),
      list: v.array(v.object({ n: v.number() })),
    }),
    v.check(() => false, 'They do not fit'),
  )
  const errorsOf = (input: unknown) => {
    const result = safeValidate(Pair, input)
    return result.ok ? undefined : result.error.errors
  }
  expect(errorsOf({ a: 'x', list: [{ n: 1 }, { n: 'x' }] })).toEqual({
    a: ['Must have at least 2 characters', 'Must be an e-mail address'],
    'list.1.n': ['Must be a number'],
  })
  expect(errorsOf({ a: 'a@example.com', list: [] })).toEqual({ _root: ['They do not fit'] })
})

test('only the one that throws has a stack, which begins at the caller', () => {
  const result = safeValidate(Invoice, {})
  expect(result.ok ? undefined : result.error.stack).not.toContain('validate.test')
  const limit = Error.stackTraceLimit
  expect(() => validate(Invoice, {})).toThrow(
    expect.objectContaining({ stack: expect.stringMatching(/at .*validate\.test/) }),
  )
  expect(Error.stackTraceLimit).toBe(limit)
})

test('a message in capitals is a code, under which its text is looked for', () => {
  const Open = v.pipe(
    v.string(),
    v.check(() => false, 'INVOICE_CLOSED'),
  )
  expect(issuesOf(Open, 'x')).toEqual([{ path: [], code: 'INVOICE_CLOSED', message: 'INVOICE_CLOSED' }])
  expect(issuesOf(v.string('NAME_NEEDED'), undefined)).toMatchObject([
    { code: 'REQUIRED', message: 'Is required' },
  ])
  expect(issuesOf(v.string('NAME_NEEDED'), 1)).toMatchObject([{ code: 'NAME_NEEDED' }])
  expect(issuesOf(v.pipe(v.string(), v.minLength(2, 'UNIQUE')), 'x')).toMatchObject([
    { code: 'UNIQUE', message: 'Is already taken', params: { min: 2 } },
  ])
  expect(issuesOf(v.number('Nein'), 'x')).toMatchObject([{ code: 'TYPE', message: 'Nein' }])
})

test('a raw check says what it expected in Valibot’s notation', () => {
  const codeOf = (expected?: string) =>
    v.pipe(
      v.string(),
      v.rawCheck(({ addIssue }) => addIssue({ message: 'MIN_VALUE', ...(expected && { expected }) })),
    )
  expect(issuesOf(codeOf('>=1.50'), 'x')).toMatchObject([
    { message: 'Must be at least 1.50', params: { min: '1.50' } },
  ])
  expect(issuesOf(codeOf('<=1.50'), 'x')).toMatchObject([{ params: { max: '1.50' } }])
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

test('a path without end is cut', () => {
  let schema: v.GenericSchema = v.string()
  let input: unknown = 1
  for (let i = 0; i < 200; i++) [schema, input] = [v.object({ a: schema }), { a: input }]
  expect(issuesOf(schema, input)?.[0]?.path.length).toBe(100)
})

test('a language that was chosen for all of Valibot does not bring the value back', () => {
  v.setGlobalConfig({ lang: 'xx' })
  v.setSpecificMessage(v.email, ({ received }) => `Nope: ${received} got`, 'xx')
  try {
    expect(issuesOf(v.pipe(v.string(), v.email()), 'hunter2')).toMatchObject([
      { message: 'Must be an e-mail address' },
    ])
  } finally {
    v.deleteGlobalConfig()
    v.deleteSpecificMessage(v.email, 'xx')
  }
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
  await expect(validateAsync(Slow, 'b')).rejects.toMatchObject({ issues: [{ code: 'INVALID' }] })
})
