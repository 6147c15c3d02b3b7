import { Hono } from 'hono'
import { hc } from 'hono/client'
import { expectTypeOf } from 'vitest'
import type { Failure } from '../envelope.ts'
import { created, cursorPage, fail, noContent, ok, page } from '../hono/responses.ts'
import { unwrap } from './unwrap.ts'
import type { WithErrors } from './with-errors.ts'

const app = new Hono()
  .get('/one/:id', (c) => ok(c, { id: 1, at: new Date(), big: 1n }))
  .post('/one', (c) => created(c, { id: 1 }))
  .delete('/one', (c) => noContent(c))
  .get('/all', (c) => page(c, { items: [{ at: new Date() }], page: 1, perPage: 1, total: 1 }))
  .get('/walk', (c) => cursorPage(c, { items: [1], perPage: 1, hasNext: false, nextCursor: null }))
  .get('/fail', (c) => (c.req.path === '' ? fail(c, null) : ok(c, 'text')))
  .get('/plain', (c) => c.json({ plain: true }))

const client = hc<WithErrors<typeof app>>('')

// What is thrown has a type, told by the status.
const one = await client.one[':id'].$get({ param: { id: '1' } })
expectTypeOf(one.status).toEqualTypeOf<200 | 404 | 409 | 422 | 429 | 500>()
if (one.status === 404) expectTypeOf(await one.json()).toEqualTypeOf<Failure>()
if (one.status === 409) expectTypeOf((await one.json()).code).toEqualTypeOf<string>()
if (one.status === 422)
  expectTypeOf((await one.json()).errors).toEqualTypeOf<Record<string, string[]> | undefined>()
if (one.status === 429) expectTypeOf((await one.json()).success).toEqualTypeOf<false>()
if (one.status === 500) expectTypeOf((await one.json()).requestId).toEqualTypeOf<string | undefined>()
if (one.status === 200) expectTypeOf((await one.json()).data.at).toEqualTypeOf<string>()
if (one.ok) expectTypeOf((await one.json()).success).toEqualTypeOf<true>()

// Other statuses can be named.
const named = hc<WithErrors<typeof app, 401>>('')
expectTypeOf((await named.one.$post()).status).toEqualTypeOf<201 | 401>()

// Unwrapped, only what worked is left.
expectTypeOf(await unwrap(one)).toEqualTypeOf<{ id: number; at: string; big: string }>()
expectTypeOf(await unwrap(client.one.$post())).toEqualTypeOf<{ id: number }>()
expectTypeOf(await unwrap(client.one.$delete())).toEqualTypeOf<undefined>()
expectTypeOf((await unwrap(client.all.$get())).items).toEqualTypeOf<{ at: string }[]>()
expectTypeOf((await unwrap(client.all.$get())).total).toEqualTypeOf<number>()
expectTypeOf((await unwrap(client.walk.$get())).nextCursor).toEqualTypeOf<string | null>()
expectTypeOf(await unwrap(client.fail.$get())).toEqualTypeOf<string>()
// What is no envelope cannot be unwrapped.
expectTypeOf(await unwrap(client.plain.$get())).toEqualTypeOf<never>()
