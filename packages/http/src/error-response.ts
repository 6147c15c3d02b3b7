import type { AppError } from '@fastkit/contracts'
import { type Failure, failure } from './envelope.ts'
import { codeOfStatus, statusOf } from './status.ts'

/** An answer, before any framework has seen it. */
export interface ErrorResponse {
  readonly status: number
  /** In order; a name may come twice, as `set-cookie` does. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: Failure
}

export interface ErrorResponseOptions {
  /** Repeated in the body, so that a report names it. @default none */
  readonly requestId?: string | undefined
}

/**
 * Turns anything that was thrown into the answer for the client. Never throws itself.
 *
 * An AppError says what it is. An error that knows a status, as Hono's HTTPException does, keeps it. Everything else,
 * non-Errors and hostile objects included, is a plain 500 that tells nothing.
 */
export function errorResponse(error: unknown, { requestId }: ErrorResponseOptions = {}): ErrorResponse {
  try {
    if (isAppError(error)) return fromAppError(error, requestId)
    if (isStatusError(error)) return fromStatusError(error, requestId)
  } catch {
    // A getter of the error's own threw: it is treated like any other unknown.
  }
  return { status: 500, headers: [], body: failure('INTERNAL', internalMessage, { requestId }) }
}

export function isAppError(error: unknown): error is AppError {
  return error instanceof Error && (error as { [brand]?: unknown })[brand] === 1
}

const brand = Symbol.for('fastkit.error')
const internalMessage = 'Something went wrong on our side'

function fromAppError(error: AppError, requestId: string | undefined): ErrorResponse {
  const { code, kind, message, issues, retryAfterMs, challenge } = error
  const status = Object.hasOwn(statusOf, kind) ? statusOf[kind] : 500
  const headers: [string, string][] = []
  if (Number.isFinite(retryAfterMs)) headers.push(['retry-after', String(secondsOf(retryAfterMs as number))])
  if (challenge !== undefined) headers.push(['www-authenticate', challenge])
  const body =
    status === 500
      ? failure('INTERNAL', internalMessage, { requestId })
      : failure(code, message, { issues, requestId })
  return { status, headers, body }
}

/** Rounded up: a client that came back early would only be sent away again. */
function secondsOf(ms: number): number {
  return Math.max(0, Math.ceil(ms / 1000))
}

/** Hono's HTTPException fits: a status, and perhaps a prepared response whose headers are kept. */
interface StatusError extends Error {
  readonly status: number
  readonly res?: { readonly headers: Headers }
}

function isStatusError(error: unknown): error is StatusError {
  if (!(error instanceof Error)) return false
  const { status } = error as { status?: unknown }
  return (
    Number.isInteger(status) &&
    (status as number) >= 400 &&
    (status as number) <= 599 &&
    'getResponse' in error
  )
}

function fromStatusError(
  { status, message, res }: StatusError,
  requestId: string | undefined,
): ErrorResponse {
  const headers = [...(res?.headers ?? [])].filter(([name]) => !/^content-/i.test(name))
  const text =
    status < 500 && message !== '' ? message : status < 500 ? 'The request was refused' : internalMessage
  return { status, headers, body: failure(codeOfStatus(status), text, { requestId }) }
}
