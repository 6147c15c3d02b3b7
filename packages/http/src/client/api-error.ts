import type { WireIssue } from '../envelope.ts'

export interface ApiErrorDetails {
  readonly code: string
  readonly status: number
  readonly errors?: Readonly<Record<string, readonly string[]>> | undefined
  readonly issues?: readonly WireIssue[] | undefined
  readonly requestId?: string | undefined
  readonly retryAfterMs?: number | undefined
  readonly cause?: unknown
}

/** An answer that did not work, or was none of this API's. Match on `code` or `status`. */
export class ApiError extends Error {
  override readonly name: string = 'ApiError'
  /**
   * The server's, SCREAMING_SNAKE. `HTTP_<status>` where somebody else refused, such as a proxy with a page of its own;
   * `UNEXPECTED_ANSWER` for a success that is no envelope.
   */
  readonly code: string
  readonly status: number
  /** Messages by path, `{ "items.0.price": ["…"] }`; empty when there are none. */
  readonly errors: Readonly<Record<string, readonly string[]>>
  /** The same with codes; empty when there are none. */
  readonly issues: readonly WireIssue[]
  /** What to tell who runs the server. */
  readonly requestId: string | undefined
  /** When to come back, where the server said so in seconds. */
  readonly retryAfterMs: number | undefined

  constructor(message: string, details: ApiErrorDetails) {
    const { code, status, errors = {}, issues = [], requestId, retryAfterMs, cause } = details
    super(message, cause === undefined ? undefined : { cause })
    this.code = code
    this.status = status
    this.errors = errors
    this.issues = issues
    this.requestId = requestId
    this.retryAfterMs = retryAfterMs
  }
}
