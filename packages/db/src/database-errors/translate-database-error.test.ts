import fc from 'fast-check'
import { describe, expect, inject, test } from 'vitest'
import { codes, DbError } from '../errors.ts'
import { type Reason, reasons } from './reasons.ts'
import * as signs from './signs.ts'
import { isRetryable, translateCommitError, translateDatabaseError } from './translate-database-error.ts'

interface Parts {
  readonly name?: string
  readonly code?: unknown
  readonly text?: string
  readonly meta?: object
  readonly cause?: object
}

function prismaError({ name = 'PrismaClientKnownRequestError', text = 'any', ...parts }: Parts): Error {
  return Object.assign(new Error(text), { clientVersion: '7.10.0', ...parts, name })
}

const ofAdapter = (cause: object, code = 'P2039') =>
  prismaError({ code, meta: { driverAdapterError: { cause } } })
const codeOf = (error: unknown) => (translateDatabaseError(error) as DbError).code
const author = { name: 'Author', fields: new Map([['email', { name: 'email' }]]) }

test('what is not of Prisma is returned as it is, and so is our own error', () => {
  const others = [
    new Error('Connection refused'),
    Object.assign(new Error('no'), { code: 'P2002' }),
    null,
    'P2002',
    {},
  ]
  for (const other of [...others, new DbError('NOT_FOUND', 'gone')]) {
    expect(translateDatabaseError(other)).toBe(other)
    expect(isRetryable(other)).toBe(false)
  }
})

test('every sign of the table leads to a code of the package', () => {
  for (const table of Object.values(signs)) {
    for (const reason of Object.values<Reason>(table)) expect(codes).toHaveProperty(reasons[reason].code)
  }
})

describe('the same reason in other words', () => {
  test.each([
    ['P2025', 'NOT_FOUND'],
    ['P2014', 'FOREIGN_KEY_VIOLATION'],
    ['P2024', 'DATABASE_BUSY'],
    ['P1001', 'DATABASE_UNAVAILABLE'],
    ['P1017', 'DATABASE_UNAVAILABLE'],
    ['P2033', 'VALUE_OUT_OF_RANGE'],
    ['EPIPE', 'DATABASE_UNAVAILABLE'],
    ['P9999', 'DATABASE_ERROR'],
    ['constructor', 'DATABASE_ERROR'],
  ])('%s of Prisma is %s', (code, expected) => expect(codeOf(prismaError({ code }))).toBe(expected))

  test.each([
    ['postgres', '57P03', 'DATABASE_UNAVAILABLE'],
    ['postgres', '53100', 'DATABASE_UNAVAILABLE'],
    ['postgres', '08006', 'DATABASE_UNAVAILABLE'],
    ['postgres', '57014', 'DATABASE_TIMEOUT'],
    ['postgres', '22P05', 'INVALID_TEXT'],
    ['postgres', '42601', 'DATABASE_ERROR'],
    ['mysql', '1205', 'DATABASE_TIMEOUT'],
    ['mysql', '1020', 'WRITE_CONFLICT'],
    ['mysql', '3024', 'DATABASE_TIMEOUT'],
    ['mysql', '1836', 'DATABASE_UNAVAILABLE'],
    ['mysql', '45026', 'DATABASE_TIMEOUT'],
    ['mysql', '1064', 'DATABASE_ERROR'],
    ['sqlite', '1032', 'DATABASE_UNAVAILABLE'],
    ['sqlite', 'SQLITE_READONLY_DBMOVED', 'DATABASE_UNAVAILABLE'],
    ['sqlite', '13', 'DATABASE_UNAVAILABLE'],
    ['sqlite', 'SQLITE_FULL', 'DATABASE_UNAVAILABLE'],
    ['sqlite', '262', 'DATABASE_TIMEOUT'],
    ['sqlite', 'SQLITE_ERROR', 'DATABASE_ERROR'],
  ])('%s %s is %s', (kind, originalCode, expected) => {
    expect(codeOf(ofAdapter({ kind, originalCode }))).toBe(expected)
    expect(codeOf(ofAdapter({ kind, originalCode }, 'P2010'))).toBe(expected)
  })

  test('a locked SQLite may be retried, a silent PostgreSQL not', () => {
    const originalMessage = 'database is locked'
    const locked = ofAdapter({ kind: 'SocketTimeout', originalCode: 'SQLITE_BUSY', originalMessage }, 'P1008')
    const silent = ofAdapter({ kind: 'SocketTimeout' }, 'P1008')
    expect([codeOf(locked), codeOf(silent)]).toEqual(['DATABASE_TIMEOUT', 'DATABASE_TIMEOUT'])
    expect([isRetryable(locked), isRetryable(silent)]).toEqual([true, false])
    expect(isRetryable(translateDatabaseError(locked))).toBe(true)
  })

  test('a pool without connections is busy, one that cannot make any is unavailable', () => {
    const pool = { kind: 'mysql', originalCode: '45028' }
    expect(translateDatabaseError(ofAdapter(pool))).toMatchObject({
      code: 'DATABASE_BUSY',
      retryAfterMs: 1000,
    })
    expect(codeOf(ofAdapter({ ...pool, cause: 'connect ECONNREFUSED' }))).toBe('DATABASE_UNAVAILABLE')
  })

  test('only what Prisma itself says of a transaction counts, not the source code it quotes', () => {
    const text = "expect('Transaction API error: Transaction not found')\n\nTransaction API error: "
    expect(
      codeOf(prismaError({ code: 'P2028', text: `${text}Unable to start a transaction in the given time.` })),
    ).toBe('DATABASE_BUSY')
  })
})

describe('an error of COMMIT', () => {
  const commit = (error: unknown) => (translateCommitError(error) as DbError).code

  test('leaves open what happened when the answer never came', () => {
    const lost = { kind: 'postgres', originalCode: '57P01' }
    expect(commit(prismaError({ name: 'DriverAdapterError', cause: lost }))).toBe('COMMIT_UNKNOWN')
    expect(commit(new Error('Connection terminated unexpectedly'))).toBe('COMMIT_UNKNOWN')
    expect(commit(new Error('Query read timeout'))).toBe('COMMIT_UNKNOWN')
    expect(commit(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }))).toBe('COMMIT_UNKNOWN')
  })

  test('is what it says when the database did answer', () => {
    const conflict = { kind: 'TransactionWriteConflict', originalCode: '40001' }
    expect(commit(prismaError({ name: 'DriverAdapterError', cause: conflict }))).toBe('WRITE_CONFLICT')
    const full = { kind: 'postgres', originalCode: '53100' }
    expect(commit(prismaError({ name: 'DriverAdapterError', cause: full }))).toBe('DATABASE_UNAVAILABLE')
    expect(commit(prismaError({ code: 'P2028', meta: { timeout: 50 } }))).toBe('DATABASE_TIMEOUT')
    expect(commit(new Error('anything else'))).toBe('DATABASE_ERROR')
  })
})

test('nothing that the database or Prisma says is repeated, wherever it stands', () => {
  const secret = fc.string({ minLength: 3, maxLength: 20 }).map((text) => `~${text}~`)
  const anyCode = fc.constantFrom(
    'P2000',
    'P2002',
    'P2003',
    'P2010',
    'P2011',
    'P2020',
    'P2028',
    'P2039',
    'P1001',
  )
  const kind = fc.constantFrom(...Object.keys(signs.adapterKinds), 'postgres', 'mysql', 'sqlite')
  fc.assert(
    fc.property(secret, anyCode, kind, fc.boolean(), (text, code, kindOfError, withModel) => {
      const cause = {
        kind: kindOfError,
        originalCode: text,
        originalMessage: `null value in column "${text}" of relation "${text}"`,
        message: text,
        column: text,
        table: text,
        constraint: { fields: [text, `"${text}"`, `index '${text}'`], index: text },
      }
      const meta = { modelName: 'Author', driverAdapterError: { cause } }
      const error = translateDatabaseError(prismaError({ code, text, meta }), withModel ? author : undefined)
      const { message, params, issues } = error as DbError
      expect(`${error} ${message} ${JSON.stringify([params, issues])}`).not.toContain('~')
    }),
    { seed: inject('seed') },
  )
})
