import { type Cache, createCache, memoryStore, tiered } from '@fastkit/cache'
import type { Secret } from '@fastkit/config'
import type { IdempotencyStore, Logger, RateLimitStore, UnitOfWork } from '@fastkit/contracts'
import { type Lifecycle, memoryIdempotencyStore, memoryRateLimitStore } from '@fastkit/http'

/** What is kept beside the database. */
export interface Stores {
  readonly cache: Cache
  readonly rateLimits: RateLimitStore
  readonly idempotencyKeys: IdempotencyStore
}

export interface OpenStoresOptions {
  readonly unitOfWork: UnitOfWork
  readonly logger: Logger
  readonly lifecycle: Lifecycle
}

/**
 * The stores of this process; with Redis, of all that use it. While Redis is out of reach, also if it never was there,
 * nothing is cached beyond this process and nobody is limited; a request with an `Idempotency-Key` is 503.
 */
export async function openStores(
  redisUrl: Secret<string> | undefined,
  { unitOfWork, logger, lifecycle }: OpenStoresOptions,
): Promise<Stores> {
  const { cached, ...stores } =
    redisUrl === undefined ? inMemory() : await inRedis(redisUrl, logger, lifecycle)
  const cache = createCache(cached, { unitOfWork, logger })
  lifecycle.onClose('cache', () => cache.close())
  return { cache, ...stores }
}

function inMemory() {
  return {
    cached: memoryStore(),
    rateLimits: memoryRateLimitStore(),
    idempotencyKeys: memoryIdempotencyStore(),
  }
}

// Loaded on demand: without Redis its code is not read.
async function inRedis(url: Secret<string>, logger: Logger, lifecycle: Lifecycle) {
  const [{ guardRedis, redisIdempotencyStore, redisRateLimitStore, redisStore }, { createClient }] =
    await Promise.all([import('@fastkit/cache/redis'), import('redis')])
  const connection = guardRedis(createClient({ url: url.reveal() }), { logger })
  lifecycle.onClose('redis', () => connection.close())
  const options = { prefix: 'invoicing' }
  return {
    cached: tiered(memoryStore(), redisStore(connection, options)),
    rateLimits: redisRateLimitStore(connection, options),
    idempotencyKeys: redisIdempotencyStore(connection, options),
  }
}
