import type { AppError, ErrorCode, ErrorKind } from '@fastkit/contracts'

export type I18nErrorCode =
  | 'LOCALE_INVALID'
  | 'LOCALE_UNKNOWN'
  | 'TIME_ZONE_UNKNOWN'
  | 'CATALOG_UNREADABLE'
  | 'CATALOG_INVALID'
  | 'CATALOG_CONFLICT'

/** Every code this package throws, all of them at start-up or while catalogues are loaded. */
export const codes: Readonly<Record<I18nErrorCode, ErrorCode>> = {
  LOCALE_INVALID: { kind: 'internal' },
  LOCALE_UNKNOWN: { kind: 'internal' },
  TIME_ZONE_UNKNOWN: { kind: 'internal' },
  CATALOG_UNREADABLE: { kind: 'internal' },
  CATALOG_INVALID: { kind: 'internal' },
  CATALOG_CONFLICT: { kind: 'internal' },
}

export interface I18nErrorOptions {
  /** Where it is, `{ file, line, column }`, as far as that is known. */
  readonly params?: Readonly<Record<string, unknown>>
  readonly cause?: unknown
}

/** What this package throws. Match on `code`. */
export class I18nError extends Error implements AppError {
  static {
    Object.defineProperty(I18nError.prototype, Symbol.for('fastkit.error'), { value: 1 })
  }

  override readonly name: string = 'I18nError'
  readonly code: I18nErrorCode
  readonly kind: ErrorKind
  readonly params?: Readonly<Record<string, unknown>>

  constructor(code: I18nErrorCode, message: string, { params, cause }: I18nErrorOptions = {}) {
    super(message, cause === undefined ? undefined : { cause })
    this.code = code
    this.kind = codes[code].kind
    if (params) this.params = params
  }
}
