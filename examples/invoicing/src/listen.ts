import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'

export interface Listening {
  /** `http://127.0.0.1:3000` */
  readonly url: string
  /** Stops accepting, lets requests finish for up to five seconds, and resolves when all connections are gone. */
  close(): Promise<void>
}

/** Serves an app over HTTP. @throws Error that says what to do when the address cannot be had */
export async function listen(
  app: { fetch(request: Request): Response | Promise<Response> },
  { host, port }: { readonly host: string; readonly port: number },
): Promise<Listening> {
  const server = serve({ fetch: app.fetch, hostname: host, port }) as Server
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve)
    server.once('error', (error: NodeJS.ErrnoException) => reject(readable(error, host, port)))
  })
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${(server.address() as AddressInfo).port}`,
    close: () => close(server),
  }
}

function readable({ code, message }: NodeJS.ErrnoException, host: string, port: number): Error {
  if (code === 'EADDRINUSE')
    return new Error(`port ${port} of ${host} is in use: stop what uses it, or set PORT`)
  if (code === 'EACCES') return new Error(`port ${port} needs more rights: set PORT to one above 1023`)
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return new Error(`${host} is no address of this machine: set HOST`)
  return new Error(`cannot listen on ${host}:${port}: ${message}`)
}

/** A connection is idle only between requests; one that never sent any, or never reads, is ended after a while. */
function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const idle = setInterval(() => server.closeIdleConnections(), 50)
    const grace = setTimeout(() => server.closeAllConnections(), 5000)
    server.close(() => {
      clearInterval(idle)
      clearTimeout(grace)
      resolve()
    })
    server.closeIdleConnections()
  })
}
