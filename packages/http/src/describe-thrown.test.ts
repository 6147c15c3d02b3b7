import fc from 'fast-check'
import { expect, inject, test } from 'vitest'
import { describeThrown } from './describe-thrown.ts'
import { hideSecrets } from './hide-secrets.ts'

test('an Error is described with its causes, each with its code', () => {
  const root = Object.assign(new TypeError('root'), { code: 'ECONNREFUSED', config: { headers: { a: 'x' } } })
  const described = describeThrown(new Error('outer', { cause: root }))
  expect(described).toEqual({
    type: 'Error',
    message: 'outer',
    stack: expect.stringContaining('outer'),
    cause: { type: 'TypeError', message: 'root', code: 'ECONNREFUSED', stack: expect.any(String) },
  })
})

test.each([
  ['text', 'text', { type: 'string', message: 'text' }],
  ['undefined', undefined, { type: 'undefined', message: 'undefined' }],
  ['null', null, { type: 'null', message: 'Something that is no Error was thrown' }],
  ['a symbol', Symbol('s'), { type: 'symbol', message: 'Symbol(s)' }],
  ['an object', { password: 'p' }, { type: 'object', message: 'Something that is no Error was thrown' }],
])('%s is described by its type', (_, thrown, expected) => {
  expect(describeThrown(thrown)).toEqual(expected)
})

test('a cause that leads back to its error ends after five', () => {
  const error = new Error('again')
  error.cause = error
  expect(JSON.stringify(describeThrown(error)).match(/"message":"again"/g)).toHaveLength(6)
})

test('the errors of an AggregateError are described, up to ten', () => {
  const errors = Array.from({ length: 50 }, (_, at) => new Error(`no. ${at}`))
  expect(describeThrown(new AggregateError(errors, 'all')).errors).toHaveLength(10)
})

test('long messages are cut', () => {
  expect(describeThrown(new Error('x'.repeat(1e6))).message).toHaveLength(1025)
})

test.each(hostile())('%s is no reason to fail', (_, thrown) => {
  expect(JSON.stringify(describeThrown(thrown))).toContain('"type"')
})

/** Errors that throw, or answer nonsense, whatever they are asked. */
function hostile(): [string, unknown][] {
  const getters = new Error('x')
  for (const field of ['name', 'message', 'stack', 'cause', 'code', 'errors']) {
    Object.defineProperty(getters, field, {
      get() {
        throw getters
      },
    })
  }
  const revoked = Proxy.revocable({}, {})
  revoked.revoke()
  const throws = () => {
    throw new Error('no')
  }
  const list = Proxy.revocable([], {})
  list.revoke()
  return [
    ['an error whose getters throw', getters],
    ['a revoked proxy', revoked.proxy],
    ['a proxy that throws', new Proxy(new Error('x'), { get: throws, getPrototypeOf: throws })],
    ['an error with a name that is no text', Object.assign(new Error('x'), { name: 7n, message: {} })],
    ['an error whose errors are a revoked proxy', Object.assign(new Error('x'), { errors: list.proxy })],
    ['an object without a prototype', Object.create(null)],
  ]
}

test.each([
  ['postgres://app:hunter2@db/crm', 'postgres://app:[redacted]@db/crm'],
  ['redis://:hunter2@h', 'redis://:[redacted]@h'],
  ['Authorization: Bearer hunter2', 'Authorization: [redacted]'],
  ['sent Bearer hunter2.x-y to b', 'sent Bearer [redacted] to b'],
  ['Cookie: a=hunter2; b=hunter2\nHost: h', 'Cookie: [redacted]\nHost: h'],
  ['{"password":"hunter2","name":"Ann"}', '{"password":"[redacted]","name":"Ann"}'],
  ["data: { apiKey: 'hunter2' }", "data: { apiKey: '[redacted]' }"],
  ['DB_PASSWORD=hunter2 HOST=h', 'DB_PASSWORD=[redacted] HOST=h'],
  ['GET /x?access_token=hunter2&a=1', 'GET /x?access_token=[redacted]&a=1'],
  ['client_secret = hunter2', 'client_secret = [redacted]'],
  [
    "INSERT INTO users VALUES ('hunter2', 'it''s') -- x",
    "INSERT INTO users VALUES ('[redacted]', '[redacted]') -- x",
  ],
  ["select a from b where c = 'hunter2", "select a from b where c = '[redacted]'"],
  ['Failed query: select 1\nparams: hunter2,7', 'Failed query: select 1\nparams: [redacted]'],
  [
    "ENOENT: no such file, open '/run/secrets/hunter2'",
    "ENOENT: no such file, open '/run/secrets/[redacted]'",
  ],
  ['postgres://user@tenant:hunter2@host/db', 'postgres://user@tenant:[redacted]@host/db'],
  ['postgres://u:p/w%x@h/db', 'postgres://u:[redacted]@h/db'],
  ['postgres://u:p#w@h/db', 'postgres://u:[redacted]@h/db'],
  ['Server=db;Uid=sa;Pwd=hunter2;', 'Server=db;Uid=sa;Pwd=[redacted];'],
  ['pass=hunter2', 'pass=[redacted]'],
  ['DB_PASS: hunter2', 'DB_PASS: [redacted]'],
  ['{"pass":"hunter2"}', '{"pass":"[redacted]"}'],
  ['https://ghp_abcdefghijk@github.com/x', 'https://[redacted]@github.com/x'],
  ['jwt eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc of a', 'jwt [redacted] of a'],
  ['a\n-----BEGIN RSA PRIVATE KEY-----\nhunter2\n-----END RSA PRIVATE KEY-----\nb', 'a\n[redacted]\nb'],
  ['-----BEGIN PRIVATE KEY-----\nhunter2', '[redacted]'],
  ['Key (password_hash)=(hunter2) already exists', 'Key (password_hash)=[redacted] already exists'],
  ['Key (a, b)=(hunter2, (x) hunter2).', 'Key (a, b)=[redacted].'],
  ['Failing row contains (1, hunter2).', 'Failing row contains [redacted].'],
  ["Duplicate entry 'hunter2's' for key 'users.email'", "Duplicate entry [redacted] for key 'users.email'"],
  [
    'GET http://localhost:3000/users/a@b.example failed',
    'GET http://localhost:3000/users/a@b.example failed',
  ],
  ['GET http://h/a:b@c', 'GET http://h/a:b@c'],
  ['1 of 3 passed: bypass: true', '1 of 3 passed: bypass: true'],
  ["Cannot find 'x' imported from 'y'", "Cannot find 'x' imported from 'y'"],
  ['the token expired at 12:30', 'the token expired at 12:30'],
])('%s is logged as %s', (message, expected) => {
  expect(describeThrown(new Error(message)).message).toBe(expected)
})

test('whatever text it is, describing takes no longer than the text is long', () => {
  for (const unit of [
    'password',
    '://a:',
    'token=',
    '"',
    'Bearer ',
    'cookie',
    'a-',
    'select ',
    'update a ',
    "values('",
    '/secrets/',
    'postgres://u@',
    'eyJa-',
    'eyJa.',
    'ghp_',
    '-----BEGIN PRIVATE KEY-----',
    '-----END PRIVATE KEY-----',
    'key (a)=',
    'Key (',
    "duplicate entry '",
    'pass',
    ' ',
  ])
    hideSecrets(unit.repeat(1e6 / unit.length)) // a square of that would take hours
  fc.assert(
    fc.property(fc.anything(), (thrown) => JSON.stringify(describeThrown(thrown)).length > 0),
    { seed: inject('seed') },
  )
})
