import type { IdempotencyClaim, IdempotencyStore, RedisPort, StoredResponse } from '@fastkit/contracts'
import { CacheError } from '../errors.ts'
import { checkPrefix } from './check-prefix.ts'
import { runScript, script } from './run-script.ts'

export interface RedisIdempotencyStoreOptions {
  /** What all keys begin with, as for `redisStore`, of which it may be the same. */
  readonly prefix: string
}

/**
 * Remembers in Redis, for all processes together. Its verbs reject with `CACHE_UNAVAILABLE` when Redis does not answer
 * within the deadline of the guard; a claim that was not heard of ends with its lease.
 *
 * Redis must not evict what has a time to live (`maxmemory-policy noeviction`), or requests may happen twice.
 *
 * @throws CacheError `CACHE_OPTION_INVALID`
 */
export function redisIdempotencyStore(
  port: RedisPort,
  { prefix }: RedisIdempotencyStoreOptions,
): IdempotencyStore {
  checkPrefix(prefix)
  return {
    async begin(key, hash, leaseMs) {
      const id = crypto.randomUUID()
      const reply = await runScript(port, beginRow, [`${prefix}:i:${key}`], [id, hash, time(leaseMs)])
      return claimOf(reply, JSON.stringify([id, hash, key]))
    },
    async finish(token, response, ttlMs) {
      const [id, hash, key] = JSON.parse(token) as [string, string, string]
      await runScript(
        port,
        finishRow,
        [`${prefix}:i:${key}`],
        [id, hash, JSON.stringify(response), time(ttlMs)],
      )
    },
    async abandon(token) {
      const [id, , key] = JSON.parse(token) as [string, string, string]
      await runScript(port, abandonRow, [`${prefix}:i:${key}`], [id])
    },
  }
}

function claimOf(reply: unknown, token: string): IdempotencyClaim {
  const [state, response] = Array.isArray(reply) ? (reply as unknown[]) : []
  if (state === 'new') return { state, token }
  if (state === 'running' || state === 'mismatch') return { state }
  if (state === 'done') return { state, response: JSON.parse(String(response)) as StoredResponse }
  throw new CacheError('CACHE_UNAVAILABLE', 'Redis gave an answer that is none')
}

function time(ms: number): string {
  return String(Math.max(1, Math.ceil(ms)))
}

/** KEYS: a request. ARGV: who claims it, its hash, for how long. */
const beginRow = script(`
local row = redis.call('HMGET', KEYS[1], 'id', 'hash', 'response')
if not row[1] then
  redis.call('HSET', KEYS[1], 'id', ARGV[1], 'hash', ARGV[2])
  redis.call('PEXPIRE', KEYS[1], ARGV[3])
  return { 'new' }
end
if row[2] ~= ARGV[2] then return { 'mismatch' } end
if row[3] then return { 'done', row[3] } end
return { 'running' }`)

/** KEYS: a request. ARGV: who claimed it, its hash, the answer, for how long. A lapsed claim that nobody took counts. */
const finishRow = script(`
local id = redis.call('HGET', KEYS[1], 'id')
if id and id ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'id', ARGV[1], 'hash', ARGV[2], 'response', ARGV[3])
redis.call('PEXPIRE', KEYS[1], ARGV[4])
return 1`)

/** KEYS: a request. ARGV: who claimed it. */
const abandonRow = script(`
if redis.call('HGET', KEYS[1], 'id') == ARGV[1] then return redis.call('UNLINK', KEYS[1]) end
return 0`)
