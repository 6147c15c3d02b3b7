import type { AppError, ErrorCode, ErrorKind, Issue } from '@fastkit/contracts'
import { errorResponse } from './error-response.ts'
import { en } from './translations/en.ts'

export type ValidationErrorCode =
  | 'VALIDATION_FAILED'
  | 'TOO_DEEP'
  | 'MALFORMED_JSON'
  | 'MALFORMED_FORM'
  | 'UNSUPPORTED_MEDIA_TYPE'
  | 'ASYNC_SCHEMA'
  | 'WRONG_SETUP'

/** Every code this package throws. */
export const codes: Readonly<Record<ValidationErrorCode, ErrorCode>> = {
  VALIDATION_FAILED: { kind: 'invalid', params: ['truncated'] },
  TOO_DEEP: { kind: 'malformed' },
  MALFORMED_JSON: { kind: 'malformed' },
  MALFORMED_FORM: { kind: 'malformed' },
  UNSUPPORTED_MEDIA_TYPE: { kind: 'unsupported' },
  ASYNC_SCHEMA: { kind: 'internal' },
  WRONG_SETUP: { kind: 'internal' },
}

export interface ValidationErrorOptions {
  readonly issues?: readonly Issue[]
  readonly params?: Readonly<Record<string, unknown>>
  readonly cause?: unknown
}

/** What this package throws. Match on `code` or `kind`; `issues` says what is wrong with which part. */
export class ValidationError extends Error implements AppError {
  static {
    Object.defineProperty(ValidationError.prototype, Symbol.for('fastkit.error'), { value: 1 })
  }

  override readonly name: string = 'ValidationError'
  readonly code: ValidationErrorCode
  readonly kind: ErrorKind
  readonly issues?: readonly Issue[]
  readonly params?: Readonly<Record<string, unknown>>
  /**
   * The answer of an app without error handling: Hono asks errors for it. Absent where the app itself is at fault, which
   * Hono then writes to the console.
   */
  readonly getResponse?: () => Response

  constructor(
    code: ValidationErrorCode,
    message: string,
    { issues, params, cause }: ValidationErrorOptions = {},
  ) {
    super(message, cause === undefined ? undefined : { cause })
    this.code = code
    this.kind = codes[code].kind
    if (issues) this.issues = issues
    if (params) this.params = params
    if (this.kind !== 'internal') this.getResponse = () => errorResponse(this)
  }

  /**
   * The messages by path, `{ 'items.0.price': ['Must be at least 1'] }`; those about the input as a whole under `_root`.
   * A key that has a dot in it looks like a path: `issues` tells them apart.
   */
  get errors(): Record<string, string[]> {
    const messages: Record<string, string[]> = {}
    for (const { path, message = en.validation.invalid } of this.issues ?? []) {
      const key = pathText(path)
      if (Object.hasOwn(messages, key)) messages[key]?.push(message)
      else setOwn(messages, key, [message])
    }
    return messages
  }
}

/** `Array.join` takes several times as long. */
function pathText(path: Issue['path']): string {
  if (path.length === 0) return '_root'
  let text = String(path[0])
  for (let at = 1; at < path.length; at++) text += `.${path[at]}`
  return text
}

/** Setting `__proto__` would set what an object inherits from. */
function setOwn(messages: Record<string, string[]>, key: string, value: string[]): void {
  if (key === '__proto__')
    Object.defineProperty(messages, key, { value, enumerable: true, writable: true, configurable: true })
  else messages[key] = value
}
