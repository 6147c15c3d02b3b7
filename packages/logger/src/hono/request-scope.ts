import type { Context, MiddlewareHandler } from 'hono'
import type { ScopedLogger, ScopeFields } from '../create-logger.ts'
import { traceIdOf } from './trace-id.ts'

export interface RequestScopeOptions {
  /** Further fields for every line of the request; asked for on each line. @default none */
  readonly fields?: (c: Context) => Readonly<Record<string, unknown>>
}

/**
 * Gives every line of a request its `requestId` and `locale`, as far as other middleware set them, before or after
 * this one, and the `traceId` of an inbound `traceparent`. Hands the logger on as `c.var.logger`.
 */
export function requestScope(
  logger: ScopedLogger,
  { fields }: RequestScopeOptions = {},
): MiddlewareHandler<{ Variables: { logger: ScopedLogger } }> {
  return async function requestScope(c, next) {
    const traceId = traceIdOf(c.req.header('traceparent'))
    const ofRequest: ScopeFields = () => ({
      requestId: c.get('requestId' as never),
      locale: c.get('locale' as never),
      traceId,
      ...(fields && fieldsOrError(() => fields(c))),
    })
    c.set('logger', logger)
    await logger.scope(ofRequest, next)
  }
}

/** A field that cannot be had must not take the id of the request with it. */
function fieldsOrError(read: () => Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  try {
    return read()
  } catch (error) {
    return { scopeError: error instanceof Error ? error.message : 'unknown' }
  }
}
