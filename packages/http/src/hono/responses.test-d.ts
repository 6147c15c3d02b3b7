import { Hono } from 'hono'
import { hc } from 'hono/client'
import { expectTypeOf } from 'vitest'
import type { Failure } from '../envelope.ts'
import { provide } from './provide.ts'
import { created, cursorPage, fail, ok, page } from './responses.ts'

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

// Without a count there is no total.
const more = new Hono()
  .get('/slice', (c) => page(c, { items: [row], page: 1, perPage: 1, hasNext: false, hasPrev: false }))
  .get('/cursor', (c) => cursorPage(c, { items: [row], perPage: 1, hasNext: false, nextCursor: null }))
  .get('/fail', (c) => (row.id > 1 ? ok(c, row) : fail(c, new Error('no'))))
const others = hc<typeof more>('')
const slice = await (await others.slice.$get()).json()
expectTypeOf(slice.pagination).toEqualTypeOf<{
  page: number
  perPage: number
  hasNext: boolean
  hasPrev: boolean
}>()
const walked = await (await others.cursor.$get()).json()
expectTypeOf(walked.data).toEqualTypeOf<WireRow[]>()
expectTypeOf(walked.pagination.nextCursor).toEqualTypeOf<string | null>()

// Of what JSON has no word for, the type says what arrives.
declare const odd: {
  map: Map<string, number>
  set: ReadonlySet<Date>
  buffer: ArrayBuffer
  late: Promise<Row>
  list: (Date | undefined)[]
  maybe?: Date
}
const oddities = new Hono()
  .get('/odd', (c) => ok(c, odd))
  .get('/nothing', (c) => ok(c, undefined))
  .get('/first', (c) => ok(c, [row].at(0)))
  .get('/unknown', (c) => ok(c, odd as unknown))
const oddClient = hc<typeof oddities>('')
type Nothing = Record<string, never>
expectTypeOf((await (await oddClient.odd.$get()).json()).data).toEqualTypeOf<{
  map: Nothing
  set: Nothing
  buffer: Nothing
  late: Nothing
  list: (string | null)[]
  maybe?: string
}>()
expectTypeOf((await (await oddClient.nothing.$get()).json()).data).toEqualTypeOf<null>()
expectTypeOf((await (await oddClient.first.$get()).json()).data).toEqualTypeOf<WireRow | null>()
expectTypeOf((await (await oddClient.unknown.$get()).json()).data).toEqualTypeOf<unknown>()

// An error that is returned is seen, and told from success by its status.
const failed = await others.fail.$get()
if (failed.status === 404) expectTypeOf(await failed.json()).toEqualTypeOf<Failure>()
if (failed.status === 200) expectTypeOf((await failed.json()).data).toEqualTypeOf<WireRow>()

// What a request has of its own is there behind the middleware, and nowhere else.
new Hono().use(provide({ invoices: () => ({ count: 3 }), user: async () => 'ann' })).get('/', (c) => {
  expectTypeOf(c.var.invoices()).toEqualTypeOf<{ count: number }>()
  expectTypeOf(c.var.user()).toEqualTypeOf<Promise<string>>()
  // @ts-expect-error not provided
  c.var.clients
  return ok(c, null)
})
