import type { Context, Env, Hono, Next } from 'hono'
import { HttpError } from '../errors.ts'
import { type ErrorAnswers, type ErrorHandlingOptions, errorAnswers } from './error-answers.ts'
import { setErrorSettings } from './error-settings.ts'
import { methodCheck } from './method-check.ts'
import { answeredStatus } from './request-log.ts'

/**
 * Answers whatever is thrown below, unknown paths and wrong methods in one shape. Call it before the routes: an
 * app's middleware only sees what is registered after it.
 *
 * @throws HttpError `WRONG_SETUP` when the app already has routes
 */
export function installErrorHandling<E extends Env>(app: Hono<E>, options: ErrorHandlingOptions): void {
  requireNoRoutes(app, 'installErrorHandling')
  const answers = errorAnswers(options)
  const checkMethod = methodCheck(app, catchNonErrors, answers)
  app.use(catchNonErrors)
  answerErrors(app, answers)

  async function catchNonErrors(c: Context, next: Next): Promise<void> {
    const { routeIndex } = c.req
    setErrorSettings(c, answers)
    try {
      await next()
      if (answeredStatus(c) === 404) await checkMethod(c, routeIndex)
    } catch (thrown) {
      if (thrown instanceof Error) throw thrown // Hono hands it to `onError`
      // Anything else it would let leave the app as a rejection.
      c.res = answers.answer(c, thrown)
    }
  }
}

/** @throws HttpError `WRONG_SETUP` when the app already has routes, which would not be covered */
export function requireNoRoutes<E extends Env>(app: Hono<E>, name: string): void {
  if (app.routes.some(({ method }) => method !== 'ALL')) {
    throw new HttpError('WRONG_SETUP', `Call ${name} before the first route`)
  }
}

/** Answers what Hono hands out: Errors and unknown paths. */
export function answerErrors<E extends Env>(app: Hono<E>, answers: ErrorAnswers): void {
  app.onError(answers.onError)
  app.notFound(answers.onNotFound)
}
