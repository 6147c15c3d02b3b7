import type { Context } from 'hono'
import type { ErrorResponse } from '../error-response.ts'
import { toJson } from '../wire.ts'

/** Sends what `errorResponse` decided. */
export function sendError(c: Context, { status, headers, body }: ErrorResponse): Response {
  const response = c.body(toJson(body), status as 500, { 'content-type': 'application/json' })
  for (const [name, value] of headers) response.headers.append(name, value)
  return response
}
