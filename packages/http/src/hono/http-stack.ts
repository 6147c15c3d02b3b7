import type { Context, Env, Hono, MiddlewareHandler } from 'hono'
import { methodNotAllowed } from 'hono/method-not-allowed'
import { requestId as honoRequestId, type RequestIdVariables } from 'hono/request-id'
import { type BodyGuardOptions, bodyGuard } from './body-guard.ts'
import { setEarlyHeader } from './early-header.ts'
import { type ErrorHandlingOptions, errorAnswers } from './error-answers.ts'
import { requireNoRoutes } from './error-handling.ts'
import { setErrorSettings } from './error-settings.ts'
import { type RequestIdOptions, requestIdHeader } from './request-id.ts'

export interface HttpStackOptions<E extends Env> extends ErrorHandlingOptions, RequestIdOptions {
  /** The app the stack goes into, before its first route. */
  readonly app: Hono<E>
  /** Options of `bodyGuard`; `false` for none. @default the guard as it is */
  readonly guard?: BodyGuardOptions | false
  /** Logs a line for every request. @default true */
  readonly log?: boolean
  /** Headers of every answer, `{ 'x-content-type-options': 'nosniff' }`. @default none */
  readonly headers?: Readonly<Record<string, string>>
}

/**
 * Does in one middleware what `requestId`, `installErrorHandling` and `bodyGuard` do, and logs requests. Everything it
 * sets is set before the handlers run: a header that comes late makes Hono build the whole answer again.
 *
 * @throws HttpError `WRONG_SETUP` when the app already has routes
 */
export function httpStack<E extends Env>(
  options: HttpStackOptions<E>,
): MiddlewareHandler<{ Variables: RequestIdVariables }> {
  const { app, logger, guard, log = true, trustInbound = false } = options
  requireNoRoutes(app, 'httpStack')
  const answers = errorAnswers(options)
  const headers = Object.entries(options.headers ?? {})
  const assignId = honoRequestId({ headerName: trustInbound ? requestIdHeader : '' })
  const guarded: Step = guard === false ? (_, next) => next() : bodyGuard(guard)
  const wrongMethod = methodNotAllowed({
    app,
    onMethodNotAllowed: answers.onMethodNotAllowed,
  }) as MiddlewareHandler
  app.onError(answers.onError)
  app.notFound(answers.onNotFound)

  return async function httpStack(c, next) {
    const startMs = log ? performance.now() : 0
    await assignId(c, nothing)
    setEarlyHeader(c, requestIdHeader, c.var.requestId)
    for (const [name, value] of headers) setEarlyHeader(c, name, value)
    setErrorSettings(c, answers)
    try {
      await guarded(c, next)
    } catch (thrown) {
      c.res = answers.answer(c, thrown)
    }
    if (c.res.status === 404) await wrongMethod(c, nothing)
    if (log) logRequest(c, startMs)
  }

  function logRequest(c: Context, startMs: number): void {
    const { method, path } = c.req
    const durationMs = Math.round((performance.now() - startMs) * 10) / 10
    const requestId = c.get('requestId')
    logger.info({ requestId, method, path, status: c.res.status, durationMs }, 'Request')
  }
}

type Step = (c: Context, next: () => Promise<void>) => Promise<unknown>

async function nothing(): Promise<void> {}
