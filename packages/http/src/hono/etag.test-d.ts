import type { Repository } from '@fastkit/contracts'
import { Hono } from 'hono'
import { hc } from 'hono/client'
import { expectTypeOf } from 'vitest'
import { ifMatch, setETag } from './etag.ts'
import { created, ok } from './responses.ts'

interface Invoice {
  readonly id: number
  readonly note: string
  readonly version: number
}
declare const invoices: Repository<Invoice, { note: string }, { note?: string }, object, number>

// A repository's options take the version as it comes, and what the change returns comes back.
const app = new Hono().patch('/:id', async (c) => {
  const invoice = await ifMatch(c, async (version) => {
    expectTypeOf(version).toEqualTypeOf<number | undefined>()
    return invoices.update(7, { note: 'x' }, { version })
  })
  expectTypeOf(invoice).toEqualTypeOf<Invoice>()
  setETag(c, invoice.version, { variant: 'de' })
  return ok(c, invoice)
})

// The types of the answer still reach a client.
const response = await hc<typeof app>('')[':id'].$patch({ param: { id: '7' } })
const body = await response.json()
expectTypeOf(body.data.version).toEqualTypeOf<number>()

declare const c: Parameters<typeof setETag>[0]
// @ts-expect-error versions are numbers
setETag(c, '3')
// @ts-expect-error a change is awaited
void ifMatch(c, (version) => version)
// @ts-expect-error options have names
void ifMatch(c, async () => created(c, 1), true)
