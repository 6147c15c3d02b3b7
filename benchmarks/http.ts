import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { type Client, get, openClient, post } from './http/load.ts'

// `pnpm bench http.ts '^POST$' 'httpStack$'` for some of it: of the requests, of the apps.
const [only = '', whose = ''] = process.argv.slice(2)
// V8 is still compiling Prisma after thousands of requests, in threads whose time is counted.
const [connections, warmUp, rounds] = [32, 30, 45]

const row = { name: 'Eve', email: 'eve@example.com', tags: ['a', 'b'], address: { city: 'Bonn' } }
const client = { name: 'Eve', city: 'Ulm' }
const page = get('/clients?filter[city]=Bonn&sort=-name&page=2&perPage=20')

await compareApps('GET hello', 'apps', { request: get('/hello'), perConnection: 40 })
await compareApps('GET 50 rows', 'apps', { request: get('/rows'), perConnection: 40 })
await compareApps('POST', 'apps', { request: post('/rows', row), perConnection: 40 })
await compareApps('GET a page and its count', 'database', { request: page, perConnection: 16 })
await compareApps('GET one row', 'database', { request: get('/clients/7'), perConnection: 32 })
await compareApps('POST a row', 'database', { request: post('/clients', client), perConnection: 8 })
const invalid = { request: post('/clients', { ...client, city: 7 }), status: /^422$/, perConnection: 32 }
await compareApps('POST what is not valid', 'database', invalid)

interface Load {
  readonly request: string
  /** What is answered. @default 200 to 209 */
  readonly status?: RegExp
  readonly perConnection: number
}

/** The apps take turns, round by round, so that whatever else the machine does meets each. */
async function compareApps(title: string, table: 'apps' | 'database', load: Load): Promise<void> {
  if (!new RegExp(only).test(title)) return
  const { all, cpu, stop } = await start(table, load)
  const contenders = all.filter(({ name }, at) => at === 0 || new RegExp(whose).test(name))
  for (let round = -warmUp; round < rounds; round++) {
    for (const contender of shuffled(contenders)) {
      const before = await cpu()
      await Promise.all(contender.clients.map((client) => client.run(load.perConnection)))
      const us = ((await cpu()) - before) / (connections * load.perConnection)
      if (round >= 0) contender.times.push(us)
    }
  }
  console.log(`\n${title} (CPU time of the server per request, median of ${rounds} rounds)`)
  for (const contender of contenders) print(contender, contenders[0] ?? contender)
  stop()
}

/** Nobody always comes after the same one, whose garbage is collected meanwhile. */
function shuffled<T>(all: readonly T[]): T[] {
  return all
    .map((one) => ({ one, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ one }) => one)
}

interface Contender {
  readonly name: string
  readonly clients: readonly Client[]
  readonly times: number[]
}

interface Server {
  readonly all: readonly Contender[]
  cpu(): Promise<number>
  stop(): void
}

async function start(table: string, { request, status }: Load): Promise<Server> {
  const child = fork(fileURLToPath(new URL('http/server.ts', import.meta.url)), [table])
  const [ports] = (await once(child, 'message')) as [Record<string, number>]
  const all = await Promise.all(
    Object.entries(ports).map(async ([name, port]) => {
      const open = () => openClient(port, request, status)
      return { name, clients: await Promise.all(Array.from({ length: connections }, open)), times: [] }
    }),
  )
  return {
    all,
    async cpu() {
      child.send('cpu')
      return ((await once(child, 'message')) as [number])[0]
    },
    stop() {
      for (const { clients } of all) for (const client of clients) client.close()
      child.disconnect()
    },
  }
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1] as number
}

/** The median time, and medians over the rounds of what it adds to the first, and of how much capacity that leaves. */
function print({ name, times }: Contender, first: Contender): void {
  const rounds = times.map((us, round) => ({ us, firstUs: first.times[round] ?? us }))
  const time = median(times).toFixed(1)
  const more = median(rounds.map(({ us, firstUs }) => us - firstUs)).toFixed(1)
  const share = median(rounds.map(({ us, firstUs }) => (100 * firstUs) / us)).toFixed(1)
  console.log(
    `  ${name.padEnd(44)} ${time.padStart(7)} µs   + ${more.padStart(5)} µs   ${share.padStart(5)} %`,
  )
}
