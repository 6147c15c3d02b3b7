import type { Context } from 'hono'
import { nodeBindings } from './node-request.ts'

/**
 * Reads the whole body, and leaves `c.req` and `c.req.raw` as if nobody had: whatever is mounted behind, or is handed
 * the raw request, reads it itself.
 */
export async function readBody(c: Context): Promise<ArrayBuffer> {
  const { raw, bodyCache } = c.req
  if (Object.keys(bodyCache).length > 0) return c.req.arrayBuffer()
  const node = nodeBindings(c)
  // On Node a twin is read, and what it read handed to the other: to make a real Request costs many times as much.
  const body = await (node ? (Object.create(raw) as Request) : raw).arrayBuffer()
  if (raw.bodyUsed) c.req.raw = new Request(raw, { body })
  else if (node) node.incoming.rawBody = Buffer.from(body)
  // What is kept there are promises, although its type says otherwise.
  bodyCache.arrayBuffer = Promise.resolve(body) as never
  return body
}
