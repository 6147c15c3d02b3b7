import type { RateLimitResult, RateLimitStore, RedisPort } from '@fastkit/contracts'
import { CacheError } from '../errors.ts'
import { checkPrefix } from './check-prefix.ts'
import { runScript, script } from './run-script.ts'

export interface RedisRateLimitStoreOptions {
  /** What all keys begin with, as for `redisStore`, of which it may be the same. */
  readonly prefix: string
}

/**
 * Counts in Redis, by its clock, for all processes together: a sliding window, as exact as with one process. Uses within
 * a hundredth of the window are kept as one, and come back with the last of them.
 *
 * `take` rejects with `CACHE_UNAVAILABLE` when Redis does not answer within the deadline of the guard. Whether that
 * lets a request through is for the policy to say.
 *
 * @throws CacheError `CACHE_OPTION_INVALID`
 */
export function redisRateLimitStore(port: RedisPort, { prefix }: RedisRateLimitStoreOptions): RateLimitStore {
  checkPrefix(prefix)
  return {
    async take(key, { limit, windowMs }, cost): Promise<RateLimitResult> {
      const reply = await runScript(
        port,
        takeFromWindow,
        [`${prefix}:r:${key}`],
        [limit, windowMs, cost].map(String),
      )
      const [allowed, remaining, resetMs] = Array.isArray(reply) ? reply.map(Number) : []
      if (remaining === undefined || resetMs === undefined || !Number.isFinite(remaining + resetMs)) {
        throw new CacheError('CACHE_UNAVAILABLE', 'Redis gave an answer that is none')
      }
      return { allowed: allowed === 1, remaining, resetMs }
    },
  }
}

/** KEYS: what is counted. ARGV: limit, window in ms, cost. The list is of uses: { from, to, cost }. */
const takeFromWindow = script(`
local limit, window, cost = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local kept = redis.call('GET', KEYS[1])
local uses, used = {}, 0
for _, use in ipairs(kept and cmsgpack.unpack(kept) or {}) do
  if now < use[2] then now = use[2] end
  if now - use[2] < window then
    uses[#uses + 1] = use
    used = used + use[3]
  end
end
if used + cost > limit then
  local needed, reset = used + cost - limit, window
  for _, use in ipairs(uses) do
    needed = needed - use[3]
    if needed <= 0 then
      reset = use[2] + window - now
      break
    end
  end
  return { 0, tostring(limit - used), tostring(reset) }
end
if cost > 0 then
  local last = uses[#uses]
  if last and now - last[1] < window / 100 then
    last[2] = now
    last[3] = last[3] + cost
  else
    uses[#uses + 1] = { now, now, cost }
  end
  redis.call('SET', KEYS[1], cmsgpack.pack(uses), 'PX', math.ceil(window))
end
return { 1, tostring(limit - used - cost), tostring(uses[1] and uses[1][2] + window - now or 0) }`)
