import type { Env, Hono } from 'hono'
import { methodNotAllowed } from 'hono/method-not-allowed'
import { HttpError } from '../errors.ts'
import { type ErrorAnswers, type ErrorHandlingOptions, errorAnswers } from './error-answers.ts'
import { setErrorSettings } from './error-settings.ts'

/**
 * Answers whatever is thrown below, unknown paths and wrong methods in one shape. Call it before the routes: an
 * app's middleware only sees what is registered after it.
 *
 * @throws HttpError `WRONG_SETUP` when the app already has routes
 */
export function installErrorHandling<E extends Env>(app: Hono<E>, options: ErrorHandlingOptions): void {
  requireNoRoutes(app, 'installErrorHandling')
  const answers = errorAnswers(options)
  app.use(async function catchNonErrors(c, next) {
    setErrorSettings(c, answers)
    try {
      await next()
    } catch (thrown) {
      // Anything that is no Error, Hono would let leave the app as a rejection.
      c.res = answers.answer(c, thrown)
    }
  })
  answerErrors(app, answers)
}

/** @throws HttpError `WRONG_SETUP` when the app already has routes, which would not be covered */
export function requireNoRoutes<E extends Env>(app: Hono<E>, name: string): void {
  if (app.routes.some(({ method }) => method !== 'ALL')) {
    throw new HttpError('WRONG_SETUP', `Call ${name} before the first route`)
  }
}

/** Answers what Hono hands out: Errors, unknown paths and wrong methods. */
export function answerErrors<E extends Env>(app: Hono<E>, answers: ErrorAnswers): void {
  app.onError(answers.onError)
  app.notFound(answers.onNotFound)
  app.use(methodNotAllowed({ app, onMethodNotAllowed: answers.onMethodNotAllowed }))
}
