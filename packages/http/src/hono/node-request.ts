import type { Context } from 'hono'

/** What `@hono/node-server` hands on beside a request, as far as it is used. */
export interface NodeBindings {
  readonly incoming: {
    readonly httpVersionMajor?: number
    readonly readableFlowing?: boolean | null
    readonly readableDidRead?: boolean
    readonly readableEncoding?: string | null
    readonly readableEnded?: boolean
    readonly destroyed?: boolean
    on(event: 'data', listener: (chunk: Uint8Array) => void): unknown
    on(event: 'end' | 'close', listener: () => void): unknown
    on(event: 'error', listener: (error: Error) => void): unknown
    /** Where there is one, `@hono/node-server` reads bodies from it, not the stream. Some clouds set it, and `readBody`. */
    rawBody?: Uint8Array
  }
  readonly outgoing: {
    readonly headersSent: boolean
    getHeader(name: string): unknown
    setHeader(name: string, value: string): unknown
    removeHeader(name: string): void
  }
}

/**
 * Node's side of this request. `undefined` elsewhere, and for a request that is made inside another and has its `env`,
 * by `app.mount` or `app.request(path, init, c.env)`: what is written there is the other's.
 */
export function nodeBindings(c: Context): NodeBindings | undefined {
  const env = c.env as NodeBindings | undefined
  if (!env?.incoming || !env.outgoing) return undefined
  const raw = c.req.raw as unknown as Record<symbol, unknown>
  if (incomingKey === undefined || raw[incomingKey] !== env.incoming) {
    const found = Object.getOwnPropertySymbols(raw).find((key) => raw[key] === env.incoming)
    if (found === undefined) return undefined
    incomingKey = found
  }
  return env
}

/** Whether the light Request of `@hono/node-server` has made a real one, which then reads: for its stream, or a clone. */
export function hasRealRequest(raw: Request): boolean {
  const own = raw as unknown as Readonly<Record<symbol, Partial<Request> | undefined>>
  for (const key of Object.getOwnPropertySymbols(own)) if (own[key]?.bodyUsed !== undefined) return true
  return false
}

/** Where the last request had Node's side: the symbol is `@hono/node-server`'s own, and costly to look for each time. */
let incomingKey: symbol | undefined
