import { Hono } from 'hono'
import { hc } from 'hono/client'
import * as v from 'valibot'
import { expectTypeOf } from 'vitest'
import { validated } from './validated.ts'

const Note = v.object({
  text: v.string(),
  at: v.pipe(
    v.string(),
    v.transform((text) => new Date(text)),
  ),
})

const app = new Hono<{ Variables: { user: string } }>().post('/notes', validated('json', Note), (c) => {
  const note = c.req.valid('json')
  expectTypeOf(note).toEqualTypeOf<{ text: string; at: Date }>()
  return c.json({ ok: true as const }, 200)
})

const client = hc<typeof app>('')
// The client sends the schema's input.
const response = await client.notes.$post({ json: { text: 'a', at: '2026-01-01' } })
// @ts-expect-error at is missing
void client.notes.$post({ json: { text: 'a' } })

// And knows both answers by status.
if (response.status === 422)
  expectTypeOf((await response.json()).errors).toEqualTypeOf<{ [x: string]: string[] }>()
if (response.status === 200) expectTypeOf((await response.json()).ok).toEqualTypeOf<true>()
