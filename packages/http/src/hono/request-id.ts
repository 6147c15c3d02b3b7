import type { Context, MiddlewareHandler } from 'hono'
import { requestId as honoRequestId, type RequestIdVariables } from 'hono/request-id'
import { setEarlyHeader } from './early-header.ts'

export const requestIdHeader = 'X-Request-Id'

export interface RequestIdOptions {
  /**
   * Takes over the id of an inbound `X-Request-Id`. Only behind a proxy that sets it: anyone else could write
   * into your logs. @default false
   */
  readonly trustInbound?: boolean
}

/** Gives each request an id, as `c.var.requestId` and in the `X-Request-Id` header of every answer. */
export function requestId({ trustInbound = false }: RequestIdOptions = {}): MiddlewareHandler<{
  Variables: RequestIdVariables
}> {
  const assign = honoRequestId({ headerName: trustInbound ? requestIdHeader : '' })
  return async function requestId(c, next) {
    return assign(c, async () => {
      setEarlyHeader(c, requestIdHeader, c.var.requestId)
      await next()
    })
  }
}

/** The id of this request, where `requestId()` gave it one. */
export function requestIdOf(c: Context): string | undefined {
  return c.get('requestId')
}
