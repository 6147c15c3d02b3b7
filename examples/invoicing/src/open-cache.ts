import { type Cache, createCache, memoryStore, tiered } from '@fastkit/cache'
import type { Secret } from '@fastkit/config'
import type { Logger, UnitOfWork } from '@fastkit/contracts'
import type { Lifecycle } from '@fastkit/http'

export interface OpenCacheOptions {
  readonly unitOfWork: UnitOfWork
  readonly logger: Logger
  readonly lifecycle: Lifecycle
}

/** The cache of this process; with Redis, of all that use it. It works on without Redis, also if that never was there. */
export async function openCache(
  redisUrl: Secret<string> | undefined,
  { unitOfWork, logger, lifecycle }: OpenCacheOptions,
): Promise<Cache> {
  const memory = memoryStore()
  const store = redisUrl === undefined ? memory : tiered(memory, await redis(redisUrl, logger, lifecycle))
  const cache = createCache(store, { unitOfWork, logger })
  lifecycle.onClose('cache', () => cache.close())
  return cache
}

// Loaded on demand: without Redis its code is not read.
async function redis(url: Secret<string>, logger: Logger, lifecycle: Lifecycle) {
  const [{ guardRedis, redisStore }, { createClient }] = await Promise.all([
    import('@fastkit/cache/redis'),
    import('redis'),
  ])
  const connection = guardRedis(createClient({ url: url.reveal() }), { logger })
  lifecycle.onClose('redis', () => connection.close())
  return redisStore(connection, { prefix: 'invoicing' })
}
