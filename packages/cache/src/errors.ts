import type { AppError, ErrorCode, ErrorKind } from '@fastkit/contracts'

export type CacheErrorCode =
  | 'CACHE_OPTION_INVALID'
  | 'CACHE_KEY_INVALID'
  | 'CACHE_VALUE_UNSUPPORTED'
  | 'CACHE_VALUE_TOO_LARGE'
  | 'CACHE_REENTRY'
  | 'CACHE_LOAD_TIMEOUT'
  | 'CACHE_UNAVAILABLE'
  | 'CACHE_REFUSED'

/** Every code this package throws. */
export const codes: Readonly<Record<CacheErrorCode, ErrorCode>> = {
  CACHE_OPTION_INVALID: { kind: 'internal' },
  CACHE_KEY_INVALID: { kind: 'internal' },
  CACHE_VALUE_UNSUPPORTED: { kind: 'internal' },
  CACHE_VALUE_TOO_LARGE: { kind: 'internal' },
  CACHE_REENTRY: { kind: 'internal' },
  CACHE_LOAD_TIMEOUT: { kind: 'timeout' },
  CACHE_UNAVAILABLE: { kind: 'unavailable' },
  CACHE_REFUSED: { kind: 'internal' },
}

export interface CacheErrorOptions {
  readonly params?: Readonly<Record<string, unknown>>
  readonly cause?: unknown
}

/** What this package throws. Match on `code`. */
export class CacheError extends Error implements AppError {
  static {
    Object.defineProperty(CacheError.prototype, Symbol.for('fastkit.error'), { value: 1 })
  }

  override readonly name: string = 'CacheError'
  readonly code: CacheErrorCode
  readonly kind: ErrorKind
  readonly params?: Readonly<Record<string, unknown>>
  /** A second, when something is out of reach. */
  readonly retryAfterMs?: number

  constructor(code: CacheErrorCode, message: string, { params, cause }: CacheErrorOptions = {}) {
    super(message, cause === undefined ? undefined : { cause })
    this.code = code
    this.kind = codes[code].kind
    if (params) this.params = params
    if (this.kind === 'unavailable') this.retryAfterMs = 1000
  }
}

/** A mistake in the program, which no stale value should hide. */
export function isReentry(error: unknown): boolean {
  return error instanceof CacheError && error.code === 'CACHE_REENTRY'
}

export function tooLarge(maxBytes: number): CacheError {
  const message = `The value takes more than maxValueBytes, ${maxBytes}`
  return new CacheError('CACHE_VALUE_TOO_LARGE', message, { params: { maxBytes } })
}
