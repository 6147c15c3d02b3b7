import type { Context } from 'hono'
import { type NodeBindings, nodeBindings } from './node-request.ts'

/**
 * Reads the whole body, and leaves `c.req` and `c.req.raw` as if nobody had: whatever is mounted behind, or is handed
 * the raw request, reads it itself.
 */
export async function readBody(c: Context): Promise<Uint8Array> {
  const { raw, bodyCache } = c.req
  const incoming = nodeBindings(c)?.incoming
  if (incoming?.rawBody instanceof Uint8Array) return incoming.rawBody
  if (Object.keys(bodyCache).length > 0) return new Uint8Array(await c.req.arrayBuffer())
  if (incoming && isUntouched(incoming) && !isReal(raw)) {
    incoming.rawBody = await receive(incoming)
    return incoming.rawBody
  }
  const body = await raw.arrayBuffer()
  if (raw.bodyUsed) c.req.raw = new Request(raw, { body })
  return new Uint8Array(body)
}

/** Keeps a body for `c.req`, which then leaves the raw request to whoever reads that. */
export function keepBody(c: Context, how: 'text' | 'arrayBuffer', body: string | ArrayBufferLike): void {
  // What is kept there are promises, although its type says otherwise.
  c.req.bodyCache[how] ??= Promise.resolve(body) as never
}

type Incoming = NodeBindings['incoming']

/** Whether nobody has begun to read it, or wants it as text, and its client is still there. */
function isUntouched({ readableFlowing, readableEncoding, destroyed }: Incoming): boolean {
  return readableFlowing === null && readableEncoding === null && !destroyed
}

/** On Node a Request is light, until somebody asks for its stream or a clone: then it has a real one, which reads. */
function isReal(raw: Request): boolean {
  const own = raw as unknown as Readonly<Record<symbol, Partial<Request> | undefined>>
  for (const key of Object.getOwnPropertySymbols(own)) if (own[key]?.bodyUsed !== undefined) return true
  return false
}

function receive(incoming: Incoming): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = []
    incoming.on('data', (chunk) => chunks.push(chunk))
    incoming.on('end', () => resolve(chunks.length === 1 ? (chunks[0] as Uint8Array) : Buffer.concat(chunks)))
    incoming.on('error', reject)
    incoming.on('close', () => {
      if (!incoming.readableEnded) reject(new Error('The client hung up'))
    })
  })
}
