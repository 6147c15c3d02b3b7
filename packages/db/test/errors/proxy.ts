import { once } from 'node:events'
import { type AddressInfo, createServer, connect as dial, type Socket } from 'node:net'

/** Stands between a client and its database server, and fails as networks do. */
export interface FaultyProxy {
  /** The server's address, through the proxy. */
  readonly url: string
  /** From now on nothing gets through, and nobody is told: what a lost route or a frozen server looks like. */
  hang(): void
  /** Ends the hanging. With `onlyNew`, connections from before stay lost. */
  resume(options?: { readonly onlyNew?: boolean }): void
  /** Lets `text` reach the server once, then cuts the connection instead of passing on the answer. */
  cutAfter(text: string): void
  close(): Promise<void>
}

export async function startProxy(serverUrl: string): Promise<FaultyProxy> {
  const target = new URL(serverUrl)
  const lines = new Set<Line>()
  let hanging = false
  let fatalText: string | undefined
  const server = createServer((client) => {
    const line: Line = {
      client,
      upstream: dial(Number(target.port), target.hostname),
      hung: hanging,
      doomed: false,
    }
    lines.add(line)
    forward(line, 'client', 'upstream')
    forward(line, 'upstream', 'client')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = new URL(serverUrl)
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`

  return {
    url: url.href,
    hang() {
      hanging = true
      for (const line of lines) line.hung = true
    },
    resume({ onlyNew = false } = {}) {
      hanging = false
      if (!onlyNew) for (const line of lines) line.hung = false
    },
    cutAfter(text) {
      fatalText = text
    },
    async close() {
      server.close()
      for (const { client, upstream } of lines) {
        client.destroy()
        upstream.destroy()
      }
      await once(server, 'close')
    },
  }

  function forward(line: Line, from: 'client' | 'upstream', to: 'client' | 'upstream'): void {
    line[from].on('error', () => {})
    line[from].on('close', () => {
      if (!line.hung) line[to].destroy()
    })
    line[from].on('data', (chunk) => {
      if (line.hung) return
      if (line.doomed && from === 'upstream') return void line.client.destroy()
      if (from === 'client' && fatalText !== undefined && chunk.includes(fatalText)) {
        fatalText = undefined
        line.doomed = true
      }
      line[to].write(chunk)
    })
  }
}

interface Line {
  readonly client: Socket
  readonly upstream: Socket
  hung: boolean
  doomed: boolean
}
