import type { Logger } from '@fastkit/contracts'
import type { Context, Env, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { methodNotAllowed } from 'hono/method-not-allowed'
import { failure } from '../envelope.ts'
import { errorResponse } from '../error-response.ts'
import { HttpError } from '../errors.ts'
import { requestIdOf } from './request-id.ts'
import { sendError } from './send-error.ts'

export interface ErrorHandlingOptions {
  /** Hears of every answer of 500 and above, with its cause. */
  readonly logger: Logger
}

/**
 * Answers whatever is thrown below, unknown paths and wrong methods in one shape. Call it before the routes: an
 * app's middleware only sees what is registered after it.
 *
 * @throws HttpError `WRONG_SETUP` when the app already has routes
 */
export function installErrorHandling<E extends Env>(app: Hono<E>, { logger }: ErrorHandlingOptions): void {
  if (app.routes.some(({ method }) => method !== 'ALL')) {
    throw new HttpError('WRONG_SETUP', 'Call installErrorHandling before the first route')
  }

  app.use(methodNotAllowed({ app, onMethodNotAllowed: answerWrongMethod }))
  app.use(async function catchNonErrors(c, next) {
    // Hono hands only Errors to `onError`; a thrown string or object would leave the app as a rejection.
    try {
      await next()
    } catch (thrown) {
      c.res = answer(c, thrown)
    }
  })
  app.onError((error, c) => answer(c, error))
  app.notFound((c) => {
    const body = failure('ROUTE_NOT_FOUND', 'There is nothing at this address', { requestId: requestIdOf(c) })
    return sendError(c, { status: 404, headers: [], body })
  })

  function answer(c: Context, thrown: unknown): Response {
    if (isRedirect(thrown)) return thrown.getResponse()
    const decided = errorResponse(thrown, { requestId: requestIdOf(c) })
    if (decided.status >= 500) {
      const { method, path } = c.req
      logger.error(
        { err: thrown, requestId: requestIdOf(c), method, path, status: decided.status },
        'Request failed',
      )
    }
    const response = sendError(c, decided)
    if (c.finalized) dropAnswer(c, response)
    return response
  }
}

function answerWrongMethod(c: Context, methods: string[]): Response {
  const body = failure('METHOD_NOT_ALLOWED', `This address takes ${methods.join(', ')}`, {
    requestId: requestIdOf(c),
  })
  return sendError(c, { status: 405, headers: [['allow', methods.join(', ')]], body })
}

/** An HTTPException below 400 is an answer that was thrown, not an error. */
function isRedirect(thrown: unknown): thrown is HTTPException {
  return thrown instanceof HTTPException && thrown.status < 400 && thrown.res !== undefined
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
