import type { Context, MiddlewareHandler } from 'hono'
import type { RequestIdVariables } from 'hono/request-id'
import { traceIdIn } from '../trace-id.ts'
import { completeAnswer, setEarlyHeader } from './early-header.ts'
import type { NodeBindings } from './node-request.ts'

export interface RequestIdOptions {
  /**
   * Takes over the ids of an inbound `X-Request-Id` and `traceparent`. Only behind a proxy that sets them: anyone else
   * could write into your logs. @default false
   */
  readonly trustInbound?: boolean
}

/** What a route finds in `c.var`. */
export interface RequestIdVars extends RequestIdVariables {
  /** Of the trace this request belongs to (W3C Trace Context), where it was told and is trusted. */
  traceId?: string
}

/**
 * Gives each request an id, as `c.var.requestId` and in the `X-Request-Id` header of every answer. One that Hono's
 * `requestId` has given already stays; with `@hono/node-server`, a request made inside another with its `env`, as by
 * `app.mount`, has the id of that.
 */
export function requestId(options: RequestIdOptions = {}): MiddlewareHandler<{ Variables: RequestIdVars }> {
  return async function requestId(c, next) {
    assignIds(c, options)
    await next()
    completeAnswer(c)
  }
}

export function assignIds(c: Context, { trustInbound = false }: RequestIdOptions): void {
  const id =
    c.get('requestId') ?? outerId(c) ?? (trustInbound ? inboundId(c) : undefined) ?? crypto.randomUUID()
  c.set('requestId', id)
  setEarlyHeader(c, 'X-Request-Id', id)
  const traceId = trustInbound ? traceIdIn(c.req.header('traceparent')) : undefined
  if (traceId !== undefined) c.set('traceId', traceId)
}

/** Of the request that this one is made inside of, which over `@hono/node-server` shares its answer. */
function outerId(c: Context): string | undefined {
  const { outgoing } = (c.env ?? {}) as Partial<NodeBindings>
  const id = outgoing?.getHeader('X-Request-Id')
  return typeof id === 'string' ? id : undefined
}

/** The same characters that Hono takes. */
function inboundId(c: Context): string | undefined {
  const id = c.req.header('x-request-id')
  return id !== undefined && /^[\w=-]{1,128}$/.test(id) ? id : undefined
}

/** The id of this request, where `requestId()` gave it one. */
export function requestIdOf(c: Context): string | undefined {
  return c.get('requestId')
}

export function traceIdOf(c: Context): string | undefined {
  return c.get('traceId')
}
