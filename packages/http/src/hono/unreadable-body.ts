import type { Context } from 'hono'
import { HttpError } from '../errors.ts'

/**
 * Tells whether an error is a body's that a handler could not read: `c.req.json()` of what is no JSON throws what any
 * other broken JSON would, `c.req.formData()` a TypeError.
 */
export async function unreadableBody(c: Context, error: Error): Promise<HttpError | undefined> {
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
