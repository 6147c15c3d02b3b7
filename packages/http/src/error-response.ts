import type { AppError } from '@fastkit/contracts'
import { type Failure, failure } from './envelope.ts'
import { type ErrorTextOptions, errorText, translatedIssue } from './error-texts.ts'
import { codeOfStatus, statusOf } from './status.ts'

/** An answer, before any framework has seen it. */
export interface ErrorResponse {
  readonly status: number
  /** In order; a name may come twice, as `set-cookie` does. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: Failure
}

export interface ErrorResponseOptions extends ErrorTextOptions {
  /** Repeated in the body, so that a report names it. @default none */
  readonly requestId?: string | undefined
}

/**
 * Turns anything that was thrown into the answer for the client. Never throws itself.
 *
 * An AppError says what it is. An error that knows a status, as Hono's HTTPException does, keeps it. Everything else,
 * non-Errors and hostile objects included, is a plain 500 that tells nothing.
 */
export function errorResponse(error: unknown, options: ErrorResponseOptions = {}): ErrorResponse {
  try {
    if (isAppError(error)) return fromAppError(error, options)
    if (isStatusError(error)) return fromStatusError(error, options)
  } catch {
    // A getter of the error's own threw: it is treated like any other unknown.
  }
  return { status: 500, headers: [], body: internal(options) }
}

export function isAppError(error: unknown): error is AppError {
  return error instanceof Error && (error as { [brand]?: unknown })[brand] === 1
}

const brand = Symbol.for('fastkit.error')

function internal(options: ErrorResponseOptions): Failure {
  const message = errorText({ key: 'errors.INTERNAL', otherwise: refusals.server }, options)
  return failure('INTERNAL', message, options)
}

function fromAppError(error: AppError, options: ErrorResponseOptions): ErrorResponse {
  const { code, kind, messageKey: key = `errors.${code}`, params, retryAfterMs, challenge } = error
  const status = Object.hasOwn(statusOf, kind) ? statusOf[kind] : 500
  const headers: [string, string][] = []
  if (Number.isFinite(retryAfterMs)) headers.push(['retry-after', String(secondsOf(retryAfterMs as number))])
  if (challenge !== undefined) headers.push(['www-authenticate', challenge])
  if (status === 500) return { status, headers, body: internal(options) }
  const issues = error.issues?.map((issue) => translatedIssue(issue, options))
  const text = errorText({ key, params, otherwise: error.message }, options)
  return { status, headers, body: failure(code, text, { issues, requestId: options.requestId }) }
}

/** Rounded up: a client that came back early would only be sent away again. */
function secondsOf(ms: number): number {
  return Math.max(0, Math.ceil(ms / 1000))
}

/** Hono's HTTPException fits: a status, and perhaps a prepared response, some of whose headers are kept. */
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

function fromStatusError(error: StatusError, options: ErrorResponseOptions): ErrorResponse {
  const { status, message, res } = error
  const headers = [...(res?.headers ?? [])].filter(([name]) => keptHeaders.includes(name))
  const code = codeOfStatus(status)
  if (code === 'INTERNAL') return { status, headers, body: internal(options) }
  const text = status < 500 && message !== '' ? message : textOfStatus(status, options)
  return { status, headers, body: failure(code, text, { requestId: options.requestId }) }
}

/**
 * What shipped catalogues say of a status alone is under `errors.HTTP_<status>`: under its code, `errors.FORBIDDEN`, it
 * would take the place of the words an app throws with that code.
 */
function textOfStatus(status: number, options: ErrorResponseOptions): string {
  const refused = refusals[status < 500 ? 'client' : 'server']
  const otherwise = errorText({ key: `errors.HTTP_${status}`, otherwise: refused }, options)
  return errorText({ key: `errors.${codeOfStatus(status)}`, otherwise }, options)
}

/**
 * What says how to go on after a refusal. The response may be another server's, whose other headers would be taken for
 * ours: how long to keep it, its request id, what describes its body or its connection.
 */
const keptHeaders = ['www-authenticate', 'proxy-authenticate', 'retry-after', 'allow', 'link', 'set-cookie']

const refusals = { client: 'The request was refused', server: 'Something went wrong on our side' }
