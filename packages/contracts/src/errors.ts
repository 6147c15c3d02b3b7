/** What went wrong, in terms of the caller's request. Says nothing about HTTP. */
export type ErrorKind =
  | 'malformed'
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'gone'
  | 'precondition_failed'
  | 'precondition_required'
  | 'too_large'
  | 'unsupported'
  | 'rate_limited'
  | 'timeout'
  | 'unavailable'
  | 'internal'

/**
 * An error a client may learn about.
 *
 * Recognised by `error instanceof Error && error[Symbol.for('fastkit.error')] === 1`, so that two copies of a
 * package agree and JSON cannot forge it. It may be the prototype's: set at each error, it takes as long as the rest.
 */
export interface AppError extends Error {
  /** Stable, SCREAMING_SNAKE. Match on this, never on the message. */
  readonly code: string
  readonly kind: ErrorKind
  /** Where a translator finds the text; empty when the message is final. @default `errors.<code>` */
  readonly messageKey?: string
  /** Facts about the failure. Never a secret: they can reach the client. */
  readonly params?: Readonly<Record<string, unknown>>
  /** The parts of the input that are wrong, when the input is. */
  readonly issues?: readonly Issue[]
  /** When a retry makes sense, in milliseconds from now. */
  readonly retryAfterMs?: number
  /** The value of a `WWW-Authenticate` header. */
  readonly challenge?: string
}

/** One thing that is wrong with one part of an input. The rejected value itself never appears. */
export interface Issue {
  /** From the root of the input, `['items', 0, 'price']`; empty for the input as a whole. */
  readonly path: readonly (string | number)[]
  /** Stable, SCREAMING_SNAKE. */
  readonly code: string
  /** For people, in the language of the caller where a translator is at hand. */
  readonly message?: string
  /** Where a translator finds the text; empty when the message is final. @default `validation.<code>`, in small letters */
  readonly messageKey?: string
  /** The rule's own numbers and names, `{ min: 2 }`. */
  readonly params?: Readonly<Record<string, unknown>>
}

/** One entry of a package's `codes` table. */
export interface ErrorCode {
  readonly kind: ErrorKind
  /** Names of the `params` a client may see. @default none */
  readonly params?: readonly string[]
}
