import { connect, createServer, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** What happens to replies on their way from the server. Requests are passed on, except by `hang` and `refuse`. */
export type Fault =
  | { readonly kind: 'pass' | 'hang' | 'refuse' }
  | { readonly kind: 'slow'; readonly delayMs: number }
  | { readonly kind: 'slice'; readonly bytes: number }
  | { readonly kind: 'cutAfter'; readonly bytes: number }
  | { readonly kind: 'corrupt'; readonly everyBytes: number }

export interface TcpProxy {
  readonly url: string
  /** Connections accepted so far. */
  accepted(): number
  /** From now on, for connections that there are, too. */
  set(fault: Fault): void
  /** Ends all connections. */
  cut(): void
  close(): Promise<void>
}

/** Listens on a free port and passes everything on to a server, until it is told to do worse. */
export async function tcpProxy(target: URL, random: () => number = Math.random): Promise<TcpProxy> {
  const sockets = new Set<Socket>()
  let fault: Fault = { kind: 'pass' }
  let accepted = 0
  const listener = createServer((client) => {
    accepted++
    if (fault.kind === 'refuse') return client.destroy()
    const server = connect(Number(target.port), target.hostname)
    for (const [socket, other] of [
      [client, server],
      [server, client],
    ] as const) {
      sockets.add(socket)
      socket.setNoDelay(true)
      socket.on('error', () => undefined)
      socket.on('close', () => {
        sockets.delete(socket)
        other.destroy()
      })
    }
    client.on('data', (chunk) => {
      if (fault.kind !== 'hang') server.write(chunk)
    })
    passReplies(server, client)
  })
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
  const address = listener.address()
  const url = new URL(target)
  url.host = `127.0.0.1:${typeof address === 'object' ? address?.port : ''}`

  return {
    url: url.href,
    accepted: () => accepted,
    set(next) {
      fault = next
      if (next.kind === 'refuse') cut()
    },
    cut,
    close() {
      cut()
      return new Promise((resolve) => listener.close(() => resolve()))
    },
  }

  function cut(): void {
    for (const socket of sockets) socket.destroy()
  }

  function passReplies(server: Socket, client: Socket): void {
    let passed = 0
    let turn = Promise.resolve()
    server.on('data', (chunk) => {
      turn = turn.then(() => pass(chunk)).catch(() => undefined)
    })

    async function pass(chunk: Buffer): Promise<void> {
      const before = passed
      passed += chunk.length
      switch (fault.kind) {
        case 'hang':
          return
        case 'slow':
          await sleep(fault.delayMs)
          break
        case 'slice':
          for (let at = 0; at < chunk.length; at += fault.bytes) {
            client.write(chunk.subarray(at, at + fault.bytes))
            await new Promise(setImmediate)
          }
          return
        case 'cutAfter':
          if (passed < fault.bytes) break
          client.end(chunk.subarray(0, Math.max(0, fault.bytes - before)))
          return
        case 'corrupt':
          for (let at = 0; at < chunk.length; at++) {
            if (random() * fault.everyBytes < 1)
              chunk[at] = (chunk[at] as number) ^ (1 << Math.floor(random() * 8))
          }
      }
      client.write(chunk)
    }
  }
}
