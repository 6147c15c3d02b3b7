import type { AppError, ErrorCode, ErrorKind, Issue } from '@fastkit/contracts'

export type HttpErrorCode = 'VALIDATION_FAILED' | 'NOT_READY' | 'WRONG_SETUP'

/** Every code this package throws. */
export const codes: Readonly<Record<HttpErrorCode, ErrorCode>> = {
  VALIDATION_FAILED: { kind: 'invalid' },
  NOT_READY: { kind: 'unavailable' },
  WRONG_SETUP: { kind: 'internal' },
}

export interface HttpErrorOptions {
  readonly issues?: readonly Issue[]
  readonly cause?: unknown
}

/** What this package throws. Match on `code` or `kind`. */
export class HttpError extends Error implements AppError {
  override readonly name: string = 'HttpError'
  readonly code: HttpErrorCode
  readonly kind: ErrorKind
  readonly issues?: readonly Issue[]

  constructor(code: HttpErrorCode, message: string, { issues, cause }: HttpErrorOptions = {}) {
    super(message, cause === undefined ? undefined : { cause })
    Object.defineProperty(this, Symbol.for('fastkit.error'), { value: 1 })
    this.code = code
    this.kind = codes[code].kind
    if (issues) this.issues = issues
  }
}
