import type { Context } from 'hono'

/** What `@hono/node-server` hands on beside a request, as far as it is used. */
export interface NodeBindings {
  /** Of a `rawBody`, all bodies of the request are read; functions of some clouds have one, too. */
  readonly incoming: { readonly httpVersionMajor?: number; rawBody?: Uint8Array }
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
