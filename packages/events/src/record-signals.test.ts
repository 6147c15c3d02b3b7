import { expect, test, vi } from 'vitest'
import { createSignal } from './create-signal.ts'
import { recordSignals } from './record-signals.ts'

const eventsOf = () => ({
  paid: createSignal<{ invoiceId: number }>('invoice.paid'),
  closed: createSignal('shop.closed'),
})

test('what is sent is recorded in its order, by signal and altogether, until the recording ends', async () => {
  const events = eventsOf()
  const receiver = vi.fn()
  events.paid.connect(receiver)
  {
    using recorded = recordSignals(events)
    await events.paid.send({ invoiceId: 1 })
    events.closed.sendSync()
    await events.paid.send({ invoiceId: 2 })
    expect(recorded.of(events.paid)).toEqual([{ invoiceId: 1 }, { invoiceId: 2 }])
    expect(recorded.of(events.closed)).toEqual([undefined])
    expect(recorded.sent).toEqual([
      { signal: 'invoice.paid', payload: { invoiceId: 1 } },
      { signal: 'shop.closed', payload: undefined },
      { signal: 'invoice.paid', payload: { invoiceId: 2 } },
    ])
    recorded.clear()
    expect(recorded.sent).toEqual([])
  }
  expect(events.paid.receivers).toEqual([receiver])
  expect(events.closed.receivers).toEqual([])
  expect(receiver).toHaveBeenCalledTimes(2)
})

test('two recordings do not disturb each other, nor signals of one name', async () => {
  const [events, others] = [eventsOf(), eventsOf()]
  const [first, second] = [recordSignals(events), recordSignals(events)]
  await events.paid.send({ invoiceId: 1 })
  first.stop()
  await events.paid.send({ invoiceId: 2 })
  await others.paid.send({ invoiceId: 3 })
  expect(first.of(events.paid)).toHaveLength(1)
  expect(second.of(events.paid)).toHaveLength(2)
  expect(second.of(others.paid)).toEqual([])
})

test('a signal under two names is recorded once', async () => {
  const { paid } = eventsOf()
  using recorded = recordSignals({ paid, again: paid })
  await paid.send({ invoiceId: 1 })
  expect(recorded.of(paid)).toEqual([{ invoiceId: 1 }])
})
