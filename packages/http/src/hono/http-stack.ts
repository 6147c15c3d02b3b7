import type { Env, Hono } from 'hono'
import { type BodyGuardOptions, bodyGuard } from './body-guard.ts'
import { setEarlyHeader } from './early-header.ts'
import { type ErrorHandlingOptions, errorAnswers } from './error-answers.ts'
import { answerErrors, answered, requireNoRoutes } from './error-handling.ts'
import { assignIds, type RequestIdOptions } from './request-id.ts'
import { logRequest } from './request-log.ts'

export interface HttpStackOptions extends ErrorHandlingOptions, RequestIdOptions {
  /** Options of `bodyGuard`; `false` for none. @default the guard as it is */
  readonly guard?: BodyGuardOptions | false
  /** Logs a line for each request, as `requestLog` does. @default true */
  readonly log?: boolean
  /** Headers of every answer, `{ 'x-content-type-options': 'nosniff' }`. @default none */
  readonly headers?: Readonly<Record<string, string>>
}

/**
 * Gives an app what `requestId`, `requestLog`, `installErrorHandling` and `bodyGuard` give it, in one middleware where
 * these are four. Everything it sends is set before the handlers run: a header that comes late makes Hono build the
 * whole answer again. Call it before the routes.
 *
 * @throws HttpError `WRONG_SETUP` when the app already has routes
 */
export function httpStack<E extends Env>(app: Hono<E>, options: HttpStackOptions): void {
  const { logger, guard, log = true } = options
  requireNoRoutes(app, 'httpStack')
  const answers = errorAnswers(options)
  const headers = Object.entries(options.headers ?? {})
  const guarded = guard === false ? undefined : bodyGuard(guard)

  app.use(async function httpStack(c, next) {
    const startMs = log ? performance.now() : 0
    assignIds(c, options)
    for (const [name, value] of headers) setEarlyHeader(c, name, value)
    await answered(c, answers, guarded ? () => guarded(c, next) : next)
    if (log) logRequest(logger, c, c.res.status, startMs)
  })
  answerErrors(app, answers)
}
