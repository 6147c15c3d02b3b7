import type { Context, MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { acceptedType, isJson, parseJson } from '../body-checks.ts'
import { HttpError } from '../errors.ts'
import { type NodeBindings, nodeBindings } from './node-request.ts'
import { keepJson, readBody } from './read-body.ts'

export interface BodyGuardOptions {
  /** Longer bodies are refused. @default 1 MiB */
  readonly maxBytes?: number
  /** How deep JSON may be nested. @default 64 */
  readonly maxDepth?: number
  /** Content types taken; `application/json` stands for `application/…+json` too. @default ['application/json'] */
  readonly types?: readonly string[]
}

/**
 * Refuses bodies that no handler should see: too large (413), of another type or compressed (415), JSON that is broken,
 * nested too deep or not UTF-8 (400). Requests without a body pass.
 *
 * Throws `TOO_LARGE`, `UNSUPPORTED_MEDIA_TYPE`, `MALFORMED_TEXT`, `TOO_DEEP` or `MALFORMED_JSON` for the app's error
 * handling. A body whose length is not announced is read to see how long it is, up to `maxBytes`, but for a TRACE's, which
 * is too large; JSON is read always.
 * Handlers read it again, by way of `c.req` or `c.req.raw`; `validated` takes over what was parsed here.
 */
export function bodyGuard(options?: BodyGuardOptions): MiddlewareHandler {
  const checkBody = bodyCheck(options)
  return async function bodyGuard(c, next) {
    if (mayHaveBody(c)) await checkBody(c)
    await next()
  }
}

/** No Request of these methods has one. */
export function mayHaveBody({ req: { method } }: Context): boolean {
  return method !== 'GET' && method !== 'HEAD'
}

/** What the guard does before the handlers run. */
export function bodyCheck(options: BodyGuardOptions = {}): (c: Context) => Promise<void> {
  const { maxBytes = 2 ** 20, maxDepth = 64, types = ['application/json'] } = options
  const limit = bodyLimit({ maxSize: maxBytes, onError: () => refuseLarge(maxBytes) })
  return async function checkBody(c) {
    const length = announcedLength(c)
    if (length === 0) return
    const json = requireType(c, types)
    // Hono's limit looks at the body itself, for which Node's request has to become a real one: several times the cost.
    // It sees none of a TRACE, which must not have one (RFC 9110 §9.3.8).
    if (length === undefined && c.req.method === 'TRACE') refuseLarge(0)
    if (length === undefined) await limit(c, async () => {})
    else if (!(length <= maxBytes)) refuseLarge(maxBytes)
    if (!json) return
    const bytes = await readBody(c)
    // An announced length may be a lie where no HTTP server stands in between.
    if (bytes.length > maxBytes) refuseLarge(maxBytes)
    keepJson(c, parseJson(bytes, maxDepth), maxDepth)
  }
}

/**
 * How long the body says it is: 0 when there is none, `undefined` when only its end tells.
 *
 * Asks the headers first: a request's `body` is costly to look at, and never `null` for a DELETE on Node.
 */
function announcedLength(c: Context): number | undefined {
  const incoming = nodeBindings(c)?.incoming
  const sent = incoming && sentLength(incoming)
  if (sent !== undefined) return sent
  if (c.req.header('transfer-encoding') !== undefined) return undefined
  const length = c.req.header('content-length')
  if (length !== undefined) return Number(length)
  if (incoming?.httpVersionMajor === 1) return 0 // RFC 9112 §6.3
  return c.req.raw.body === null ? 0 : undefined
}

/** The same where Node knows, in a tenth of the time. */
function sentLength({ headers }: NodeBindings['incoming']): number | undefined {
  const length = headers['content-length']
  return length === undefined || headers['transfer-encoding'] !== undefined ? undefined : Number(length)
}

/** Tells whether the body says it is JSON. @throws HttpError `UNSUPPORTED_MEDIA_TYPE` */
function requireType(c: Context, types: readonly string[]): boolean {
  const encoding = mayBeEncoded(c) ? c.req.header('content-encoding') : undefined
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') {
    throw new HttpError('UNSUPPORTED_MEDIA_TYPE', 'Compressed bodies are not taken', {
      params: { types: types.join(', ') },
    })
  }
  const type = acceptedType(c.req.header('content-type'), types)
  if (type === undefined) {
    throw new HttpError('UNSUPPORTED_MEDIA_TYPE', `The body must be ${types.join(' or ')} in UTF-8`, {
      params: { types: types.join(', ') },
    })
  }
  return isJson(type)
}

/** Most bodies are not, which Node tells at once. */
function mayBeEncoded(c: Context): boolean {
  const incoming = nodeBindings(c)?.incoming
  return incoming === undefined || incoming.headers['content-encoding'] !== undefined
}

function refuseLarge(maxBytes: number): never {
  throw new HttpError('TOO_LARGE', `The body is larger than ${maxBytes} bytes`, { params: { maxBytes } })
}
