import { createClient } from 'redis'

// Another client, in a process of its own: it asks all the time, and tells how long it had to wait at most.
const client = createClient({ url: process.argv[2] ?? '' })
await client.connect()
let [count, worstMs, running] = [0, 0, true]
for (let at = 0; at < 200; at++) await client.ping()
process.once('message', () => {
  running = false
})
process.send?.('ready')
while (running) {
  const start = performance.now()
  await client.ping()
  worstMs = Math.max(worstMs, performance.now() - start)
  count++
}
process.send?.({ count, worstMs }, () => process.exit())
