import { setTimeout } from 'node:timers/promises'
import { createClient } from 'redis'

// Another client, in a process of its own: it asks every millisecond, and tells how long it had to wait at most. One that
// never rests would fight Redis for a core, and measure how the machine shares them.
const client = createClient({ url: process.argv[2] ?? '' })
await client.connect()
const times: number[] = []
let running = true
for (let at = 0; at < 200; at++) await client.ping()
process.once('message', () => {
  running = false
})
process.send?.('ready')
while (running) {
  await setTimeout(1)
  const start = performance.now()
  await client.ping()
  times.push(performance.now() - start)
}
times.sort((a, b) => a - b)
const [late, worst] = [Math.floor(times.length * 0.999), times.length - 1].map((at) => times[at])
process.send?.({ count: times.length, lateMs: late, worstMs: worst }, () => process.exit())
