import type { Logger, Translator } from '@fastkit/contracts'
import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { describeThrown } from '../describe-thrown.ts'
import { failure } from '../envelope.ts'
import { errorResponse } from '../error-response.ts'
import { type ErrorText, type ErrorTextOptions, errorText } from '../error-texts.ts'
import { HttpError } from '../errors.ts'
import { type ErrorSettings, errorTextOptions } from './error-settings.ts'
import { requestIdOf, traceIdOf } from './request-id.ts'
import { sendError } from './send-error.ts'
import { brokenBody, unreadableBody } from './unreadable-body.ts'

export interface ErrorHandlingOptions {
  /** Hears of every answer of 500 and above, and of those below that have a cause. */
  readonly logger: Logger
  /**
   * Turns errors of libraries into an AppError or an HTTPException; of what it does not know it makes `undefined`, and
   * that is taken as it is. What it throws itself is a 500. `schemaErrors` fits. @default knows nothing
   */
  readonly mapError?: (thrown: unknown) => Error | undefined
  /** Whether errors are `application/problem+json` (RFC 9457). @default for clients that ask for it by `Accept` */
  readonly problem?: boolean
  /**
   * Has the texts of errors, `errors.<CODE>`, and of issues, `validation.<rule>`; where it has none, the error's own
   * stays. @default all stay
   */
  readonly translator?: Translator
  /** The locale of a request; `undefined` for the one at hand, as the translator knows it. @default c.var.locale */
  readonly locale?: (c: Context) => string | undefined
}

/** The answers of one app to whatever goes wrong in it. */
export interface ErrorAnswers extends ErrorSettings {
  /** The same, for `app.onError`. */
  onError(error: Error, c: Context): Promise<Response>
  onNotFound(c: Context): Response
  onMethodNotAllowed(c: Context, methods: string[]): Response
}

export function errorAnswers(options: ErrorHandlingOptions): ErrorAnswers {
  const { logger, mapError, problem, translator, locale = localeOf } = options
  const settings: ErrorSettings = { problem, translator, locale, report, answer }
  return {
    ...settings,
    onError: async (error, c) => answer(c, (await unreadableBody(c, error)) ?? error),
    onNotFound(c) {
      return refuse(c, 404, 'ROUTE_NOT_FOUND', { otherwise: 'There is nothing at this address' })
    },
    onMethodNotAllowed(c, list) {
      const methods = list.join(', ')
      const otherwise = `This address takes ${methods}`
      const response = refuse(c, 405, 'METHOD_NOT_ALLOWED', { otherwise, params: { methods } })
      response.headers.set('allow', methods)
      return response
    },
  }

  function refuse(c: Context, status: number, code: string, { otherwise, params }: Refusal): Response {
    const key = `errors.${code}`
    const message = errorText({ key, params, otherwise }, errorTextOptions(c, settings))
    return sendError(c, { status, headers: [], body: failure(code, message, { requestId: requestIdOf(c) }) })
  }

  function answer(c: Context, thrown: unknown): Response {
    const error = brokenBody(c, thrown) ?? mapped(thrown)
    try {
      if (isRedirect(error)) return error.getResponse()
      return answerIn(c, error, errorTextOptions(c, settings))
    } catch (cause) {
      // The error holds what cannot be sent, or the locale could not be told.
      return answerIn(c, new AggregateError([cause, thrown], 'An error could not be answered'), {})
    }
  }

  function answerIn(c: Context, error: unknown, texts: ErrorTextOptions): Response {
    const decided = errorResponse(error, { requestId: requestIdOf(c), ...texts })
    const response = sendError(c, decided)
    if (decided.status >= 500 || hasCause(error)) report(c, error, decided.status)
    return response
  }

  function mapped(thrown: unknown): unknown {
    try {
      const error: unknown = mapError?.(thrown)
      if (!(error instanceof Promise)) return error ?? thrown
      error.catch(() => {}) // nobody else waits for it
      return new HttpError('WRONG_SETUP', 'mapError must not be async', { cause: thrown })
    } catch (cause) {
      return new AggregateError([cause, thrown], 'mapError failed')
    }
  }

  function report(c: Context, thrown: unknown, status: number): void {
    const { method, path } = c.req
    const ids = { requestId: requestIdOf(c), traceId: traceIdOf(c) }
    const fields = { err: describeThrown(thrown), ...ids, method, path, status }
    try {
      if (status >= 500) logger.error(fields, 'Request failed')
      else logger.info(fields, 'Request refused')
    } catch {
      // A log that does not work must not cost the client its answer, and there is nobody else to tell.
    }
  }
}

type Refusal = Pick<ErrorText, 'otherwise' | 'params'>

/** What a middleware for locales, of `@fastkit/i18n` or of Hono, has found out; Hono's calls it a language. */
function localeOf(c: Context): string | undefined {
  return c.get('locale') ?? c.get('language')
}

/** What a client is told of a refusal is not why it was refused, where that has a cause. */
function hasCause(error: unknown): boolean {
  try {
    return error instanceof Error && error.cause !== undefined
  } catch {
    return false
  }
}

/** An HTTPException below 400 is an answer that was thrown, not an error. */
function isRedirect(thrown: unknown): thrown is HTTPException {
  try {
    return thrown instanceof HTTPException && thrown.status < 400 && thrown.res !== undefined
  } catch {
    return false
  }
}
