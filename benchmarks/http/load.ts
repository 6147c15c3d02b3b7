import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** One client that keeps its connection: sends the same request again as soon as it has been answered. */
export interface Client {
  /** Sends so many requests, one after the other. @throws Error for an answer of another status */
  run(requests: number): Promise<void>
  close(): void
}

export function get(path: string): string {
  return `GET ${path} HTTP/1.1\r\nHost: h\r\n\r\n`
}

export function post(path: string, data: object): string {
  const body = JSON.stringify(data)
  const length = Buffer.byteLength(body)
  return `POST ${path} HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n${body}`
}

export async function openClient(port: number, request: string, status = /^20\d$/): Promise<Client> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  await once(socket, 'connect')
  return {
    async run(requests) {
      for (let sent = 0; sent < requests; sent++) await answerTo(socket, request, status)
    },
    close: () => socket.destroy(),
  }
}

function answerTo(socket: Socket, request: string, status: RegExp): Promise<void> {
  return new Promise((resolve, reject) => {
    let text = ''
    const onData = (chunk: Buffer) => {
      text += chunk.toString('latin1')
      const headEnd = text.indexOf('\r\n\r\n')
      if (headEnd < 0) return
      const length = Number(/\r\ncontent-length: (\d+)/i.exec(text)?.[1])
      if (text.length < headEnd + 4 + length) return
      socket.off('data', onData).off('close', onClose)
      if (status.test(text.slice(9, 12)))
        resolve() // HTTP/1.1 200
      else reject(new Error(text.slice(0, 500)))
    }
    const onClose = () => reject(new Error('The server closed the connection'))
    socket.on('data', onData)
    socket.once('close', onClose)
    socket.write(request)
  })
}
