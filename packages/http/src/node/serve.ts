import { createServer, type Server, type ServerOptions } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Logger } from '@fastkit/contracts'
import { createAdaptorServer } from '@hono/node-server'
import { createLifecycle, type Lifecycle } from '../lifecycle.ts'
import { drainServer, trackTraffic } from './drain-server.ts'
import { listenError } from './listen-error.ts'

export interface ServeOptions {
  /** 0 takes any that is free. */
  readonly port: number
  /** @default '127.0.0.1', this machine only */
  readonly hostname?: string
  /** What is closed after the last answer. @default nothing */
  readonly lifecycle?: Lifecycle
  /** How long the app goes on as before although it is about to stop, so that load balancers notice. @default 0 */
  readonly readinessDelayMs?: number
  /** How long requests may take to finish. @default 10000 */
  readonly drainTimeoutMs?: number
  /** How long everything after that delay may take, after which the process exits with 1. @default 15000 */
  readonly deadlineMs?: number
  /** What stops the app; the second of them stops the process at once. @default ['SIGTERM', 'SIGINT'] */
  readonly signals?: readonly NodeJS.Signals[]
  /** Options of Node's server. @default 10 s for the headers of a request, 30 s for all of it */
  readonly server?: ServerOptions
  /** Hears of requests that did not finish, and of what was open when the deadline passed. @default nobody */
  readonly logger?: Logger
}

export interface Serving {
  /** `http://127.0.0.1:3000` */
  readonly url: string
  /**
   * Ends the app as a signal does, but not the process. A second call waits for the first.
   *
   * @returns whether every request finished and everything could be closed
   */
  stop(): Promise<boolean>
}

/** An app of Hono. */
export interface FetchApp {
  fetch(request: Request, env: object): Response | Promise<Response>
}

/**
 * Serves an app over HTTP until a signal comes. Then: readiness turns false, no connection is accepted any more, every
 * request that has arrived is answered, connections end, what the lifecycle names is closed in reverse order, and the
 * process ends by itself: with 0, or with 1 when a request was cut off, something could not be closed or the deadline
 * passed.
 *
 * @throws HttpError `CANNOT_LISTEN`, with the error of Node as its cause
 */
export async function serve(app: FetchApp, options: ServeOptions): Promise<Serving> {
  const { port, hostname = '127.0.0.1', lifecycle = createLifecycle(), logger } = options
  const { readinessDelayMs = 0, drainTimeoutMs = 10_000, deadlineMs = 15_000 } = options
  const { signals = ['SIGTERM', 'SIGINT'] } = options
  const serverOptions = { headersTimeout: 10_000, requestTimeout: 30_000, ...options.server }
  const server = createAdaptorServer({ fetch: app.fetch, hostname, createServer, serverOptions }) as Server
  const traffic = trackTraffic(server)
  await listen(server, port, hostname)

  let stopping: Promise<boolean> | undefined
  for (const signal of signals) process.on(signal, onSignal)
  return { url: urlOf(server, hostname), stop }

  function stop(): Promise<boolean> {
    stopping ??= stopAll()
    return stopping
  }

  async function stopAll(): Promise<boolean> {
    lifecycle.drain()
    if (readinessDelayMs > 0) await new Promise((resolve) => setTimeout(resolve, readinessDelayMs))
    const cut = await drainServer(server, { ...traffic, timeoutMs: drainTimeoutMs })
    if (cut > 0) logger?.error({ requests: cut }, 'Requests were cut off')
    const failed = await lifecycle.close()
    for (const signal of signals) process.off(signal, onSignal)
    return cut === 0 && failed.length === 0
  }

  async function onSignal(): Promise<void> {
    if (stopping) process.exit(1)
    setTimeout(giveUp, readinessDelayMs + deadlineMs).unref()
    if (!(await stop())) process.exitCode = 1
  }

  function giveUp(): never {
    logger?.error({ requests: traffic.answers.size, open: lifecycle.open }, 'The deadline has passed')
    process.exit(1)
  }
}

function listen(server: Server, port: number, hostname: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException) => reject(listenError(error, hostname, port))
    server.once('error', fail)
    server.listen(port, hostname, () => {
      server.off('error', fail)
      resolve()
    })
  })
}

function urlOf(server: Server, hostname: string): string {
  const { port } = server.address() as AddressInfo
  return `http://${hostname.includes(':') ? `[${hostname}]` : hostname}:${port}`
}
