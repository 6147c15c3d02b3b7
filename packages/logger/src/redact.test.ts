import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hideUrlSecrets, redactor } from './redact.ts'
import { sensitiveEndings, sensitiveKeys } from './sensitive-keys.ts'

const hide = redactor([])

test.each([
  'password',
  'Password',
  'PASSWORD',
  'api_key',
  'API-KEY',
  'apiKey',
  'Set-Cookie',
  'x-api-key',
  'access_token',
  'newPassword',
  'PGPASSWORD',
  'x-auth-token',
  'AWS_SECRET_ACCESS_KEY',
  'apiToken',
])('the value of %s is hidden, whatever it is', (key) => {
  for (const value of ['text', 7, { inner: 1 }, ['a'], new Date(0)]) {
    expect(hide({ [key]: value })).toEqual({ [key]: '[redacted]' })
  }
})

test('what is not there is not hidden', () => {
  expect(hide({ password: undefined, token: null })).toEqual({ password: undefined, token: null })
})

test('keys that only look alike stay', () => {
  const value = { passwordless: true, tokens: 5, secretary: 'Ann', cookieConsent: 'yes' }
  expect(hide(value)).toBe(value)
})

test('at any depth, in lists too, and the original is left alone', () => {
  const value = Object.freeze({
    a: Object.freeze([Object.freeze({ headers: Object.freeze({ cookie: 'c', host: 'h' }) })]),
  })
  expect(hide(value)).toEqual({ a: [{ headers: { cookie: '[redacted]', host: 'h' } }] })
  expect(value.a[0]?.headers.cookie).toBe('c')
})

test('without anything to hide the very same object comes back', () => {
  const value = { a: { b: [1, { c: 2 }] }, at: new Date(0), big: 1n }
  expect(hide(value)).toBe(value)
})

test('in instances of classes, in errors at any place, and in what toJSON returns', () => {
  class User {
    name = 'Ann'
    password = 'p'
  }
  const inner = Object.assign(new Error('inner'), { token: 't' })
  const value = {
    user: new User(),
    failure: Object.assign(new Error('outer'), {
      inner,
      config: { headers: Object.create({}, { authorization: { value: 'a', enumerable: true } }) },
    }),
    results: [{ status: 'rejected', reason: inner }],
    many: new AggregateError([inner]),
    custom: { toJSON: () => ({ secret: 's', shown: 1 }) },
  }
  const text = JSON.stringify(hide(value))
  for (const secret of ['"p"', '"t"', '"a"', '"s"']) expect(text).not.toContain(secret)
  expect(hide(value)).toMatchObject({
    user: { name: 'Ann', password: '[redacted]' },
    failure: { type: 'Error', message: 'outer', inner: { message: 'inner', token: '[redacted]' } },
    custom: { secret: '[redacted]', shown: 1 },
  })
})

test('a graph that would unfold for ever is cut', () => {
  const nodes: Record<string, unknown>[] = Array.from({ length: 60 }, () => ({}))
  for (const node of nodes) node['others'] = nodes
  expect(JSON.stringify(hide({ nodes })).length).toBeLessThan(10_000_000)
})

test('names are taken, and the last names of paths', () => {
  const own = redactor(['iban', 'user.taxId', '*.note'])
  expect(own({ IBAN: 1, a: { tax_id: 2, note: 3, b: 4 } })).toEqual({
    IBAN: '[redacted]',
    a: { tax_id: '[redacted]', note: '[redacted]', b: 4 },
  })
})

test('what throws whatever it is asked is no reason to fail', () => {
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  expect(hide(proxy)).toBe('[unreadable]')
})

test('a getter that throws is named, and the rest is shown', () => {
  const value = {
    get bad(): never {
      throw new Error('no')
    },
    good: 1,
  }
  expect(hide(value)).toEqual({ bad: '[unreadable]', good: 1 })
})

test('a key called __proto__ is a key like any other', () => {
  const value = JSON.parse('{"__proto__":{"a":1},"token":"t"}')
  expect(JSON.stringify(hide(value))).toBe('{"__proto__":{"a":1},"token":"[redacted]"}')
})

test('cycles and endless depth end', () => {
  const cycle: Record<string, unknown> = { password: 'p' }
  cycle['self'] = cycle
  expect(hide(cycle)).toEqual({ password: '[redacted]', self: '[circular]' })
  let deep: object = { password: 'p' }
  for (let i = 0; i < 10_000; i++) deep = { deep }
  expect(JSON.stringify(hide(deep))).toContain('[too deep]')
})

test('wherever a secret is planted, it does not come out', () => {
  const canary = 'canary-1c9e'
  const key = fc.constantFrom(...sensitiveKeys, ...sensitiveEndings.map((ending) => `my_${ending}`))
  const planted = fc.letrec((tie) => ({
    tree: fc.oneof(
      { maxDepth: 7 },
      fc.constantFrom('x', 1, null),
      fc.array(tie('tree'), { maxLength: 3 }),
      fc.dictionary(fc.string(), tie('tree'), { maxKeys: 3 }),
      fc.tuple(key, tie('tree')).map(([name, rest]) => ({ [name]: canary, rest })),
    ),
  })).tree
  fc.assert(
    fc.property(planted, (value) => !JSON.stringify(hide(value)).includes(canary)),
    { numRuns: 500 },
  )
})

test('any value without sensitive keys comes out as it was', () => {
  fc.assert(
    fc.property(fc.object({ maxDepth: 6, key: fc.string({ maxLength: 2 }) }), (value) => {
      expect(hide(value)).toEqual(value)
    }),
  )
})

describe('passwords in URLs', () => {
  test.each([
    ['postgres://app:hunter2@db/crm', 'postgres://app:[redacted]@db/crm'],
    ['redis://:hunter2@h', 'redis://:[redacted]@h'],
    ['a https://u:p@h/x b amqp://u2:p2@h2', 'a https://u:[redacted]@h/x b amqp://u2:[redacted]@h2'],
    ['https://example.com:8080/a@b', 'https://example.com:8080/a@b'],
    ['https://user@h', 'https://user@h'],
    ['postgres://user@tenant:hunter2@h/d', 'postgres://user@tenant:[redacted]@h/d'],
    ['postgres://u:p/w%x@h/d', 'postgres://u:[redacted]@h/d'],
    ['postgres://u:p#w@h/d', 'postgres://u:[redacted]@h/d'],
    ['http://h/a:b@c', 'http://h/a:b@c'],
    ['postgres://u:p@ss@h/d', 'postgres://u:[redacted]@h/d'],
    ['https://h/x?token=abc&a=1', 'https://h/x?token=[redacted]&a=1'],
    ['mail a:b@c', 'mail a:b@c'],
  ])('%s → %s', (line, expected) => {
    expect(hideUrlSecrets(line)).toBe(expected)
  })

  test('take no longer on hostile lines', () => {
    const line = '://a:'.repeat(40_000)
    expect(hideUrlSecrets(line)).toBe(line) // within the time a test has
  })
})
