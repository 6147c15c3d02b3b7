import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'

export interface RefusingServer {
  readonly url: string
  /** How many came since the last call. */
  take(): number
  close(): void
}

/** Hangs up on everybody, and counts them. */
export async function refusingServer(): Promise<RefusingServer> {
  let count = 0
  const server = createServer((socket) => {
    count++
    socket.destroy()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `redis://127.0.0.1:${(server.address() as AddressInfo).port}`,
    take() {
      const taken = count
      count = 0
      return taken
    },
    close: () => void server.close(),
  }
}
