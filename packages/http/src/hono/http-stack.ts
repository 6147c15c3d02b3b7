import type { Env, Hono, MiddlewareHandler } from 'hono'
import { type BodyGuardOptions, bodyCheck, mayHaveBody } from './body-guard.ts'
import { completeAnswer, setEarlyHeader, setSharedHeader } from './early-header.ts'
import { type ErrorHandlingOptions, errorAnswers } from './error-answers.ts'
import { answerErrors, requireNoRoutes } from './error-handling.ts'
import { setErrorSettings } from './error-settings.ts'
import { methodCheck } from './method-check.ts'
import { assignIds, type RequestIdOptions } from './request-id.ts'
import { answeredStatus, logRequest } from './request-log.ts'

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
  const checkBody = guard === false ? undefined : bodyCheck(guard)

  const middleware: MiddlewareHandler = async function httpStack(c, next) {
    const { routeIndex } = c.req
    const startMs = log ? performance.now() : 0
    setErrorSettings(c, answers)
    assignIds(c, options)
    for (const [name, value] of headers) {
      if (isShared.test(name)) setSharedHeader(c, name, value)
      else setEarlyHeader(c, name, value)
    }
    try {
      if (checkBody && mayHaveBody(c)) await checkBody(c)
      await next()
      if (answeredStatus(c) === 404) await checkMethod(c, routeIndex)
    } catch (thrown) {
      c.res = thrown instanceof Error ? await answers.onError(thrown, c) : answers.answer(c, thrown)
    }
    completeAnswer(c)
    if (log) logRequest(logger, c, answeredStatus(c), startMs)
  }

  const checkMethod = methodCheck(app, middleware, answers)
  app.use(middleware)
  answerErrors(app, answers)
}

const isShared = /^(vary|link|set-cookie)$/i
