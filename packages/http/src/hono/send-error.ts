import type { Context } from 'hono'
import type { ErrorResponse } from '../error-response.ts'
import { toJson } from '../wire.ts'

/** Sends what `errorResponse` decided. */
export function sendError(c: Context, { status, headers, body }: ErrorResponse): Response {
  return c.body(toJson(body), status as 500, { ...headers, 'content-type': 'application/json' })
}
