import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { HttpError } from '../errors.ts'

/**
 * Tells whether an error is a body's that could not be read: `c.req.json()` of what is no JSON throws what any other
 * broken JSON would, `c.req.formData()` a TypeError, and any reader of a body whose client hung up the error of Node's
 * request.
 */
export async function unreadableBody(c: Context, error: Error): Promise<Error | undefined> {
  const { incoming } = (c.env ?? {}) as { incoming?: { errored?: unknown } }
  // nginx's status for it. Nobody is there to read the answer; it is for the line of the request.
  if (incoming?.errored === error) return new HTTPException(499 as 400, { message: 'The client hung up' })
  if (error instanceof SyntaxError && (await throwsAgain(c, error)))
    return new HttpError('MALFORMED_JSON', 'The body is not readable JSON')
  if (error instanceof TypeError && (await isRejected(c.req.bodyCache.formData, error)))
    return new HttpError('MALFORMED_FORM', 'The body is not a readable form')
  return undefined
}

/** It is told by its words: of a body that parses again into the same error. */
async function throwsAgain(c: Context, error: SyntaxError): Promise<boolean> {
  if (c.req.bodyCache.text === undefined) return false
  try {
    JSON.parse(await c.req.text())
  } catch (again) {
    return again instanceof SyntaxError && again.message === error.message
  }
  return false
}

async function isRejected(body: unknown, error: Error): Promise<boolean> {
  try {
    await body
  } catch (reason) {
    return reason === error
  }
  return false
}
