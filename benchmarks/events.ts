import { createSignal } from '@fastkit/events'
import { EventEmitter } from 'eventemitter3'
import { compare, compareAsync } from './compare.ts'

interface Paid {
  readonly invoiceId: number
}

const payload: Paid = { invoiceId: 1 }
const sizes = [1, 10, 100]

compare('A send that nobody hears', {
  'eventemitter3 emit': emitterOf([]),
  sendSync: senderOf([]),
})

for (const size of sizes) {
  const receivers = Array.from({ length: size }, () => receiver())
  compare(
    `A send to ${size} sync receivers`,
    {
      'eventemitter3 emit': emitterOf(receivers),
      'sendSync, isolated': senderOf(receivers),
    },
    { calls: 200_000 / size, rounds: 101 },
  )
}

for (const size of sizes) {
  const receivers = Array.from({ length: size }, () => asyncReceiver())
  const signal = createSignal<Paid>('paid')
  for (const each of receivers) signal.connect(each)
  await compareAsync(
    `A send to ${size} async receivers, awaited`,
    {
      'Promise.all over the receivers': () => Promise.all(receivers.map((each) => each(payload))),
      'send, isolated': () => signal.send(payload),
    },
    { calls: 50_000 / size, rounds: 101 },
  )
}

{
  const receivers = Array.from({ length: 10 }, () => receiver())
  const signal = createSignal<Paid>('paid')
  for (const each of receivers) signal.connect(each)
  await compareAsync(
    'A send to 10 sync receivers, awaited',
    {
      'Promise.all over the receivers': () => Promise.all(receivers.map((each) => each(payload))),
      'send, isolated': () => signal.send(payload),
    },
    { calls: 10_000 },
  )
}

{
  const emitter = new EventEmitter()
  const signal = createSignal<Paid>('paid')
  const each = receiver()
  compare('To connect a receiver and end the connection', {
    'eventemitter3 on, off': () => emitter.on('paid', each).off('paid', each),
    'connect, disconnect': () => signal.connect(each).disconnect(),
  })
}

function emitterOf(receivers: readonly ((payload: Paid) => void)[]): () => void {
  const emitter = new EventEmitter()
  for (const each of receivers) emitter.on('paid', each)
  return () => emitter.emit('paid', payload)
}

function senderOf(receivers: readonly ((payload: Paid) => void)[]): () => void {
  const signal = createSignal<Paid>('paid')
  for (const each of receivers) signal.connect(each)
  return () => signal.sendSync(payload)
}

/** Each a function of its own, so that none is inlined. */
function receiver(): (payload: Paid) => void {
  const seen = { total: 0 }
  return ({ invoiceId }) => {
    seen.total += invoiceId
  }
}

function asyncReceiver(): (payload: Paid) => Promise<void> {
  const seen = { total: 0 }
  return async ({ invoiceId }) => {
    seen.total += invoiceId
  }
}
