import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { HttpError } from '../errors.ts'

/**
 * Tells whether an error is a body's that a handler could not read: `c.req.json()` of what is no JSON throws what any
 * other broken JSON would, `c.req.formData()` a TypeError.
 */
export async function unreadableBody(c: Context, error: Error): Promise<HttpError | undefined> {
  if (error instanceof SyntaxError && (await throwsAgain(c, error)))
    return new HttpError('MALFORMED_JSON', 'The body is not readable JSON')
  if (error instanceof TypeError && (await isNoForm(c, error)))
    return new HttpError('MALFORMED_FORM', 'The body is not a readable form')
  return undefined
}

/**
 * Tells whether something was thrown because the client hung up while its body was read: it is the error of Node's
 * request. Nobody reads the answer; its status, nginx's for this, is for the line of the request.
 */
export function brokenBody(c: Context, thrown: unknown): HTTPException | undefined {
  const { incoming } = (c.env ?? {}) as { incoming?: { errored?: unknown } }
  if (!incoming?.errored || incoming.errored !== thrown) return undefined
  return new HTTPException(499 as 400, { message: 'The client hung up' })
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

/** Of a body that something else has read before, Hono keeps no form: it is told by its words, too. */
async function isNoForm(c: Context, error: TypeError): Promise<boolean> {
  if (Object.keys(c.req.bodyCache).length === 0) return false
  try {
    await c.req.formData()
  } catch (again) {
    return again === error || (again instanceof TypeError && again.message === error.message)
  }
  return false
}
