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
 * Whether a Request is a real one, or the light one of `@hono/node-server` that has made a real one, which then reads:
 * for its stream, or a clone. The light one tells this to who inspects it; its symbols take ten times as long to look at.
 */
export function hasRealRequest(raw: Request): boolean {
  let isReal = true
  const light = raw as { [inspect]?: (depth: number, options: object, inspectParts: Inspect) => unknown }
  light[inspect]?.(0, {}, (parts) => {
    isReal = parts.nativeRequest !== undefined || !('nativeRequest' in parts)
  })
  return isReal
}

const inspect = Symbol.for('nodejs.util.inspect.custom')

type Inspect = (parts: { readonly nativeRequest?: Request }) => void

/** Where the last request had Node's side: the symbol is `@hono/node-server`'s own, and costly to look for each time. */
let incomingKey: symbol | undefined
