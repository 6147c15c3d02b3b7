import type { Context } from 'hono'
import { isAppError } from '../error-response.ts'
import { HttpError } from '../errors.ts'
import { parseIfMatch, versionIn, versionTag } from '../etag.ts'

export interface SetETagOptions {
  /** Tells apart the forms the same version is sent in: its language, its format. @default none */
  readonly variant?: string
}

/**
 * Sends the version of a row as the `ETag` of the answer, `"3"`. With Hono's `etag()` around it, a GET with that tag in
 * `If-None-Match` is 304.
 *
 * @throws HttpError `WRONG_SETUP` for a version that is no whole number from 0
 */
export function setETag(c: Context, version: number, { variant }: SetETagOptions = {}): void {
  c.header('etag', versionTag(version, variant))
}

export interface IfMatchOptions {
  /** Refuses requests without `If-Match`. @default false, and they change whichever version there is */
  readonly required?: boolean
  /** Takes weak tags, too: what compresses answers, Hono's `compress` for one, makes weak tags of ours. @default false */
  readonly weak?: boolean
}

/**
 * Changes something only if it is still in the version that the client has seen, of which `If-Match` has the tag:
 * `ifMatch(c, (version) => invoices.update(id, data, { version }))`.
 *
 * `change` gets the version, or `undefined` for any: without `If-Match`, and with `*`. For a list it is called once for
 * each version, until one is no `VERSION_CONFLICT`, so it must do nothing before it fails.
 *
 * @throws HttpError `PRECONDITION_FAILED` (412), `PRECONDITION_REQUIRED` (428), `IF_MATCH_INVALID` (400), and what
 * `change` throws
 * @see RFC 9110 §13.1.1, RFC 6585 §3
 */
export async function ifMatch<T>(
  c: Context,
  change: (version: number | undefined) => Promise<T>,
  { required = false, weak = false }: IfMatchOptions = {},
): Promise<T> {
  const header = c.req.header('if-match')
  if (header === undefined && required) {
    throw new HttpError('PRECONDITION_REQUIRED', 'Send If-Match with the ETag of what you have seen')
  }
  const tags = header === undefined ? '*' : parseIfMatch(header)
  if (tags === '*') return change(undefined)
  const versions = tags.filter((tag) => weak || !tag.weak).map(versionIn)
  let cause: unknown
  for (const version of new Set(versions)) {
    if (version === undefined) continue
    try {
      return await change(version)
    } catch (error) {
      if (!isAppError(error) || error.code !== 'VERSION_CONFLICT') throw error
      cause = error
    }
  }
  throw new HttpError('PRECONDITION_FAILED', 'It is no longer what you have seen', { cause })
}
