import type { Context, Env, Hono, MiddlewareHandler } from 'hono'
import { methodNotAllowed } from 'hono/method-not-allowed'
import type { ErrorAnswers } from './error-answers.ts'

/** Makes a 404 a 405 where the path takes other methods; `routeIndex` was that of the middleware that asks. */
export type MethodCheck = (c: Context, routeIndex: number) => Promise<void>

/**
 * Hono's `methodNotAllowed` for a middleware that asks it once there is a 404: as one of the chain it would cost every
 * request a step.
 */
export function methodCheck<E extends Env>(
  app: Hono<E>,
  middleware: MiddlewareHandler,
  { onMethodNotAllowed }: ErrorAnswers,
): MethodCheck {
  const check: MiddlewareHandler = methodNotAllowed({ app: standIn() as Hono, onMethodNotAllowed })
  return async function checkMethod(c, routeIndex) {
    c.req.routeIndex = routeIndex
    await check(c, async () => {})
  }

  /** By the route of its own, Hono's finds out where the app is mounted: it is taken for the one that asks. */
  function standIn(): Pick<Hono, 'routes'> {
    return {
      get routes() {
        return app.routes.map((route) =>
          route.handler === middleware ? { ...route, handler: check } : route,
        )
      },
    }
  }
}
