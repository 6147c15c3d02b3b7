import { connect as connectTcp } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { inPrivateFolder } from './private-folder.ts'
import { startServer } from './server.ts'
import type { Service } from './service.ts'

export const redis: Service = {
  name: 'redis',
  urlVariable: 'FASTKIT_TEST_REDIS_URL',
  howToInstall: 'apt-get install redis-server',
  async start(machine) {
    const program = machine.findProgram('valkey-server') ?? machine.findProgram('redis-server')
    if (program === undefined) return undefined
    return inPrivateFolder(undefined, (folder) =>
      startServer({
        program,
        args: (port) => [
          ...['--port', String(port), '--bind', '127.0.0.1', '--dir', folder.path],
          ...['--save', '', '--appendonly', 'no'],
        ],
        url: (port) => `redis://127.0.0.1:${port}`,
        ping,
        folder,
        account: undefined,
        stopSignal: 'SIGKILL', // nothing to save
        lastSignal: 'SIGKILL',
      }),
    )
  },
  ping,
}

/** Any reply counts, also `-NOAUTH`: something that speaks Redis is there. */
function ping(url: string): Promise<void> {
  const { protocol, hostname, port } = new URL(url)
  const address = { host: hostname, port: Number(port === '' ? 6379 : port) }
  return new Promise((resolve, reject) => {
    const socket =
      protocol === 'rediss:' ? connectTls({ ...address, servername: hostname }) : connectTcp(address)
    socket.setTimeout(3000, () => socket.destroy(new Error('no answer within 3 s')))
    socket.once('error', reject)
    socket.once('close', () => reject(new Error('connection closed')))
    socket.once('data', (reply) => {
      if (/^[+-]/.test(reply.toString())) resolve()
      else reject(new Error('not a Redis reply'))
      socket.destroy()
    })
    socket.write('PING\r\n')
  })
}
