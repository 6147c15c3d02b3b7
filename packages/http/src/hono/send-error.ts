import type { Context } from 'hono'
import { accepts } from 'hono/accepts'
import type { ErrorResponse } from '../error-response.ts'
import { problem, problemType } from '../problem.ts'
import { toJson } from '../wire.ts'
import { errorSettingsOf } from './error-settings.ts'

/** Sends what `errorResponse` decided: in the envelope, or as RFC 9457 to those who ask for it. */
export function sendError(c: Context, { status, headers, body }: ErrorResponse): Response {
  const asProblem = errorSettingsOf(c)?.problem ?? wantsProblem(c)
  const response = asProblem
    ? c.body(toJson(problem(status, body)), status as 500, { 'content-type': problemType, ...notKept })
    : c.body(toJson(body), status as 500, { 'content-type': 'application/json', ...notKept })
  for (const [name, value] of headers) response.headers.append(name, value)
  varyByAccept(response.headers)
  dropAnswer(c, response)
  return response
}

/** Unless it says so already: the 404 that a 405 takes the place of has. */
function varyByAccept(headers: Headers): void {
  if (!/(^|[,\s])(accept|\*)($|[,\s])/i.test(headers.get('vary') ?? '')) headers.append('vary', 'accept')
}

/**
 * Drops the answer at hand, whose headers `response` has taken over: Hono would write them over those of `response`. It
 * is a handler's, or an empty one that a middleware has set headers at.
 */
function dropAnswer(c: Context, response: Response): void {
  for (const name of c.finalized ? ofOneBody : ofItsBytes) response.headers.delete(name)
  c.res = undefined
  c.finalized = false
}

/** A client could not read another body beside these, which a handler may have set before it threw. */
const ofItsBytes = ['content-length', 'content-encoding', 'content-range', 'transfer-encoding']

/** What describes one body only, and is wrong beside another. Other headers, CORS's for instance, stay. */
const ofOneBody = [
  ...ofItsBytes,
  'content-disposition',
  'content-language',
  'content-location',
  'etag',
  'last-modified',
  'expires',
  'location',
  'digest',
]

/** Caches may keep a 404 or a 410 otherwise, with the request id of another (RFC 9111 §4.2.2). */
const notKept = { 'cache-control': 'no-store' }

function wantsProblem(c: Context): boolean {
  // Asked first, since nearly nobody names it: reading the whole header costs more.
  if (!c.req.header('accept')?.toLowerCase().includes(problemType)) return false
  const supports = ['application/json', problemType]
  return accepts(c, { header: 'Accept', supports, default: 'application/json' }) === problemType
}
