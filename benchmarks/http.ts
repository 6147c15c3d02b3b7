import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { apps } from './http/apps.ts'
import { openClient } from './http/load.ts'

const [connections, perConnection, rounds] = [32, 40, 7]
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

const servers = await Promise.all(Object.keys(apps).map(start))
for (const [title, request] of Object.entries(requests)) {
  const contenders = await Promise.all(
    servers.map(async ({ name, port, cpu }) => {
      const clients = await Promise.all(Array.from({ length: connections }, () => openClient(port, request)))
      return { name, cpu, clients, times: [] as number[] }
    }),
  )
  // In turn, round by round, so that whatever else the machine does meets them all. The first rounds only warm up.
  for (let round = -2; round < rounds; round++) {
    for (const { clients, cpu, times } of contenders) {
      const before = await cpu()
      await Promise.all(clients.map((client) => client.run(perConnection)))
      const perRequest = ((await cpu()) - before) / (connections * perConnection)
      if (round >= 0) times.push(perRequest)
    }
  }
  print(title, contenders)
  for (const { clients } of contenders) for (const client of clients) client.close()
}
for (const { stop } of servers) stop()

async function start(name: string) {
  const child = fork(fileURLToPath(new URL('http/server.ts', import.meta.url)), [name])
  const [port] = (await once(child, 'message')) as [number]
  const cpu = async () => {
    child.send('cpu')
    return ((await once(child, 'message')) as [number])[0]
  }
  return { name, port, cpu, stop: () => child.disconnect() }
}

/** The lowest of all rounds, in which the machine did least besides; and how much of bare Hono's capacity is left. */
function print(title: string, contenders: readonly { name: string; times: readonly number[] }[]): void {
  const best = contenders.map(({ name, times }) => ({ name, us: Math.min(...times) }))
  const floor = best[0]?.us ?? 1
  console.log(`\n${title} (CPU time of the server per request, lowest of ${rounds} rounds)`)
  for (const { name, us } of best) {
    const [time, share] = [us.toFixed(1), ((100 * floor) / us).toFixed(0)]
    console.log(
      `  ${name.padEnd(44)} ${time.padStart(7)} µs   + ${(us - floor).toFixed(1).padStart(5)} µs   ${share.padStart(4)} %`,
    )
  }
}
