import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { created, noContent, ok, page } from './responses.ts'

const rows = {
  items: [{ id: 1n }],
  page: 1,
  perPage: 20,
  total: 1,
  totalPages: 1,
  hasNext: false,
  hasPrev: false,
}

test.each([
  [
    (app: Hono) => app.get('/', (c) => ok(c, { at: new Date(0) })),
    200,
    { success: true, data: { at: '1970-01-01T00:00:00.000Z' } },
  ],
  [
    (app: Hono) => app.get('/', (c) => ok(c, null, { message: 'done' })),
    200,
    { success: true, data: null, message: 'done' },
  ],
  [(app: Hono) => app.get('/', (c) => created(c, { id: 1 })), 201, { success: true, data: { id: 1 } }],
  [
    (app: Hono) => app.get('/', (c) => page(c, rows, { message: 'here' })),
    200,
    {
      success: true,
      data: [{ id: '1' }],
      pagination: { page: 1, perPage: 20, total: 1, totalPages: 1, hasNext: false, hasPrev: false },
      message: 'here',
    },
  ],
])('answers are in the envelope (%#)', async (add, status, body) => {
  const app = new Hono()
  add(app)
  const response = await app.request('/')
  expect(response.status).toBe(status)
  expect(response.headers.get('content-type')).toBe('application/json')
  expect(await response.json()).toEqual(body)
})

test('no content is no content', async () => {
  const response = await new Hono().get('/', (c) => noContent(c)).request('/')
  expect([response.status, await response.text()]).toEqual([204, ''])
})
