import { type } from 'arktype'
import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { safeValidate, safeValidateAsync, validate, validateAsync } from './validate.ts'

function issuesOf(schema: Parameters<typeof safeValidate>[0], input: unknown, locale?: string) {
  const result = safeValidate(schema, input, { locale })
  return result.ok ? [] : (result.error.issues ?? [])
}

const canary = 'canary-7f3a'

describe('Zod', () => {
  const Schema = z.strictObject({
    email: z.email(),
    more: z.number().gt(0),
    items: z.array(z.object({ price: z.number().min(1) })).min(1),
    word: z.string().min(2).max(3),
    exact: z.string().length(2),
    times: z.number().multipleOf(3),
    choice: z.enum(['a', 'b']),
    pattern: z.string().regex(/^x/),
    whole: z.int(),
    day: z.iso.date(),
    since: z.date().min(new Date(0)),
    own: z.email('Bitte eine E-Mail'),
    coded: z.string().refine(() => false, 'SLUG_TAKEN'),
    needed: z.string(),
    union: z.union([z.number(), z.boolean()]),
  })
  const wrong = {
    email: canary,
    more: 0,
    items: [{ price: 0 }],
    word: `long${canary}`,
    exact: 'a',
    times: 4,
    choice: canary,
    pattern: canary,
    whole: 1.5,
    day: canary,
    since: new Date(-1),
    own: canary,
    coded: canary,
    union: canary,
    [canary]: 1,
    surplus: 2,
  }

  test('is understood to the letter', () => {
    const issues = issuesOf(Schema, wrong, 'de').map(({ path, code, message }) => [
      path.join('.'),
      code,
      message,
    ])
    expect(issues).toEqual([
      ['email', 'EMAIL', 'Muss eine E-Mail-Adresse sein'],
      ['more', 'GT_VALUE', 'Muss größer als 0 sein'],
      ['items.0.price', 'MIN_VALUE', 'Muss mindestens 1 sein'],
      ['word', 'MAX_LENGTH', 'Darf höchstens 3 Zeichen haben'],
      ['exact', 'LENGTH', 'Muss genau 2 Zeichen haben'],
      ['times', 'MULTIPLE_OF', 'Muss ein Vielfaches von 3 sein'],
      ['choice', 'ONE_OF', 'Muss eines von "a", "b" sein'],
      ['pattern', 'REGEX', 'Hat das falsche Format'],
      ['whole', 'INTEGER', 'Muss eine ganze Zahl sein'],
      ['day', 'ISO_DATE', 'Muss ein Datum sein, JJJJ-MM-TT'],
      ['since', 'MIN_VALUE', 'Muss mindestens 1970-01-01T00:00:00.000Z sein'],
      ['own', 'EMAIL', 'Bitte eine E-Mail'],
      ['coded', 'SLUG_TAKEN', 'SLUG_TAKEN'],
      ['needed', 'REQUIRED', 'Ist erforderlich'],
      ['union', 'INVALID', 'Ist ungültig'],
      [canary, 'UNKNOWN_KEY', 'Ist kein bekanntes Feld'],
      ['surplus', 'UNKNOWN_KEY', 'Ist kein bekanntes Feld'],
    ])
  })

  test('never has the value in a message', () => {
    expect(
      JSON.stringify(issuesOf(Schema, wrong).map(({ message, params }) => [message, params])),
    ).not.toContain(canary)
  })

  test('is cut at a hundred issues, even when they come as one', () => {
    const keys = Object.fromEntries(Array.from({ length: 5000 }, (_, at) => [`k${at}`, 1]))
    const result = safeValidate(z.strictObject({}), keys)
    expect(result.ok ? [] : [result.error.issues?.length, result.error.params]).toEqual([
      100,
      { truncated: true },
    ])
  })

  test('waits, and is refused by name where nobody does', async () => {
    const Slow = z.string().refine(async (text) => text === 'a', 'SLOW')
    expect(await validateAsync(Slow, 'a')).toBe('a')
    await expect(validateAsync(Slow, 'b')).rejects.toMatchObject({ issues: [{ code: 'SLOW' }] })
    expect(() => validate(Slow, 'a')).toThrow(expect.objectContaining({ code: 'ASYNC_SCHEMA' }))
  })
})

describe('ArkType', () => {
  const Schema = type({
    '+': 'reject',
    email: 'string.email',
    more: 'number > 0',
    items: type({ price: 'number >= 1' }).array(),
    list: 'string[] >= 2',
    word: 'string <= 3',
    times: 'number % 3',
    one: "'q'",
    pattern: '/^x/',
    text: 'string',
    needed: 'string',
    own: type('string').narrow((_, ctx) => ctx.reject({ message: 'Bitte anders' })),
    coded: type('string').narrow((_, ctx) => ctx.reject({ message: 'SLUG_TAKEN' })),
    union: 'number | boolean',
  })
  const wrong = {
    email: canary,
    more: 0,
    items: [{ price: 0 }],
    list: [canary],
    word: canary,
    times: 4,
    one: canary,
    pattern: canary,
    text: { [canary]: canary },
    own: canary,
    coded: canary,
    union: canary,
    surplus: canary,
  }

  test('is understood to the letter', () => {
    const issues = issuesOf(Schema, wrong, 'en').map(({ path, code, message }) => [
      path.join('.'),
      code,
      message,
    ])
    expect(issues.sort()).toEqual([
      ['coded', 'SLUG_TAKEN', 'SLUG_TAKEN'],
      ['email', 'EMAIL', 'Must be an e-mail address'],
      ['items.0.price', 'MIN_VALUE', 'Must be at least 1'],
      ['list', 'MIN_ITEMS', 'Must have at least 2 entries'],
      ['more', 'GT_VALUE', 'Must be more than 0'],
      ['needed', 'REQUIRED', 'Is required'],
      ['one', 'ONE_OF', 'Must be one of "q"'],
      ['own', 'INVALID', 'Bitte anders'],
      ['pattern', 'REGEX', 'Has the wrong format'],
      ['surplus', 'UNKNOWN_KEY', 'Is not a known field'],
      ['text', 'TYPE', 'Must be text'],
      ['times', 'MULTIPLE_OF', 'Must be a multiple of 3'],
      ['union', 'INVALID', 'Is not valid'],
      ['word', 'MAX_LENGTH', 'Must have at most 3 characters'],
    ])
  })

  test('never has the value in a message, as its own messages do', () => {
    expect(JSON.stringify(issuesOf(Schema, wrong))).not.toContain(canary)
  })
})

describe('a library we do not know', () => {
  const schemaOf = (issues: object[]) =>
    ({ '~standard': { version: 1, vendor: 'x', validate: () => ({ issues }) } }) as never

  test('keeps its messages, and its codes in capitals', () => {
    const schema = schemaOf([
      { message: 'Too small', code: 'too_small', path: [{ key: 'a' }, 0], params: { secret: 1 } },
    ])
    expect(issuesOf(schema, 1)).toEqual([
      { path: ['a', 0], code: 'TOO_SMALL', message: 'Too small', messageKey: '' },
    ])
  })

  test('has INVALID where it has no codes', () => {
    expect(issuesOf(schemaOf([{ message: 'No' }]), 1)).toMatchObject([
      { path: [], code: 'INVALID', message: 'No' },
    ])
  })

  test('has its messages translated where its codes are ours, and keeps their params', () => {
    const issue = { path: ['page'], code: 'RANGE', message: 'Must be 1', params: { min: 1 } }
    expect(issuesOf(schemaOf([issue]), 1)).toEqual([issue])
    expect(issuesOf(schemaOf([{ ...issue, code: 'UNIQUE' }]), 1, 'de')).toMatchObject([
      { message: 'Ist schon vergeben' },
    ])
    expect(issuesOf(schemaOf([{ ...issue, code: 'UNIQUE' }]), 1, 'en')).toMatchObject([
      { message: 'Must be 1' },
    ])
    expect(issuesOf(schemaOf([issue]), 1, 'de')).toMatchObject([{ message: 'Must be 1' }])
  })

  test('loses a message that has the value in it', () => {
    const schema = schemaOf([{ message: `Not an address: ${canary}!`, path: ['a', { key: 0 }] }])
    expect(issuesOf(schema, { a: [canary] }, 'en')).toMatchObject([
      { path: ['a', 0], code: 'INVALID', message: 'Is not valid' },
    ])
    expect(issuesOf(schema, { a: 5 })).toMatchObject([{ message: `Not an address: ${canary}!` }])
    const trap = Object.defineProperty({}, 'a', { get: () => expect.fail('a getter was called twice') })
    expect(issuesOf(schemaOf([{ message: 'No', path: ['b', 'c'] }]), trap)).toMatchObject([{ message: 'No' }])
  })

  test('may name a symbol, or an object as the key of a Map', () => {
    expect(issuesOf(schemaOf([{ message: 'No', path: [Symbol('s')] }]), 1)).toMatchObject([
      { path: ['Symbol(s)'] },
    ])
    const schema = v.map(v.object({ a: v.string() }), v.string())
    expect(issuesOf(schema, new Map([[{ a: canary }, 1]]), 'en')).toMatchObject([{ path: ['object'] }])
  })

  test('may answer with any kind of promise', () => {
    const then = (resolve?: (result: object) => void) => resolve?.({ issues: [{ message: 'no' }] })
    const schema = { '~standard': { version: 1 as const, vendor: 'x', validate: () => ({ then }) as never } }
    expect(() => safeValidate(schema, 1)).toThrow(expect.objectContaining({ code: 'ASYNC_SCHEMA' }))
  })
})

describe('an input of 100,000 levels is refused as unreadable', () => {
  type Tree = { c?: Tree[] | undefined }
  const ZodTree: z.ZodType<Tree> = z.object({ c: z.array(z.lazy(() => ZodTree)).optional() })
  const ArkTree = type.module({ tree: { 'c?': 'tree[]' } }).tree
  let deep: Tree = {}
  for (let level = 0; level < 100_000; level++) deep = { c: [deep] }

  test.each([
    ['Zod', ZodTree],
    ['ArkType', ArkTree],
  ] as const)('by %s', async (_, schema) => {
    const refusal = expect.objectContaining({ code: 'TOO_DEEP', kind: 'malformed' })
    expect(() => safeValidate(schema, deep)).toThrow(refusal)
    expect(() => validate(schema, deep)).toThrow(refusal)
    await expect(safeValidateAsync(schema, deep)).rejects.toThrow(refusal)
  })
})

test('of 10,000 faults a hundred are told, whatever the library', () => {
  const many = Array.from({ length: 10_000 }, () => canary)
  const object = Object.fromEntries(many.map((_, at) => [`key${at}`, 1]))
  const asked: [Parameters<typeof safeValidate>[0], unknown][] = [
    [z.array(z.number()), many],
    [z.strictObject({}), object],
    [type('number[]'), many],
    [v.array(v.number()), many],
  ]
  for (const [schema, input] of asked) {
    const result = safeValidate(schema, input)
    expect(result.ok ? [] : [result.error.issues?.length, result.error.params]).toEqual([
      100,
      { truncated: true },
    ])
  }
})
