import type { Logger } from '@fastkit/contracts'
import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { describeThrown } from '../describe-thrown.ts'
import { failure } from '../envelope.ts'
import { errorResponse } from '../error-response.ts'
import { HttpError } from '../errors.ts'
import type { ErrorSettings } from './error-settings.ts'
import { requestIdOf } from './request-id.ts'
import { sendError } from './send-error.ts'

export interface ErrorHandlingOptions {
  /** Hears of every answer of 500 and above, and of those below that have a cause. */
  readonly logger: Logger
  /**
   * Turns errors of libraries into an AppError or an HTTPException; what it does not know it hands back. What it
   * throws itself is a 500. `schemaErrors` fits. @default everything is taken as it is
   */
  readonly translate?: (thrown: unknown) => unknown
  /** Whether errors are `application/problem+json` (RFC 9457). @default for clients that ask for it by `Accept` */
  readonly problem?: boolean
}

/** The answers of one app to whatever goes wrong in it. */
export interface ErrorAnswers extends ErrorSettings {
  /** Answers anything that was thrown, and logs it where that is due. */
  answer(c: Context, thrown: unknown): Response
  /** The same, for `app.onError`. */
  onError(error: Error, c: Context): Promise<Response>
  onNotFound(c: Context): Response
  onMethodNotAllowed(c: Context, methods: string[]): Response
}

export function errorAnswers({ logger, translate, problem }: ErrorHandlingOptions): ErrorAnswers {
  return {
    problem,
    report,
    answer,
    onError: async (error, c) => answer(c, (await bodyError(c, error)) ?? error),
    onNotFound(c) {
      const message = 'There is nothing at this address'
      const body = failure('ROUTE_NOT_FOUND', message, { requestId: requestIdOf(c) })
      return sendError(c, { status: 404, headers: [], body })
    },
    onMethodNotAllowed(c, methods) {
      const allow = methods.join(', ')
      const message = `This address takes ${allow}`
      const body = failure('METHOD_NOT_ALLOWED', message, { requestId: requestIdOf(c) })
      return sendError(c, { status: 405, headers: [['allow', allow]], body })
    },
  }

  function answer(c: Context, thrown: unknown): Response {
    const error = translated(thrown)
    if (isRedirect(error)) return error.getResponse()
    const decided = errorResponse(error, { requestId: requestIdOf(c) })
    if (decided.status >= 500 || hasCause(error)) report(c, error, decided.status)
    const response = sendError(c, decided)
    if (c.finalized) dropAnswer(c, response)
    return response
  }

  function translated(thrown: unknown): unknown {
    try {
      return translate ? translate(thrown) : thrown
    } catch (cause) {
      return new AggregateError([cause, thrown], 'An error could not be translated')
    }
  }

  function report(c: Context, thrown: unknown, status: number): void {
    const { method, path } = c.req
    const fields = { err: describeThrown(thrown), requestId: requestIdOf(c), method, path, status }
    try {
      if (status >= 500) logger.error(fields, 'Request failed')
      else logger.info(fields, 'Request refused')
    } catch {
      // A log that does not work must not cost the client its answer, and there is nobody else to tell.
    }
  }
}

/** `c.req.json()` of a body that is no JSON throws what any other broken JSON would: it is told by its words. */
async function bodyError(c: Context, error: Error): Promise<HttpError | undefined> {
  if (!(error instanceof SyntaxError) || c.req.bodyCache.text === undefined) return undefined
  try {
    JSON.parse(await c.req.text())
  } catch (again) {
    if (again instanceof SyntaxError && again.message === error.message)
      return new HttpError('MALFORMED_JSON', 'The body is not readable JSON')
  }
  return undefined
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

/** What describes one body only, and is wrong beside another. Other headers, CORS's for instance, stay. */
const bodyHeaders = [
  'content-length',
  'content-encoding',
  'content-range',
  'content-disposition',
  'content-language',
]
const otherHeaders = [
  'etag',
  'last-modified',
  'cache-control',
  'expires',
  'location',
  'digest',
  'transfer-encoding',
]

/** For errors after a handler has answered: its answer is dropped, whose headers `response` has taken over. */
function dropAnswer(c: Context, response: Response): void {
  for (const name of [...bodyHeaders, ...otherHeaders]) response.headers.delete(name)
  c.res = undefined
}
