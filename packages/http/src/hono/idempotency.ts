import type { IdempotencyStore, Logger, StoredResponse } from '@fastkit/contracts'
import type { Context, MiddlewareHandler } from 'hono'
import { matchedRoutes } from 'hono/route'
import { fromBase64, toBase64 } from '../base64.ts'
import { describeThrown } from '../describe-thrown.ts'
import { HttpError } from '../errors.ts'
import { claim, hashRequest, readKey } from '../idempotency/claim.ts'
import { memoryIdempotencyStore } from '../idempotency/memory-store.ts'
import { keepBody, readBody } from './read-body.ts'
import { isStreamed } from './streamed.ts'

export interface IdempotencyOptions {
  /**
   * Who asks: keys of different callers never meet. `undefined` is a stranger, whose keys do not count, since any other
   * stranger could read the answer.
   */
  readonly principal: (c: Context) => string | undefined
  /** @default one in memory */
  readonly store?: IdempotencyStore
  /** How long a twin waits for the first; 0 not at all. @default 10000 */
  readonly waitMs?: number
  /** How long a request may take. After that, or a crash, its key is free again. @default 60000 */
  readonly leaseMs?: number
  /** How long answers are kept. @default 24 hours */
  readonly ttlMs?: number
  /** Longer answers are not kept, and their keys free. @default 1 MiB */
  readonly maxBytes?: number
  /** Refuses requests without a key. @default false */
  readonly required?: boolean
  /** Hears when an answer could not be kept, or was too long. @default nobody */
  readonly logger?: Logger
}

/**
 * Makes a POST, PUT, PATCH or DELETE with an `Idempotency-Key` happen once: who sends it again gets the first answer
 * again, with `Idempotency-Replayed: true`. Only answers below 400 are kept; after any other the key is free.
 *
 * An answer goes out when it is kept. So streams are not: the key is free when one begins, of Server-Sent Events, of
 * `streamed`, and of what else says `Transfer-Encoding: chunked`. Others pass when they are longer than `maxBytes` or
 * not at their end after `leaseMs`, and are not kept either.
 *
 * Goes after authentication and `bodyGuard`. The key holds for its method, route and principal. The same key with
 * another path, query or body is 422 `IDEMPOTENCY_MISMATCH`; one that is under way longer than `waitMs` 409
 * `IDEMPOTENCY_IN_PROGRESS`. When the store fails it is 503 `UNAVAILABLE`, and nothing has happened.
 *
 * @throws HttpError `WRONG_SETUP` for times and sizes that are none
 */
export function idempotency(options: IdempotencyOptions): MiddlewareHandler {
  const { principal, store = memoryIdempotencyStore(), required = false, logger } = options
  const { waitMs = 10_000, leaseMs = 60_000, ttlMs = 86_400_000, maxBytes = 2 ** 20 } = options
  checkNumbers({ waitMs, maxBytes }, 0)
  checkNumbers({ leaseMs, ttlMs }, 1)
  return async function idempotency(c, next) {
    if (/^(GET|HEAD|OPTIONS)$/.test(c.req.method)) return next()
    const header = c.req.header('idempotency-key')
    if (header === undefined && required) {
      throw new HttpError('IDEMPOTENCY_KEY_REQUIRED', 'This request needs an Idempotency-Key')
    }
    const caller = principal(c)
    if (header === undefined || caller === undefined) return next()

    const key = JSON.stringify([c.req.method, routeOf(c), caller, readKey(header)])
    const body = await readBody(c)
    keepBody(c, new Uint8Array(body).buffer) // of its own: Buffers lie in a pool
    const hash = await hashRequest(pathAndQuery(c), body)
    const claimed = await claim({ store, key, hash, leaseMs, waitMs, signal: c.req.raw.signal })
    if ('response' in claimed) return replay(c, claimed.response)

    const endsAtMs = performance.now() + leaseMs
    let kept = false
    try {
      await next()
      if (c.res.status >= 400 || isStream(c)) return
      const bytes = await readAnswer(c.res, maxBytes, endsAtMs - performance.now())
      if (!bytes) {
        logger?.warn({ path: c.req.path, maxBytes }, 'An answer was too long for its Idempotency-Key')
        return
      }
      const response = toStored(c.res, bytes)
      kept = true
      await store.finish(claimed.token, response, ttlMs)
    } catch (error) {
      if (!kept) throw error
      logger?.error({ err: describeThrown(error) }, 'An answer could not be kept for its Idempotency-Key')
    } finally {
      if (!kept) await abandon(claimed.token)
    }
  }

  /** A key that could not be freed is, when its lease ends. */
  async function abandon(token: string): Promise<void> {
    try {
      await store.abandon(token)
    } catch (error) {
      logger?.warn({ err: describeThrown(error) }, 'An Idempotency-Key could not be freed')
    }
  }
}

/** With a lease of 0, or NaN, twins would both happen. */
function checkNumbers(numbers: Readonly<Record<string, number>>, least: number): void {
  for (const [name, value] of Object.entries(numbers)) {
    if (value >= least && value < Number.POSITIVE_INFINITY) continue
    throw new HttpError('WRONG_SETUP', `idempotency: ${name} must be a number from ${least}, not ${value}`)
  }
}

/** The pattern of the handler, `/clients/:id`; this middleware's own may be `*`. */
function routeOf(c: Context): string {
  return matchedRoutes(c).at(-1)?.path ?? c.req.path
}

function pathAndQuery(c: Context): string {
  return c.req.url.slice(new URL(c.req.url).origin.length)
}

/** What belongs to the answer. Others belong to one request: its id, its cookies, its limits. */
const keptHeaders = [
  'content-type',
  'content-language',
  'content-disposition',
  'location',
  'link',
  'etag',
  'last-modified',
]

/** What is meant to arrive piece by piece. */
function isStream(c: Context): boolean {
  const { headers } = c.res
  const isEvents = headers.get('content-type')?.startsWith('text/event-stream')
  return isStreamed(c) || isEvents === true || headers.has('transfer-encoding')
}

/** All of an answer, uncompressed; `undefined` when it is longer or takes longer. It can be sent in any case. */
async function readAnswer(response: Response, maxBytes: number, waitMs: number) {
  const { body } = response.clone()
  const encoding = encodingOf(response)
  const plain = encoding ? body?.pipeThrough(new DecompressionStream(encoding)) : body
  const reader = (plain as ReadableStream<Uint8Array> | null | undefined)?.getReader()
  if (!reader) return new Uint8Array()
  let whole = true
  // Nobody waits for the cancelling, which ends with the other half of the clone.
  const stop = () => {
    whole = false
    reader.cancel().catch(() => {})
  }
  const timer = setTimeout(stop, Math.min(waitMs, 2 ** 31 - 1))
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      chunks.push(next.value)
      size += next.value.length
      if (size > maxBytes) stop()
    }
  } finally {
    clearTimeout(timer)
  }
  return whole ? joined(chunks, size) : undefined
}

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const bytes = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk, at)
    at += chunk.length
  }
  return bytes
}

/** What Hono's `compress` makes. It belongs to one request, since another may not take it. */
function encodingOf(response: Response): 'gzip' | 'deflate' | undefined {
  const encoding = response.headers.get('content-encoding')
  return encoding === 'gzip' || encoding === 'deflate' ? encoding : undefined
}

function toStored(response: Response, bytes: Uint8Array): StoredResponse {
  const names = encodingOf(response) ? keptHeaders : [...keptHeaders, 'content-encoding']
  const headers = [...response.headers].filter(([name]) => names.includes(name))
  return { status: response.status, headers, body: toBase64(bytes) }
}

function replay(c: Context, { status, headers, body }: StoredResponse): Response {
  c.header('idempotency-replayed', 'true')
  for (const [name, value] of headers) c.header(name, value)
  return body === '' ? c.body(null, status as 204) : c.body(fromBase64(body), status as 200)
}
