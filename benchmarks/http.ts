import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { apps } from './http/apps.ts'
import { type Client, openClient } from './http/load.ts'

const [connections, perConnection, rounds] = [32, 50, 11]
const body = JSON.stringify({
  name: 'Eve',
  email: 'eve@example.com',
  tags: ['a', 'b'],
  address: { city: 'Bonn' },
})
const requests = {
  'GET hello': 'GET /hello HTTP/1.1\r\nHost: h\r\n\r\n',
  'GET 50 rows': 'GET /rows HTTP/1.1\r\nHost: h\r\n\r\n',
  POST: `POST /rows HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
}

const [floorName = '', ...names] = Object.keys(apps)
for (const [title, request] of Object.entries(requests)) {
  console.log(`\n${title} (CPU time of the server per request, lowest of ${rounds} rounds)`)
  for (const name of names) {
    // Each beside the floor, round by round, so that whatever else the machine does meets both.
    const [floor, contender] = [await start(floorName, request), await start(name, request)]
    for (let round = -3; round < rounds; round++) {
      for (const server of [floor, contender]) {
        const us = await cpuPerRequest(server)
        if (round >= 0) server.lowest = Math.min(server.lowest, us)
      }
    }
    print(name, floor.lowest, contender.lowest)
    floor.stop()
    contender.stop()
  }
}

interface Server {
  readonly clients: readonly Client[]
  lowest: number
  cpu(): Promise<number>
  stop(): void
}

async function start(name: string, request: string): Promise<Server> {
  const child = fork(fileURLToPath(new URL('http/server.ts', import.meta.url)), [name])
  const [port] = (await once(child, 'message')) as [number]
  const clients = await Promise.all(Array.from({ length: connections }, () => openClient(port, request)))
  return {
    clients,
    lowest: Infinity,
    async cpu() {
      child.send('cpu')
      return ((await once(child, 'message')) as [number])[0]
    },
    stop() {
      for (const client of clients) client.close()
      child.disconnect()
    },
  }
}

async function cpuPerRequest({ clients, cpu }: Server): Promise<number> {
  const before = await cpu()
  await Promise.all(clients.map((client) => client.run(perConnection)))
  return ((await cpu()) - before) / (connections * perConnection)
}

/** What a contender costs, what it adds to bare Hono, and how much of bare Hono's capacity is left. */
function print(name: string, floor: number, us: number): void {
  const [time, more, share] = [us.toFixed(1), (us - floor).toFixed(1), ((100 * floor) / us).toFixed(0)]
  console.log(
    `  ${name.padEnd(44)} ${time.padStart(7)} µs   + ${more.padStart(5)} µs   ${share.padStart(4)} %`,
  )
}
