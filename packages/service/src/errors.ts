import type { AppError, ErrorCode, ErrorKind, Issue } from '@fastkit/contracts'

export type ServiceErrorCode =
  | 'VALIDATION_FAILED'
  | 'FORBIDDEN'
  | 'IDEMPOTENCY_MISMATCH'
  | 'BATCH_TOO_LARGE'
  | 'SLUG_UPDATE'
  | 'FILTER_REQUIRED'
  | 'HOOK_RESULT'
  | 'HOOK_ASYNC'
  | 'HOOK_DEPTH'
  | 'PREVIOUS_NOT_LOADED'
  | 'RESPONSE'
  | 'SERVICE_CONFIG'
  | 'NO_RESTORE'
  | 'NO_BULK'
  | 'NO_CURSOR'

/** The codes this package throws on its own account. Those of your rules are yours. */
export const codes: Readonly<Record<ServiceErrorCode, ErrorCode>> = {
  VALIDATION_FAILED: { kind: 'invalid' },
  FORBIDDEN: { kind: 'forbidden' },
  IDEMPOTENCY_MISMATCH: { kind: 'invalid' },
  BATCH_TOO_LARGE: { kind: 'too_large', params: ['max'] },
  SLUG_UPDATE: { kind: 'invalid' },
  FILTER_REQUIRED: { kind: 'internal' },
  HOOK_RESULT: { kind: 'internal' },
  HOOK_ASYNC: { kind: 'internal' },
  HOOK_DEPTH: { kind: 'internal' },
  PREVIOUS_NOT_LOADED: { kind: 'internal' },
  RESPONSE: { kind: 'internal' },
  SERVICE_CONFIG: { kind: 'internal' },
  NO_RESTORE: { kind: 'internal' },
  NO_BULK: { kind: 'internal' },
  NO_CURSOR: { kind: 'internal' },
}

export interface ServiceErrorOptions {
  /** @default the kind of a code of this package, else `conflict` */
  readonly kind?: ErrorKind
  /** Where a translator finds the text; `''` for nowhere: the message is final. @default `errors.<code>` */
  readonly messageKey?: string | undefined
  readonly params?: Readonly<Record<string, unknown>>
  readonly issues?: readonly Issue[]
  readonly cause?: unknown
}

/**
 * A rule that was broken. Match on `code` or `kind`.
 *
 * Its message is what clients read, unless a catalogue has a text for its code. Packages ship texts for the codes they
 * throw themselves and for no others; who throws one of those with other words says `messageKey: ''`.
 */
export class ServiceError extends Error implements AppError {
  static {
    Object.defineProperty(ServiceError.prototype, Symbol.for('fastkit.error'), { value: 1 })
  }

  override readonly name: string = 'ServiceError'
  readonly code: string
  readonly kind: ErrorKind
  readonly messageKey?: string
  readonly params?: Readonly<Record<string, unknown>>
  readonly issues?: readonly Issue[]

  constructor(code: string, message: string, options: ServiceErrorOptions = {}) {
    const { kind, messageKey, params, issues, cause } = options
    super(message, cause === undefined ? undefined : { cause })
    this.code = code
    this.kind = kind ?? (codes as Record<string, ErrorCode>)[code]?.kind ?? 'conflict'
    if (messageKey !== undefined) this.messageKey = messageKey
    if (params) this.params = params
    if (issues) this.issues = issues
  }
}

/** `notFound('InvoiceItem', 7)`: code `INVOICE_ITEM_NOT_FOUND`, kind `not_found`. */
export function notFound(entity: string, key?: unknown): ServiceError {
  const code = `${entity.replace(/(?<=[a-z0-9])(?=[A-Z])|[^A-Za-z0-9]+/g, '_').toUpperCase()}_NOT_FOUND`
  const message = key === undefined ? `There is no such ${entity}` : `There is no ${entity} ${String(key)}`
  return new ServiceError(code, message, {
    kind: 'not_found',
    params: { entity, ...(key !== undefined && { key }) },
  })
}

/** `conflict('INVOICE_STATE', 'Only drafts can be deleted')`: kind `conflict`. */
export function conflict(
  code: string,
  message: string,
  options?: Omit<ServiceErrorOptions, 'kind'>,
): ServiceError {
  return new ServiceError(code, message, { ...options, kind: 'conflict' })
}

/**
 * `forbidden('Only the owner may void an invoice')`: code `FORBIDDEN`, of which no package has a text: the message stands
 * unless your own catalogue has `errors.FORBIDDEN`, or the `messageKey` you give.
 */
export function forbidden(message: string, options?: Omit<ServiceErrorOptions, 'kind'>): ServiceError {
  return new ServiceError('FORBIDDEN', message, { ...options, kind: 'forbidden' })
}

/**
 * `invalid([{ path: ['dueOn'], code: 'PAST', message: 'Must be in the future' }])`: code `VALIDATION_FAILED`. A message of
 * your own is final.
 */
export function invalid(issues: readonly Issue[], message?: string): ServiceError {
  const messageKey = message === undefined ? undefined : ''
  return new ServiceError('VALIDATION_FAILED', message ?? 'The input is not valid', { messageKey, issues })
}
