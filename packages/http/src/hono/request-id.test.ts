import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { type RequestIdOptions, requestId } from './request-id.ts'

const request = async (options?: RequestIdOptions, inbound = 'from-outside') => {
  const app = new Hono().use(requestId(options)).get('/', (c) => c.text(c.var.requestId))
  const response = await app.request('/', { headers: { 'x-request-id': inbound } })
  const id = await response.text()
  expect(response.headers.get('x-request-id')).toBe(id)
  return id
}

test('every request gets an id of its own', async () => {
  const ids = await Promise.all([request(), request()])
  expect(ids[0]).toMatch(/^[0-9a-f-]{36}$/)
  expect(ids[0]).not.toBe(ids[1])
})

test('an inbound id is ignored, unless it is trusted', async () => {
  expect(await request()).not.toBe('from-outside')
  expect(await request({ trustInbound: true })).toBe('from-outside')
})

test('even a trusted id is no place for a line break or a novel', async () => {
  expect(await request({ trustInbound: true }, 'a b')).toMatch(/^[0-9a-f-]{36}$/)
  expect(await request({ trustInbound: true }, 'x'.repeat(256))).toMatch(/^[0-9a-f-]{36}$/)
})
