/** A million receivers come and go, a million sends pass, and the heap is as large as before. */
import { expect, test } from 'vitest'
import { heap, mib } from '../test/heap.ts'
import { createSignal } from './create-signal.ts'

/** Runs a cycle a million times after ten thousand that warm up, and returns by how much the heap has grown. */
async function growth(cycle: (at: number) => unknown): Promise<number> {
  for (let at = 0; at < 10_000; at++) await cycle(at)
  const before = await heap()
  for (let at = 0; at < 1_000_000; at++) await cycle(at)
  return ((await heap()) - before) / mib
}

test('the heap stays flat', async () => {
  const signal = createSignal<number>('x')
  const { signal: abort } = new AbortController()
  const kept = () => {}
  signal.connect(kept)
  const grown = {
    'connect and dispose': await growth(() => {
      using _ = signal.connect(() => {})
    }),
    'connect with an AbortSignal and disconnect': await growth(() =>
      signal.connect(() => {}, { abort }).disconnect(),
    ),
    'connect once more what is connected': await growth(() => signal.connect(kept, { abort }).disconnect()),
    'once, and a send': await growth((at) => {
      signal.connect(async () => {}, { once: true, timeoutMs: 1000, maxInFlight: 5 })
      return signal.send(at)
    }),
    connectedTo: await growth((at) =>
      signal.connectedTo(
        () => {},
        () => signal.send(at),
      ),
    ),
  }
  for (const [cycle, size] of Object.entries(grown))
    process.stdout.write(`${cycle}: ${size.toFixed(2)} MiB\n`)
  for (const size of Object.values(grown)) expect(size).toBeLessThan(1)
})

test('a flood of a million sends that nobody awaits is refused beyond maxInFlight, and drained', async () => {
  const signal = createSignal<number>('x')
  let done = 0
  let open = () => {}
  const gate = new Promise<void>((resolve) => {
    open = resolve
  })
  signal.connect(
    async () => {
      await gate
      done++
    },
    { maxInFlight: 1000 },
  )
  const before = await heap()
  let refused = 0
  for (let at = 0; at < 1_000_000; at++) refused += signal.sendSync(at).errors.length
  const grown = ((await heap()) - before) / mib
  process.stdout.write(`a thousand at work: ${grown.toFixed(2)} MiB\n`)
  open()
  expect(await signal.drain()).toEqual([])
  expect([done, refused]).toEqual([1000, 999_000])
  expect(grown).toBeLessThan(4)
})
