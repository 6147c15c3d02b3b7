import type { Logger } from '@fastkit/contracts'
import type { Context, MiddlewareHandler } from 'hono'
import { requestIdOf, traceIdOf } from './request-id.ts'

/**
 * Logs a line for each request, when its answer begins: method, path, status, duration in milliseconds, and the ids
 * that `requestId()` gave it. Queries, headers and bodies are not in it.
 */
export function requestLog(logger: Logger): MiddlewareHandler {
  return async function requestLog(c, next) {
    const startMs = performance.now()
    let status = 500
    try {
      await next()
      status = answeredStatus(c)
    } finally {
      logRequest(logger, c, status, startMs)
    }
  }
}

/** A handler that returned nothing has not answered; Hono fails then, once its middleware has run. */
export function answeredStatus(c: Context): number {
  return c.finalized ? c.res.status : 500
}

export function logRequest(logger: Logger, c: Context, status: number, startMs: number): void {
  const { method, path } = c.req
  const durationMs = Math.round((performance.now() - startMs) * 10) / 10
  try {
    const [requestId, traceId] = [requestIdOf(c), traceIdOf(c)]
    logger.info({ requestId, traceId, method, path, status, durationMs }, 'Request')
  } catch {
    // A log that does not work must not cost the client its answer, and there is nobody else to tell.
  }
}
