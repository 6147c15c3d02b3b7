import type { AppError, ErrorCode, ErrorKind, Issue } from '@fastkit/contracts'

export type DbErrorCode =
  | 'NOT_FOUND'
  | 'UNIQUE_VIOLATION'
  | 'FOREIGN_KEY_VIOLATION'
  | 'FILTER_VALUE'
  | 'PAGE_BOUNDS'
  | 'UNKNOWN_MODEL'
  | 'UNKNOWN_FIELD'
  | 'UNKNOWN_LOOKUP'
  | 'MANAGED_FIELD'
  | 'MIXIN_CONFIG'
  | 'CLIENT_NOT_AMBIENT'
  | 'NESTED_TRANSACTION'
  | 'NO_TRANSACTION'
  | 'TRANSACTION_ENDED'
  | 'JOIN_OPTIONS'
  | 'EFFECT_TIMEOUT'
  | 'PRISMA_INTERNALS'
  | 'MIGRATION_EDITED'
  | 'MIGRATION_MISSING'
  | 'MIGRATION_UNFINISHED'
  | 'MIGRATION_FAILED'

/** Every code this package throws. A mistake in the calling code is `internal`, one in a value `invalid`. */
export const codes: Readonly<Record<DbErrorCode, ErrorCode>> = {
  NOT_FOUND: { kind: 'not_found', params: ['model'] },
  UNIQUE_VIOLATION: { kind: 'conflict', params: ['model', 'fields'] },
  FOREIGN_KEY_VIOLATION: { kind: 'conflict', params: ['model'] },
  FILTER_VALUE: { kind: 'invalid', params: ['field', 'lookup', 'expected'] },
  PAGE_BOUNDS: { kind: 'invalid', params: ['name', 'min', 'max'] },
  UNKNOWN_MODEL: { kind: 'internal' },
  UNKNOWN_FIELD: { kind: 'internal' },
  UNKNOWN_LOOKUP: { kind: 'internal' },
  MANAGED_FIELD: { kind: 'internal' },
  MIXIN_CONFIG: { kind: 'internal' },
  CLIENT_NOT_AMBIENT: { kind: 'internal' },
  NESTED_TRANSACTION: { kind: 'internal' },
  NO_TRANSACTION: { kind: 'internal' },
  TRANSACTION_ENDED: { kind: 'internal' },
  JOIN_OPTIONS: { kind: 'internal' },
  EFFECT_TIMEOUT: { kind: 'timeout' },
  PRISMA_INTERNALS: { kind: 'internal' },
  MIGRATION_EDITED: { kind: 'internal' },
  MIGRATION_MISSING: { kind: 'internal' },
  MIGRATION_UNFINISHED: { kind: 'internal' },
  MIGRATION_FAILED: { kind: 'internal' },
}

export interface DbErrorOptions {
  readonly params?: Readonly<Record<string, unknown>>
  readonly issues?: readonly Issue[]
  readonly cause?: unknown
}

/** What this package throws. Match on `code` or `kind`; the database's own error is the `cause`. */
export class DbError extends Error implements AppError {
  override readonly name: string = 'DbError'
  readonly code: DbErrorCode
  readonly kind: ErrorKind
  readonly params?: Readonly<Record<string, unknown>>
  readonly issues?: readonly Issue[]

  constructor(code: DbErrorCode, message: string, { params, issues, cause }: DbErrorOptions = {}) {
    super(message, cause === undefined ? undefined : { cause })
    Object.defineProperty(this, Symbol.for('fastkit.error'), { value: 1 })
    this.code = code
    this.kind = codes[code].kind
    if (params) this.params = params
    if (issues) this.issues = issues
  }
}
