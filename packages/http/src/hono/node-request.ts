import type { Context } from 'hono'

/** What `@hono/node-server` hands on beside a request, as far as it is used. */
export interface NodeBindings {
  readonly incoming: {
    readonly httpVersionMajor?: number
    readonly headers: Readonly<Record<string, string | undefined>>
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

/**
 * Whether the light Request of `@hono/node-server` has made a real one, which then reads: for its stream, or a clone. Only
 * what it tells `util.inspect` says so, which is undocumented; looking through its symbols takes ten times as long.
 */
export function hasRealRequest(raw: Request): boolean {
  let hasReal = true // where it does not tell: reading by way of it is slow, and always right
  const light = raw as { [customInspect]?: (depth: number, options: object, inspect: Inspect) => unknown }
  light[customInspect]?.(0, {}, (parts) => {
    if ('nativeRequest' in parts) hasReal = parts.nativeRequest !== undefined
  })
  return hasReal
}

const customInspect = Symbol.for('nodejs.util.inspect.custom')

type Inspect = (parts: { readonly nativeRequest?: Request }) => void

/** Where the last request had Node's side: the symbol is `@hono/node-server`'s own, and costly to look for each time. */
let incomingKey: symbol | undefined
