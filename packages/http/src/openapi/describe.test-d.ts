import { Hono } from 'hono'
import { hc } from 'hono/client'
import * as v from 'valibot'
import { expectTypeOf } from 'vitest'
import { ok } from '../hono/responses.ts'
import { listQuery } from '../list-query/list-query.ts'
import { describe } from './describe.ts'
import { openapiJson } from './openapi-document.ts'

const Note = v.object({ at: v.date() })

// A description leaves the types of its route as they are.
const app = new Hono().get(
  '/:id',
  describe({ ok: Note, errors: [404], tags: ['a'], summary: 'A note' }),
  (c) => ok(c, { id: c.req.param('id') }),
)
const answer = await hc<typeof app>('')[':id'].$get({ param: { id: '1' } })
expectTypeOf((await answer.json()).data).toEqualTypeOf<{ id: string }>()
expectTypeOf(answer.status).toEqualTypeOf<200>()

describe({ query: listQuery({ sort: ['a'], paging: 'both' }), page: Note, cursorPage: Note })
// @ts-expect-error no such word
describe({ sumary: 'A note' })
// @ts-expect-error a status that is none of a refusal
describe({ errors: [200] })
// @ts-expect-error only a list describes itself
describe({ query: Note })
// @ts-expect-error an API has a name
openapiJson(app, {})
