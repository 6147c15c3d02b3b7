import type { AppError, ErrorCode, ErrorKind } from '@fastkit/contracts'

export type SignalErrorCode =
  | 'SIGNAL_CONFIG'
  | 'SIGNAL_PAYLOAD'
  | 'SIGNAL_RECURSION'
  | 'RECEIVER_TIMEOUT'
  | 'RECEIVER_BUSY'
  | 'RECEIVERS_FAILED'

/**
 * The codes of this package. Only `SIGNAL_CONFIG` is thrown; the others are in the result of a send, or in a report. All
 * are for logs: no client is told of a receiver, so there are no texts of them in other languages.
 */
export const codes: Readonly<Record<SignalErrorCode, ErrorCode>> = {
  SIGNAL_CONFIG: { kind: 'internal' },
  SIGNAL_PAYLOAD: { kind: 'internal' },
  SIGNAL_RECURSION: { kind: 'internal' },
  RECEIVER_TIMEOUT: { kind: 'internal' },
  RECEIVER_BUSY: { kind: 'internal' },
  RECEIVERS_FAILED: { kind: 'internal' },
}

/** What can go wrong with a signal, apart from what its receivers throw. Match on `code`. */
export class SignalError extends Error implements AppError {
  static {
    Object.defineProperty(SignalError.prototype, Symbol.for('fastkit.error'), { value: 1 })
  }

  override readonly name: string = 'SignalError'
  readonly code: SignalErrorCode
  readonly kind: ErrorKind

  constructor(code: SignalErrorCode, message: string, { cause }: { readonly cause?: unknown } = {}) {
    super(message, cause === undefined ? undefined : { cause })
    this.code = code
    this.kind = codes[code].kind
  }
}
