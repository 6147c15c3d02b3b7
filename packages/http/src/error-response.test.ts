import type { AppError, ErrorKind } from '@fastkit/contracts'
import { expect, test } from 'vitest'
import { errorResponse } from './error-response.ts'
import { statusOf } from './status.ts'

function appError(fields: Partial<AppError>): Error {
  const error = Object.assign(
    new Error(fields.message ?? 'In words'),
    { code: 'SOME_CODE', kind: 'conflict' },
    fields,
  )
  return Object.defineProperty(error, Symbol.for('fastkit.error'), { value: 1 })
}

const secret = 'postgres://user:hunter2@db/crm'

test.each(Object.entries(statusOf))('kind %s answers %i', (kind, status) => {
  expect(errorResponse(appError({ kind: kind as ErrorKind })).status).toBe(status)
})

test('an AppError tells its code, message and issues', () => {
  const issues = [
    { path: ['items', 0, 'price'], code: 'MIN', message: 'Must be positive', params: { min: 1 } },
    { path: ['items', 0, 'price'], code: 'STEP', message: 'Must be in cents' },
    { path: [], code: 'TOTAL' },
  ]
  expect(errorResponse(appError({ issues, kind: 'invalid' }), { requestId: 'r1' })).toEqual({
    status: 422,
    headers: [],
    body: {
      success: false,
      code: 'SOME_CODE',
      message: 'In words',
      errors: { 'items.0.price': ['Must be positive', 'Must be in cents'], _root: ['Is not valid'] },
      issues: [
        { path: ['items', 0, 'price'], code: 'MIN', message: 'Must be positive', params: { min: 1 } },
        { path: ['items', 0, 'price'], code: 'STEP', message: 'Must be in cents' },
        { path: [], code: 'TOTAL', message: 'Is not valid' },
      ],
      requestId: 'r1',
    },
  })
})

test('a path named like a member of Object is a path like any other', () => {
  const { body } = errorResponse(appError({ issues: [{ path: ['__proto__'], code: 'X', message: 'no' }] }))
  expect(Object.getOwnPropertyNames(body.errors)).toEqual(['__proto__'])
  expect(JSON.stringify(body.errors)).toBe('{"__proto__":["no"]}')
})

test('an internal AppError keeps its words to itself', () => {
  const { status, body } = errorResponse(appError({ kind: 'internal', message: secret, code: 'DSN' }))
  expect({ status, body }).toEqual({
    status: 500,
    body: { success: false, code: 'INTERNAL', message: 'Something went wrong on our side' },
  })
})

test('retry and challenge become headers', () => {
  const { headers } = errorResponse(
    appError({ kind: 'unauthenticated', retryAfterMs: 1200, challenge: 'Bearer' }),
  )
  expect(headers).toEqual([
    ['retry-after', '2'],
    ['www-authenticate', 'Bearer'],
  ])
  expect(errorResponse(appError({ retryAfterMs: -5 })).headers).toEqual([['retry-after', '0']])
  expect(errorResponse(appError({ retryAfterMs: Number.NaN })).headers).toEqual([])
  expect(errorResponse(appError({ retryAfterMs: Number.POSITIVE_INFINITY })).headers).toEqual([])
})

class StatusError extends Error {
  status: number
  res: Response | undefined
  constructor(status: number, message = '', res?: Response) {
    super(message)
    this.status = status
    this.res = res
  }
  getResponse() {
    return new Response()
  }
}

test.each([
  [400, 'BAD_REQUEST'],
  [405, 'METHOD_NOT_ALLOWED'],
  [413, 'TOO_LARGE'],
  [418, 'HTTP_418'],
])('an error that knows its status, %i, keeps it', (status, code) => {
  expect(errorResponse(new StatusError(status, 'In words'))).toMatchObject({
    status,
    body: { code, message: 'In words' },
  })
  expect(errorResponse(new StatusError(status)).body.message).toBe('The request was refused')
})

test('a status of 500 and above tells nothing, one that is no error is not believed', () => {
  expect(errorResponse(new StatusError(502, secret))).toMatchObject({
    status: 502,
    body: { code: 'HTTP_502' },
  })
  expect(JSON.stringify(errorResponse(new StatusError(502, secret)))).not.toContain(secret)
  for (const status of [200, 302, 600, Number.NaN]) {
    expect(errorResponse(new StatusError(status, secret))).toMatchObject({
      status: 500,
      body: { code: 'INTERNAL' },
    })
  }
})

test('headers of a prepared response survive, those about its body do not', () => {
  const prepared = new Response('no', {
    headers: { 'www-authenticate': 'Basic', 'content-type': 'text/plain' },
  })
  prepared.headers.append('set-cookie', 'a=1')
  prepared.headers.append('set-cookie', 'b=2')
  expect(errorResponse(new StatusError(401, 'no', prepared)).headers).toEqual([
    ['set-cookie', 'a=1'],
    ['set-cookie', 'b=2'],
    ['www-authenticate', 'Basic'],
  ])
})

const hostile = Object.defineProperty(new Error('x'), Symbol.for('fastkit.error'), {
  get() {
    throw new Error(secret)
  },
})
const liar = JSON.parse('{"code":"NOT_FOUND","kind":"not_found","message":"x","fastkit.error":1}')

test.each([
  ['an ordinary Error', new Error(secret)],
  ['text', secret],
  ['undefined', undefined],
  ['null', null],
  ['a number', 404],
  ['a symbol', Symbol(secret)],
  ['an object that looks like an AppError', liar],
  ['an error with a hostile getter', hostile],
  ['a revoked proxy', revoked()],
  [
    'an AppError whose kind is a name of Object',
    appError({ kind: 'constructor' as ErrorKind, message: secret }),
  ],
  ['an AppError of an unknown kind', appError({ kind: 'nonsense' as ErrorKind, message: secret })],
])('%s is a plain 500', (_, thrown) => {
  expect(errorResponse(thrown)).toEqual({
    status: 500,
    headers: [],
    body: { success: false, code: 'INTERNAL', message: 'Something went wrong on our side' },
  })
})

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  return proxy
}
