import type { AppError, ErrorCode, ErrorKind, Issue } from '@fastkit/contracts'
import { errorResponse } from './error-response.ts'
import { toJson } from './wire.ts'

export type HttpErrorCode =
  | 'VALIDATION_FAILED'
  | 'MALFORMED_JSON'
  | 'MALFORMED_TEXT'
  | 'TOO_DEEP'
  | 'TOO_LARGE'
  | 'UNSUPPORTED_MEDIA_TYPE'
  | 'RATE_LIMITED'
  | 'UNAVAILABLE'
  | 'IDEMPOTENCY_KEY_REQUIRED'
  | 'IDEMPOTENCY_KEY_INVALID'
  | 'IDEMPOTENCY_MISMATCH'
  | 'IDEMPOTENCY_IN_PROGRESS'
  | 'NOT_READY'
  | 'CANNOT_LISTEN'
  | 'WRONG_SETUP'

/** Every code this package throws. */
export const codes: Readonly<Record<HttpErrorCode, ErrorCode>> = {
  VALIDATION_FAILED: { kind: 'invalid' },
  MALFORMED_JSON: { kind: 'malformed' },
  MALFORMED_TEXT: { kind: 'malformed' },
  TOO_DEEP: { kind: 'malformed' },
  TOO_LARGE: { kind: 'too_large' },
  UNSUPPORTED_MEDIA_TYPE: { kind: 'unsupported' },
  RATE_LIMITED: { kind: 'rate_limited' },
  UNAVAILABLE: { kind: 'unavailable' },
  IDEMPOTENCY_KEY_REQUIRED: { kind: 'malformed' },
  IDEMPOTENCY_KEY_INVALID: { kind: 'malformed' },
  IDEMPOTENCY_MISMATCH: { kind: 'invalid' },
  IDEMPOTENCY_IN_PROGRESS: { kind: 'conflict' },
  NOT_READY: { kind: 'unavailable' },
  CANNOT_LISTEN: { kind: 'internal' },
  WRONG_SETUP: { kind: 'internal' },
}

export interface HttpErrorOptions {
  readonly issues?: readonly Issue[]
  readonly retryAfterMs?: number
  readonly cause?: unknown
}

/** What this package throws. Match on `code` or `kind`. */
export class HttpError extends Error implements AppError {
  override readonly name: string = 'HttpError'
  readonly code: HttpErrorCode
  readonly kind: ErrorKind
  readonly issues?: readonly Issue[]
  readonly retryAfterMs?: number

  constructor(code: HttpErrorCode, message: string, options: HttpErrorOptions = {}) {
    const { issues, retryAfterMs, cause } = options
    super(message, cause === undefined ? undefined : { cause })
    Object.defineProperty(this, Symbol.for('fastkit.error'), { value: 1 })
    this.code = code
    this.kind = codes[code].kind
    if (issues) this.issues = issues
    if (retryAfterMs !== undefined) this.retryAfterMs = retryAfterMs
  }

  /** The answer of an app without error handling: Hono asks errors for it. */
  getResponse(): Response {
    const { status, headers, body } = errorResponse(this)
    return new Response(toJson(body), {
      status,
      headers: [
        ['content-type', 'application/json'],
        ...headers.map(([name, value]): [string, string] => [name, value]),
      ],
    })
  }
}
