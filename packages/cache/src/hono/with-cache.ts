import type { MiddlewareHandler } from 'hono'
import type { Cache } from '../cache.ts'

/** Hands the cache you built to the routes below, as `c.var.cache`. */
export function withCache(cache: Cache): MiddlewareHandler<{ Variables: { cache: Cache } }> {
  return async function withCache(c, next) {
    c.set('cache', cache)
    await next()
  }
}
