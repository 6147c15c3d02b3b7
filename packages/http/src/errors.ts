import type { AppError, ErrorCode, ErrorKind, Issue } from '@fastkit/contracts'
import { errorResponse } from './error-response.ts'
import { toJson } from './wire.ts'

export type HttpErrorCode =
  | 'VALIDATION_FAILED'
  | 'MALFORMED_JSON'
  | 'MALFORMED_TEXT'
  | 'MALFORMED_FORM'
  | 'TOO_DEEP'
  | 'TOO_LARGE'
  | 'UNSUPPORTED_MEDIA_TYPE'
  | 'RATE_LIMITED'
  | 'UNAVAILABLE'
  | 'IDEMPOTENCY_KEY_REQUIRED'
  | 'IDEMPOTENCY_KEY_INVALID'
  | 'IDEMPOTENCY_MISMATCH'
  | 'IDEMPOTENCY_IN_PROGRESS'
  | 'IF_MATCH_INVALID'
  | 'PRECONDITION_FAILED'
  | 'PRECONDITION_REQUIRED'
  | 'NOT_READY'
  | 'CANNOT_LISTEN'
  | 'WRONG_SETUP'

/** Every code this package throws. */
export const codes: Readonly<Record<HttpErrorCode, ErrorCode>> = {
  VALIDATION_FAILED: { kind: 'invalid' },
  MALFORMED_JSON: { kind: 'malformed' },
  MALFORMED_TEXT: { kind: 'malformed' },
  MALFORMED_FORM: { kind: 'malformed' },
  TOO_DEEP: { kind: 'malformed', params: ['maxDepth'] },
  TOO_LARGE: { kind: 'too_large', params: ['maxBytes'] },
  UNSUPPORTED_MEDIA_TYPE: { kind: 'unsupported', params: ['types'] },
  RATE_LIMITED: { kind: 'rate_limited' },
  UNAVAILABLE: { kind: 'unavailable' },
  IDEMPOTENCY_KEY_REQUIRED: { kind: 'malformed' },
  IDEMPOTENCY_KEY_INVALID: { kind: 'malformed' },
  IDEMPOTENCY_MISMATCH: { kind: 'invalid' },
  IDEMPOTENCY_IN_PROGRESS: { kind: 'conflict' },
  IF_MATCH_INVALID: { kind: 'malformed' },
  PRECONDITION_FAILED: { kind: 'precondition_failed' },
  PRECONDITION_REQUIRED: { kind: 'precondition_required' },
  NOT_READY: { kind: 'unavailable' },
  CANNOT_LISTEN: { kind: 'internal' },
  WRONG_SETUP: { kind: 'internal' },
}

export interface HttpErrorOptions {
  readonly params?: Readonly<Record<string, unknown>>
  readonly issues?: readonly Issue[]
  readonly retryAfterMs?: number
  readonly cause?: unknown
}

/** What this package throws. Match on `code` or `kind`. */
export class HttpError extends Error implements AppError {
  static {
    Object.defineProperty(HttpError.prototype, Symbol.for('fastkit.error'), { value: 1 })
  }

  override readonly name: string = 'HttpError'
  readonly code: HttpErrorCode
  readonly kind: ErrorKind
  readonly params?: Readonly<Record<string, unknown>>
  readonly issues?: readonly Issue[]
  readonly retryAfterMs?: number

  constructor(code: HttpErrorCode, message: string, options: HttpErrorOptions = {}) {
    const { params, issues, retryAfterMs, cause } = options
    super(message, cause === undefined ? undefined : { cause })
    this.code = code
    this.kind = codes[code].kind
    if (params) this.params = params
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
