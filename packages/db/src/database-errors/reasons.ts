import type { DbErrorCode } from '../errors.ts'

/** What an error becomes, and what is known about the transaction it happened in. */
export interface Meaning {
  readonly code: DbErrorCode
  /** One sentence for a developer. Made from names of the schema alone, never from what the database said. */
  message(model: string, fields: readonly string[]): string
  /** The database tells columns that are at fault, if not each database does. */
  readonly ofFields?: true
  /** What a form says beside each field at fault. */
  readonly issue?: { readonly code: string; readonly message: string }
  /** The same transaction may well succeed when it runs again from its start. */
  readonly retryable?: true
  /** Nobody knows whether the statement took effect: its answer never came. */
  readonly unanswered?: true
  readonly retryAfterMs?: number
}

/** Why a query failed, the same on every database. */
export type Reason =
  | 'notFound'
  | 'unique'
  | 'foreignKey'
  | 'notNull'
  | 'check'
  | 'outOfRange'
  | 'tooLong'
  | 'text'
  | 'writeConflict'
  | 'sqliteBusy'
  | 'serverTimeout'
  | 'lockTimeout'
  | 'transactionTimeout'
  | 'silence'
  | 'busy'
  | 'unreachable'
  | 'connectionLost'
  | 'refused'
  | 'readOnly'
  | 'exhausted'
  | 'commitUnknown'
  | 'ended'
  | 'query'
  | 'unknown'

/** Every reason and its meaning. `signs.ts` tells how to recognise them. */
export const reasons: Readonly<Record<Reason, Meaning>> = {
  notFound: { code: 'NOT_FOUND', message: (model) => `There is no such ${model}` },
  unique: {
    code: 'UNIQUE_VIOLATION',
    message: (model, fields) => `Another ${model} has the same ${fields.join(', ') || 'value'}`,
    ofFields: true,
    issue: { code: 'UNIQUE', message: 'Is already taken' },
  },
  foreignKey: {
    code: 'FOREIGN_KEY_VIOLATION',
    message: (model) => `${capital(model)} is tied to rows that forbid this`,
    ofFields: true,
  },
  notNull: {
    code: 'NOT_NULL_VIOLATION',
    message: (model, fields) => `${capital(model)} needs ${fields.join(', ') || 'a value that is missing'}`,
    ofFields: true,
    issue: { code: 'REQUIRED', message: 'Is required' },
  },
  check: { code: 'CHECK_VIOLATION', message: (model) => `${capital(model)} fails a check of its table` },
  outOfRange: {
    code: 'VALUE_OUT_OF_RANGE',
    message: (model, fields) => `${capital(model)} cannot hold so large ${fields.join(', ') || 'a value'}`,
    ofFields: true,
    issue: { code: 'OUT_OF_RANGE', message: 'Is out of range' },
  },
  tooLong: {
    code: 'VALUE_TOO_LONG',
    message: (model, fields) => `${capital(model)} cannot hold so long ${fields.join(', ') || 'a value'}`,
    ofFields: true,
    issue: { code: 'TOO_LONG', message: 'Is too long' },
  },
  text: {
    code: 'INVALID_TEXT',
    message: (model, fields) => `${capital(model)} cannot hold this text${of(fields)}`,
    ofFields: true,
    issue: { code: 'INVALID_TEXT', message: 'Contains characters that cannot be stored' },
  },

  writeConflict: {
    code: 'WRITE_CONFLICT',
    message: () => 'Another transaction changed the same rows at the same time',
    retryable: true,
  },
  sqliteBusy: {
    code: 'DATABASE_TIMEOUT',
    message: () => 'SQLite stayed locked by another connection for longer than its busy timeout',
    retryable: true,
  },
  serverTimeout: {
    code: 'DATABASE_TIMEOUT',
    message: () => 'The database stopped a statement that took too long',
  },
  lockTimeout: {
    code: 'DATABASE_TIMEOUT',
    message: () => 'A lock of another transaction was not released in time',
  },
  transactionTimeout: {
    code: 'DATABASE_TIMEOUT',
    message: () => 'The transaction took longer than its timeout and was rolled back',
  },
  silence: {
    code: 'DATABASE_TIMEOUT',
    message: () => 'The database did not answer in time',
    unanswered: true,
  },

  busy: {
    code: 'DATABASE_BUSY',
    message: () => 'No database connection became free in time',
    retryAfterMs: 1000,
  },
  unreachable: { code: 'DATABASE_UNAVAILABLE', message: () => 'The database cannot be reached' },
  connectionLost: {
    code: 'DATABASE_UNAVAILABLE',
    message: () => 'The connection to the database was lost',
    unanswered: true,
  },
  refused: { code: 'DATABASE_UNAVAILABLE', message: () => 'The database accepts no connection from us' },
  readOnly: { code: 'DATABASE_UNAVAILABLE', message: () => 'The database accepts no writes' },
  exhausted: {
    code: 'DATABASE_UNAVAILABLE',
    message: () => 'The database has run out of a resource, such as disk space or connections',
  },
  commitUnknown: {
    code: 'COMMIT_UNKNOWN',
    message: () => 'The connection was lost during COMMIT: the changes may or may not be there',
  },

  ended: {
    code: 'TRANSACTION_ENDED',
    message: () => 'A query was made in a transaction that had already ended or failed',
  },
  query: { code: 'INVALID_QUERY', message: (model) => `Prisma refused the arguments of a query on ${model}` },
  unknown: {
    code: 'DATABASE_ERROR',
    message: () => 'The database or Prisma failed in a way that has no code of its own',
  },
}

/** What `reason` means, with the fields that only some meanings have. */
export function meaningOf(reason: Reason): Meaning {
  return reasons[reason]
}

function capital(model: string): string {
  return model.charAt(0).toUpperCase() + model.slice(1)
}

function of(fields: readonly string[]): string {
  return fields.length === 0 ? '' : ` in ${fields.join(', ')}`
}
