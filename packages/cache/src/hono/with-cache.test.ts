import { Hono } from 'hono'
import { expect, expectTypeOf, test } from 'vitest'
import type { Cache } from '../cache.ts'
import { createCache } from '../create-cache.ts'
import { memoryStore } from '../memory-store.ts'
import { withCache } from './with-cache.ts'

test('routes below have the cache, others have not', async () => {
  const cache = createCache(memoryStore())
  let loads = 0
  const app = new Hono()
    .get('/without', (c) => c.text(String(c.get('cache' as never))))
    .use(withCache(cache))
    .get('/with', async (c) => {
      expectTypeOf(c.var.cache).toEqualTypeOf<Cache>()
      return c.json(await c.var.cache.getOrSet('answer', () => ++loads))
    })
  const get = async (path: string) => (await app.request(path)).text()
  expect([await get('/with'), await get('/with'), await get('/without')]).toEqual(['1', '1', 'undefined'])
  await cache.delete('answer')
  expect(await get('/with')).toBe('2')
})
