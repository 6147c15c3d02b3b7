import type { Context } from 'hono'

/** What `@hono/node-server` hands on beside a request, as far as it is used. */
export interface NodeBindings {
  readonly incoming: {
    readonly httpVersionMajor?: number
    readonly readableFlowing?: boolean | null
    readonly readableEncoding?: string | null
    readonly readableEnded?: boolean
    readonly destroyed?: boolean
    on(event: 'data', listener: (chunk: Uint8Array) => void): unknown
    on(event: 'end' | 'close', listener: () => void): unknown
    on(event: 'error', listener: (error: Error) => void): unknown
    /** What all bodies of the request are read from, where there is one; functions of some clouds have it, too. */
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

/** Where the last request had Node's side: the symbol is `@hono/node-server`'s own, and costly to look for each time. */
let incomingKey: symbol | undefined
