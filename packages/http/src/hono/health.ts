import { Hono } from 'hono'
import { errorResponse } from '../error-response.ts'
import { type HealthCheck, type ReadinessOptions, readiness } from '../health.ts'
import { errorTextOptions } from './error-settings.ts'
import { requestIdOf } from './request-id.ts'
import { ok } from './responses.ts'
import { sendError } from './send-error.ts'

/**
 * The routes `/live` and `/ready`, to be mounted: `app.route('/health', healthRoutes({ database }))`.
 *
 * `/live` answers 200 while the process runs. `/ready` answers 200 when every check passes, else 503 with
 * `NOT_READY` and the names of the checks that failed, and nothing more about them. A result holds for a second.
 */
export function healthRoutes(
  checks: Readonly<Record<string, HealthCheck>>,
  options?: ReadinessOptions,
): Hono {
  const checkReadiness = readiness(checks, options)
  return new Hono()
    .use(async function noStore(c, next) {
      c.header('cache-control', 'no-store')
      await next()
    })
    .get('/live', (c) => ok(c, { status: 'live' }))
    .get('/ready', async (c) => {
      try {
        await checkReadiness()
        return ok(c, { status: 'ready' })
      } catch (error) {
        return sendError(c, errorResponse(error, { requestId: requestIdOf(c), ...errorTextOptions(c) }))
      }
    }) as never
}
