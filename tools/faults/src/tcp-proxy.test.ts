import { connect, createServer, type Socket } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { type Fault, tcpProxy } from './tcp-proxy.ts'

/** What arrives when a server that echoes is sent a text by way of the proxy. */
async function echo(fault: Fault, text: string) {
  const server = createServer((socket) => socket.pipe(socket)).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as { port: number }
  const proxy = await tcpProxy(new URL(`tcp://127.0.0.1:${port}`), () => 0)
  onTestFinished(async () => {
    await proxy.close()
    server.close()
  })
  proxy.set(fault)
  const socket: Socket = connect(Number(new URL(proxy.url).port), '127.0.0.1')
  const chunks: string[] = []
  const ended = new Promise<boolean>((resolve) => {
    socket.on('error', () => undefined).on('close', () => resolve(true))
    setTimeout(resolve, 200, false)
  })
  socket.on('data', (chunk) => chunks.push(chunk.toString('latin1')))
  socket.write(text)
  const closed = await ended
  socket.destroy()
  return { text: chunks.join(''), chunks: chunks.length, closed }
}

test.each([
  [{ kind: 'pass' }, { text: 'abc', closed: false }],
  [{ kind: 'hang' }, { text: '', closed: false }],
  [{ kind: 'refuse' }, { text: '', closed: true }],
  [
    { kind: 'slow', delayMs: 20 },
    { text: 'abc', closed: false },
  ],
  [
    { kind: 'slice', bytes: 1 },
    { text: 'abc', closed: false },
  ],
  [
    { kind: 'cutAfter', bytes: 2 },
    { text: 'ab', closed: true },
  ],
  [
    { kind: 'corrupt', everyBytes: 1 },
    { text: '`cb', closed: false },
  ],
] as const)('%o', async (fault, expected) => {
  expect(await echo(fault, 'abc')).toMatchObject(expected)
})
