import type { AppError, ErrorCode, ErrorKind, Issue } from '@fastkit/contracts'

export type DbErrorCode =
  | 'NOT_FOUND'
  | 'UNIQUE_VIOLATION'
  | 'FOREIGN_KEY_VIOLATION'
  | 'NOT_NULL_VIOLATION'
  | 'CHECK_VIOLATION'
  | 'VALUE_OUT_OF_RANGE'
  | 'VALUE_TOO_LONG'
  | 'INVALID_TEXT'
  | 'VERSION_CONFLICT'
  | 'WRITE_CONFLICT'
  | 'DATABASE_TIMEOUT'
  | 'DATABASE_BUSY'
  | 'DATABASE_UNAVAILABLE'
  | 'COMMIT_UNKNOWN'
  | 'INVALID_QUERY'
  | 'DATABASE_ERROR'
  | 'FILTER_VALUE'
  | 'FIELD_VALUE'
  | 'FIELD_NOT_WRITABLE'
  | 'PAGE_BOUNDS'
  | 'CURSOR_INVALID'
  | 'FILTER_REQUIRED'
  | 'UNKNOWN_MODEL'
  | 'UNKNOWN_FIELD'
  | 'UNKNOWN_LOOKUP'
  | 'MANAGED_FIELD'
  | 'REPOSITORY_OPTIONS'
  | 'SCOPE_VALUE'
  | 'ORDER_BY_COUNT'
  | 'AMBIGUOUS_KEY'
  | 'NOT_IN_BATCH'
  | 'SLUG_UPDATE'
  | 'LOCALE_UNKNOWN'
  | 'TRANSLATABLE_NESTED_WRITE'
  | 'MIXIN_CONFIG'
  | 'CLIENT_NOT_AMBIENT'
  | 'CLIENT_UNGUARDED'
  | 'NESTED_TRANSACTION'
  | 'NO_TRANSACTION'
  | 'TRANSACTION_ENDED'
  | 'JOIN_OPTIONS'
  | 'EFFECT_TIMEOUT'
  | 'UNKNOWN_CONNECTION'
  | 'CONNECTION_CLOSED'
  | 'CLOSE_FAILED'
  | 'REPLICA_CONFIG'
  | 'INVALID_SCHEMA'
  | 'PRISMA_INTERNALS'
  | 'MIGRATION_EDITED'
  | 'MIGRATION_MISSING'
  | 'MIGRATION_UNFINISHED'
  | 'MIGRATION_FAILED'

/** Every code this package throws or reports. A mistake in the calling code is `internal`, one in a value `invalid`. */
export const codes: Readonly<Record<DbErrorCode, ErrorCode>> = {
  NOT_FOUND: { kind: 'not_found', params: ['model'] },
  UNIQUE_VIOLATION: { kind: 'conflict', params: ['model', 'fields'] },
  FOREIGN_KEY_VIOLATION: { kind: 'conflict', params: ['model', 'fields'] },
  NOT_NULL_VIOLATION: { kind: 'invalid', params: ['model', 'fields'] },
  CHECK_VIOLATION: { kind: 'invalid', params: ['model'] },
  VALUE_OUT_OF_RANGE: { kind: 'invalid', params: ['model', 'fields'] },
  VALUE_TOO_LONG: { kind: 'invalid', params: ['model', 'fields'] },
  INVALID_TEXT: { kind: 'invalid', params: ['model', 'fields'] },
  VERSION_CONFLICT: { kind: 'conflict', params: ['model'] },
  WRITE_CONFLICT: { kind: 'conflict' },
  DATABASE_TIMEOUT: { kind: 'timeout' },
  DATABASE_BUSY: { kind: 'unavailable' },
  DATABASE_UNAVAILABLE: { kind: 'unavailable' },
  COMMIT_UNKNOWN: { kind: 'unavailable' },
  INVALID_QUERY: { kind: 'internal' },
  DATABASE_ERROR: { kind: 'internal' },
  FIELD_VALUE: { kind: 'invalid', params: ['field', 'expected'] },
  FIELD_NOT_WRITABLE: { kind: 'invalid', params: ['field'] },
  FILTER_VALUE: { kind: 'invalid', params: ['field', 'lookup', 'expected'] },
  CURSOR_INVALID: { kind: 'invalid' },
  PAGE_BOUNDS: { kind: 'invalid', params: ['name', 'min', 'max'] },
  FILTER_REQUIRED: { kind: 'internal' },
  UNKNOWN_MODEL: { kind: 'internal' },
  UNKNOWN_FIELD: { kind: 'internal' },
  UNKNOWN_LOOKUP: { kind: 'internal' },
  MANAGED_FIELD: { kind: 'internal' },
  REPOSITORY_OPTIONS: { kind: 'internal' },
  SCOPE_VALUE: { kind: 'internal' },
  ORDER_BY_COUNT: { kind: 'internal' },
  AMBIGUOUS_KEY: { kind: 'conflict', params: ['model'] },
  NOT_IN_BATCH: { kind: 'internal' },
  SLUG_UPDATE: { kind: 'internal' },
  LOCALE_UNKNOWN: { kind: 'invalid', params: ['field', 'locales'] },
  TRANSLATABLE_NESTED_WRITE: { kind: 'internal' },
  MIXIN_CONFIG: { kind: 'internal' },
  CLIENT_UNGUARDED: { kind: 'internal' },
  CLIENT_NOT_AMBIENT: { kind: 'internal' },
  NESTED_TRANSACTION: { kind: 'internal' },
  NO_TRANSACTION: { kind: 'internal' },
  TRANSACTION_ENDED: { kind: 'internal' },
  JOIN_OPTIONS: { kind: 'internal' },
  EFFECT_TIMEOUT: { kind: 'timeout' },
  UNKNOWN_CONNECTION: { kind: 'internal' },
  CONNECTION_CLOSED: { kind: 'unavailable' },
  CLOSE_FAILED: { kind: 'internal', params: ['connections'] },
  REPLICA_CONFIG: { kind: 'internal' },
  INVALID_SCHEMA: { kind: 'internal' },
  PRISMA_INTERNALS: { kind: 'internal' },
  MIGRATION_EDITED: { kind: 'internal' },
  MIGRATION_MISSING: { kind: 'internal' },
  MIGRATION_UNFINISHED: { kind: 'internal' },
  MIGRATION_FAILED: { kind: 'internal' },
}

export interface DbErrorOptions {
  readonly params?: Readonly<Record<string, unknown>>
  readonly issues?: readonly Issue[]
  readonly retryAfterMs?: number
  readonly cause?: unknown
}

/** What this package throws. Match on `code` or `kind`; the database's own error is the `cause`. */
export class DbError extends Error implements AppError {
  static {
    Object.defineProperty(DbError.prototype, Symbol.for('fastkit.error'), { value: 1 })
  }

  override readonly name: string = 'DbError'
  readonly code: DbErrorCode
  readonly kind: ErrorKind
  readonly params?: Readonly<Record<string, unknown>>
  readonly issues?: readonly Issue[]
  readonly retryAfterMs?: number

  constructor(code: DbErrorCode, message: string, options: DbErrorOptions = {}) {
    const { params, issues, retryAfterMs, cause } = options
    super(message, cause === undefined ? undefined : { cause })
    this.code = code
    this.kind = codes[code].kind
    if (params) this.params = params
    if (issues) this.issues = issues
    if (retryAfterMs !== undefined) this.retryAfterMs = retryAfterMs
  }
}
