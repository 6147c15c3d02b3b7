import type { Context } from 'hono'
import { clientIpFinder, type TrustedProxies } from '../client-ip/client-ip.ts'

export interface ClientIpOptions {
  /** Which proxies stand before the app: how many, or their addresses and ranges. @default none */
  readonly trustedProxies?: TrustedProxies
  /** The header they write. Only this one: the other, a client could send along. @default 'x-forwarded-for' */
  readonly header?: 'x-forwarded-for' | 'forwarded'
  /** The address of the connection, `(c) => getConnInfo(c).remote.address`. @default what `@hono/node-server` knows */
  readonly remoteAddress?: (c: Context) => string | undefined
}

/** Makes a function that tells the address of a request's client; `undefined` where there is no connection. */
export function clientIpOf(options: ClientIpOptions = {}): (c: Context) => string | undefined {
  const { trustedProxies, header = 'x-forwarded-for', remoteAddress = nodeAddress } = options
  const find = clientIpFinder(trustedProxies)
  return (c) => find({ remoteAddress: remoteAddress(c), forwarded: c.req.header(header), header })
}

/** The address of a request's client behind trusted proxies. Where it is asked often, `clientIpOf` reads them once. */
export function clientIp(c: Context, options?: ClientIpOptions): string | undefined {
  return clientIpOf(options)(c)
}

function nodeAddress(c: Context): string | undefined {
  const { incoming } = (c.env ?? {}) as { incoming?: { socket?: { remoteAddress?: string } } }
  return incoming?.socket?.remoteAddress
}
