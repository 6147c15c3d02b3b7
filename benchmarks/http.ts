import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { apps } from './http/apps.ts'
import { databaseApps } from './http/database-apps.ts'
import { type Client, get, openClient, post } from './http/load.ts'

// `pnpm bench http.ts POST 'bare|httpStack$'` for some of it: of the requests, of the apps.
const [only = '', whose = ''] = process.argv.slice(2)
const [connections, warmUp, rounds] = [32, 12, 45]

const row = { name: 'Eve', email: 'eve@example.com', tags: ['a', 'b'], address: { city: 'Bonn' } }
const names = Object.keys(apps)
await compareApps('GET hello', names, { request: get('/hello'), perConnection: 8 })
await compareApps('GET 50 rows', names, { request: get('/rows'), perConnection: 8 })
await compareApps('POST', names, { request: post('/rows', row), perConnection: 8 })

const overDatabase = Object.keys(databaseApps)
const list = get('/clients?filter[city]=Bonn&sort=-name&page=2&perPage=20')
await compareApps('GET a page and its count', overDatabase, { request: list, perConnection: 8 })
await compareApps('GET one row', overDatabase, { request: get('/clients/7'), perConnection: 16 })
const client = { name: 'Eve', city: 'Ulm' }
await compareApps('POST a row', overDatabase, { request: post('/clients', client), perConnection: 4 })

interface Load {
  readonly request: string
  readonly perConnection: number
}

/** All of them run side by side and take turns, round by round, so that whatever else the machine does meets each. */
async function compareApps(title: string, all: readonly string[], load: Load): Promise<void> {
  if (!title.includes(only)) return
  const contenders = all.filter((name, at) => at === 0 || new RegExp(whose).test(name))
  const servers = await Promise.all(contenders.map((name) => start(name, load.request)))
  for (let round = -warmUp; round < rounds; round++) {
    for (const server of servers) {
      const us = await cpuPerRequest(server, load.perConnection)
      if (round >= 0) server.lowest = Math.min(server.lowest, us)
    }
  }
  console.log(`\n${title} (CPU time of the server per request, lowest of ${rounds} rounds)`)
  const floor = servers[0]?.lowest ?? 1
  for (const { name, lowest, stop } of servers) {
    print(name, floor, lowest)
    stop()
  }
}

interface Server {
  readonly name: string
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
    name,
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

async function cpuPerRequest({ clients, cpu }: Server, perConnection: number): Promise<number> {
  const before = await cpu()
  await Promise.all(clients.map((client) => client.run(perConnection)))
  return ((await cpu()) - before) / (connections * perConnection)
}

/** What a contender costs, what it adds to the first, and how much of the first's capacity is left. */
function print(name: string, floor: number, us: number): void {
  const [time, more, share] = [us.toFixed(1), (us - floor).toFixed(1), ((100 * floor) / us).toFixed(0)]
  console.log(
    `  ${name.padEnd(44)} ${time.padStart(7)} µs   + ${more.padStart(5)} µs   ${share.padStart(4)} %`,
  )
}
