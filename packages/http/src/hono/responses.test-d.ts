import { Hono } from 'hono'
import { hc } from 'hono/client'
import { expectTypeOf } from 'vitest'
import { created, ok, page } from './responses.ts'

interface Row {
  id: number
  big: bigint
  at: Date
  deletedAt: Date | null
  bytes: Uint8Array
  run(): void
}
declare const row: Row

const app = new Hono()
  .get('/one', (c) => ok(c, row))
  .post('/one', (c) => created(c, row))
  .get('/all', (c) => page(c, { items: [row], page: 1, perPage: 1, total: 1 }))

interface WireRow {
  id: number
  big: string
  at: string
  deletedAt: string | null
  bytes: string
}

// What arrives in the browser is what is really sent.
const client = hc<typeof app>('')
const one = await (await client.one.$get()).json()
expectTypeOf(one.data).toEqualTypeOf<WireRow>()
expectTypeOf(one.success).toEqualTypeOf<true>()
const all = await (await client.all.$get()).json()
expectTypeOf(all.data).toEqualTypeOf<WireRow[]>()
expectTypeOf(all.pagination.total).toEqualTypeOf<number>()
expectTypeOf((await client.one.$post()).status).toEqualTypeOf<201>()
