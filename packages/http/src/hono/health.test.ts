import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { healthRoutes } from './health.ts'

test('live is live whatever the checks say', async () => {
  const app = new Hono().route('/health', healthRoutes({ database: () => Promise.reject(new Error('down')) }))
  const response = await app.request('/health/live')
  expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-store'])
  expect(await response.json()).toEqual({ success: true, data: { status: 'live' } })
})

test('ready answers 200 or 503, and tells no more than which check failed', async () => {
  let up = true
  const database = () => {
    if (!up) throw new Error('postgres://user:hunter2@db')
  }
  const app = new Hono().route('/health', healthRoutes({ database }, { cacheMs: 0 }))
  expect(await (await app.request('/health/ready')).json()).toEqual({
    success: true,
    data: { status: 'ready' },
  })
  up = false
  const response = await app.request('/health/ready')
  expect([response.status, response.headers.get('cache-control')]).toEqual([503, 'no-store'])
  expect(await response.json()).toEqual({
    success: false,
    code: 'NOT_READY',
    message: 'Not ready to serve',
    errors: { database: ['Is not available'] },
    issues: [{ path: ['database'], code: 'DOWN', message: 'Is not available' }],
  })
})
