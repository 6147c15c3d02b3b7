import type { Context, HonoRequest } from 'hono'
import type { Json } from '../body-checks.ts'
import { hasRealRequest, type NodeBindings, nodeBindings } from './node-request.ts'

/**
 * Reads the whole body, and leaves `c.req` and `c.req.raw` as if nobody had: whatever is mounted behind, or is handed
 * the raw request, reads it itself. Later readers may get the same bytes: do not change them.
 */
export function readBody(c: Context): Promise<Uint8Array> {
  const { req } = c
  const incoming = nodeBindings(c)?.incoming
  if (incoming && isBuffer(incoming.rawBody)) return Promise.resolve(incoming.rawBody)
  if (Object.keys(req.bodyCache).length > 0) return readKept(req)
  return incoming && isAllToCome(incoming) && !readsItself(req.raw) ? receive(incoming) : readRaw(req)
}

async function readKept(req: HonoRequest): Promise<Uint8Array> {
  return new Uint8Array(await req.arrayBuffer())
}

async function readRaw(req: HonoRequest): Promise<Uint8Array> {
  const { raw } = req
  const body = await raw.arrayBuffer()
  if (raw.bodyUsed) req.raw = new Request(raw, { body })
  return new Uint8Array(body)
}

/** Keeps a body for `c.req`, unless that has one, so that the raw request stays unread. */
export function keepBody(c: Context, body: ArrayBuffer): void {
  // What is kept there are promises, although its type says otherwise.
  c.req.bodyCache.arrayBuffer ??= Promise.resolve(body) as never
}

/** The same for JSON, as text. The value of a short one is for the first `validated`, which need not parse it again. */
export function keepJson(c: Context, { text, value }: Json, maxDepth: number): void {
  const bodyCache = c.req.bodyCache as KeptBodies
  if (bodyCache.text !== undefined) return
  bodyCache.text = Promise.resolve(text)
  const isKept = maxDepth <= validatedDepth && text.length <= keptLength
  if (isKept) bodyCache[parsedJson] = { text: bodyCache.text, value }
}

/** Levels that `validated` takes: it refuses deeper JSON, and has to see it for that. */
const validatedDepth = 64

/** A value may weigh twenty times its text, and is held as long as the request waits. */
const keptLength = 2 ** 14

/** Where `validated` of @fastkit/validation looks for the value, and the text it is the value of. */
const parsedJson = Symbol.for('fastkit.json')

interface KeptBodies {
  text?: unknown
  [parsedJson]?: { readonly text: unknown; readonly value: unknown }
}

type Incoming = NodeBindings['incoming']

/** As `@hono/node-server` tells whether it reads bodies from there. */
function isBuffer(rawBody: Uint8Array | undefined): rawBody is Buffer {
  return rawBody !== undefined && rawBody instanceof Buffer
}

/** Whether nobody began to read, or set an encoding, and the client did not leave. */
function isAllToCome(incoming: Incoming): boolean {
  const { readableFlowing, readableDidRead, readableEncoding, destroyed } = incoming
  return readableFlowing === null && readableDidRead === false && readableEncoding === null && !destroyed
}

/** The real Request of a TRACE has no body. */
function readsItself(raw: Request): boolean {
  return raw.method !== 'TRACE' && hasRealRequest(raw)
}

/** Leaves the body where `@hono/node-server` reads it again. */
async function receive(incoming: Incoming): Promise<Uint8Array> {
  const chunks = await chunksOf(incoming)
  incoming.rawBody = chunks.length === 1 ? (chunks[0] as Uint8Array) : Buffer.concat(chunks)
  return incoming.rawBody
}

function chunksOf(incoming: Incoming): Promise<Uint8Array[]> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = []
    incoming.on('data', (chunk) => chunks.push(chunk))
    incoming.on('end', () => resolve(chunks))
    incoming.on('error', reject)
    incoming.on('close', () => {
      if (!incoming.readableEnded)
        reject(new Error('The request was destroyed before all of its body was read'))
    })
  })
}
