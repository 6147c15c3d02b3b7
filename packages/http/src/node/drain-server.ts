import type { Server, ServerResponse } from 'node:http'
import { Server as NetServer, type Socket } from 'node:net'

/** What is under way. */
export interface Traffic {
  readonly answers: ReadonlySet<ServerResponse>
  readonly connections: ReadonlySet<Socket>
}

export function trackTraffic(server: Server): Traffic {
  const answers = new Set<ServerResponse>()
  const connections = new Set<Socket>()
  server.on('connection', (connection: Socket) => {
    connections.add(connection)
    connection.once('close', () => connections.delete(connection))
  })
  server.prependListener('request', (_, answer) => {
    answers.add(answer)
    answer.once('close', () => answers.delete(answer))
  })
  return { answers, connections }
}

export interface DrainOptions extends Traffic {
  readonly timeoutMs: number
}

/**
 * Stops accepting connections, lets every request that has arrived finish, and resolves when all connections are gone.
 *
 * Answers say `Connection: close` from now on, so a client that keeps its connection learns of it from an answer and
 * not from a reset in the middle of its next request. Connections that stay idle, have never said anything or fall
 * silent in the headers of a request are closed after a while.
 *
 * @returns how many requests were cut off, after `timeoutMs`
 */
export async function drainServer(
  server: Server,
  { answers, connections, timeoutMs }: DrainOptions,
): Promise<number> {
  for (const answer of answers) askToClose(answer)
  server.prependListener('request', (_, answer) => askToClose(answer))

  let cut = 0
  const closeIdle = () => {
    server.closeIdleConnections() // which leaves those alone that have never had a request
    for (const connection of connections) if (connection.bytesRead === 0) connection.destroy()
  }
  const read = new Map<Socket, number>()
  const closeStalled = () => {
    const busy = new Set([...answers].map(({ req }) => req.socket))
    for (const connection of connections) {
      const { bytesRead } = connection
      if (!busy.has(connection) && read.get(connection) === bytesRead) connection.destroy()
      read.set(connection, bytesRead)
    }
  }
  const timers: NodeJS.Timeout[] = [
    setTimeout(() => timers.push(setInterval(closeIdle, idleCheckMs)), Math.min(idleGraceMs, timeoutMs)),
    setInterval(closeStalled, idleGraceMs),
    setTimeout(() => {
      cut = answers.size
      server.closeAllConnections()
    }, timeoutMs),
  ]
  // The close() of HTTP resets idle connections at once, also when a request is on its way over one of them.
  await new Promise<void>((resolve) => NetServer.prototype.close.call(server, () => resolve()))
  for (const timer of timers) clearTimeout(timer)
  return cut
}

/** Clients that are busy come back sooner than this, and are told by the answer. */
const idleGraceMs = 1000
const idleCheckMs = 50

function askToClose(answer: ServerResponse): void {
  if (!answer.headersSent) answer.setHeader('Connection', 'close')
}
