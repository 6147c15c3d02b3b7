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
    const reached = c.req.routeIndex
    c.req.routeIndex = routeIndex // which it reads before it calls next
    await check(c, async () => {
      c.req.routeIndex = reached
    })
  }

  /** Hono's looks for itself among the routes of the app, to learn where that is mounted: `middleware` stands there. */
  function standIn(): Pick<Hono, 'routes'> {
    let routes: Hono['routes'] | undefined
    return {
      get routes() {
        routes ??= app.routes.map((route) =>
          route.handler === middleware ? { ...route, handler: check } : route,
        )
        return routes
      },
    }
  }
}
