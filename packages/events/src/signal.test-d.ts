import type { UnitOfWork } from '@fastkit/contracts'
import * as v from 'valibot'
import { expectTypeOf } from 'vitest'
import { createSignal, recordSignals, type SendResult, type Signal, transactional } from './index.ts'

declare const unitOfWork: UnitOfWork
const paid = createSignal<{ invoiceId: number }>('invoice.paid')

paid.connect((payload) => expectTypeOf(payload).toEqualTypeOf<{ invoiceId: number }>())
expectTypeOf(paid.send({ invoiceId: 1 })).toEqualTypeOf<Promise<SendResult>>()

// @ts-expect-error a payload of another type
void paid.send({ invoiceId: '1' })
// @ts-expect-error no payload
paid.sendSync()
// @ts-expect-error a receiver of something else
paid.connect((payload: string) => payload)

// A signal without a payload.
const closed = createSignal('shop.closed')
expectTypeOf(closed).toEqualTypeOf<Signal<void>>()
void closed.send()

// With a schema, senders give what it takes, and receivers get what it makes.
const checked = createSignal('note', {
  schema: v.object({ text: v.optional(v.string(), ''), at: v.pipe(v.string(), v.transform(Number)) }),
})
void checked.send({ at: '1' })
checked.connect((payload) => expectTypeOf(payload).toEqualTypeOf<{ text: string; at: number }>())
// @ts-expect-error what it makes is not what it takes
void checked.send({ at: 1 })

// What work returns is what connectedTo resolves with.
expectTypeOf(
  paid.connectedTo(
    () => {},
    () => 5,
  ),
).toEqualTypeOf<Promise<number>>()
expectTypeOf(
  paid.connectedTo(
    () => {},
    async () => 5,
  ),
).toEqualTypeOf<Promise<number>>()

// A transactional signal takes the same, and hands out no result.
const later = transactional(paid, unitOfWork)
expectTypeOf(later.send({ invoiceId: 1 })).toEqualTypeOf<Promise<void>>()
// @ts-expect-error a payload of another type
void later.send({})
void transactional(checked, unitOfWork).send({ at: '1' })

// A record knows the payloads of its signals, whatever they are.
const recorded = recordSignals({ paid, closed, checked })
expectTypeOf(recorded.of(paid)).toEqualTypeOf<{ invoiceId: number }[]>()
expectTypeOf(recorded.of(checked)).toEqualTypeOf<{ text: string; at: number }[]>()
