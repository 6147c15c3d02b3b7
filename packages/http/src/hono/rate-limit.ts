import type { Logger, RateLimitStore } from '@fastkit/contracts'
import type { Context, MiddlewareHandler } from 'hono'
import { clientNetwork } from '../client-ip/client-ip.ts'
import { legacyHeaders, rateLimitHeaders } from '../rate-limit/headers.ts'
import { memoryRateLimitStore } from '../rate-limit/memory-store.ts'
import { type RateLimitPolicy, refusal, requireCost, sortPolicies, takeAll } from '../rate-limit/policies.ts'
import { type ClientIpOptions, clientIpOf } from './client-ip.ts'
import { appendEarlyHeader, completeAnswer, setEarlyHeader } from './early-header.ts'

export interface RateLimitOptions extends ClientIpOptions {
  /** By name: all of them hold. In a store that is shared, the same name counts together. */
  readonly policies: Readonly<Record<string, RateLimitPolicy>>
  /** @default one in memory, of this middleware alone */
  readonly store?: RateLimitStore
  /** Who is counted; `undefined` is not limited. @default the client's address, of IPv6 its /64 */
  readonly key?: (c: Context) => string | undefined
  /** What a request takes, from 0; a cost that is no finite number is an error (500) and nothing is taken. @default 1 */
  readonly cost?: number | ((c: Context) => number)
  /** Sends `X-RateLimit-Limit`, `-Remaining` and `-Reset` (seconds from now) as well. @default false */
  readonly legacy?: boolean
  /** How long the store may take before it counts as failed. @default 50 */
  readonly storeTimeoutMs?: number
  /** Hears of a store that fails while a policy is open. @default nobody */
  readonly logger?: Logger
}

/**
 * Limits how much each client may ask, by one policy or several, and tells it how much is left in the `RateLimit` and
 * `RateLimit-Policy` headers (draft-ietf-httpapi-ratelimit-headers).
 *
 * Throws `RATE_LIMITED` (429 with `Retry-After`), or `UNAVAILABLE` (503) when the store fails and a policy is closed.
 *
 * @throws HttpError `WRONG_SETUP` at once, for a policy, a cost or a proxy that cannot be one
 */
export function rateLimit(options: RateLimitOptions): MiddlewareHandler {
  const { store = memoryRateLimitStore(), cost = 1, legacy = false, storeTimeoutMs = 50, logger } = options
  const policies = sortPolicies(options.policies)
  const keyOf = options.key ?? addressKey(options)
  if (typeof cost === 'number') requireCost(cost)
  return async function rateLimit(c, next) {
    const key = keyOf(c)
    if (key === undefined) return next()
    const taken = typeof cost === 'number' ? cost : cost(c)
    const states = await takeAll(policies, { store, key, cost: taken, storeTimeoutMs, logger })
    for (const [name, value] of rateLimitHeaders(policies, states)) appendEarlyHeader(c, name, value)
    if (legacy) for (const [name, value] of legacyHeaders(policies, states)) setEarlyHeader(c, name, value)
    const refused = refusal(states)
    if (refused) throw refused
    await next()
    completeAnswer(c)
  }
}

/** Those whose address nobody knows count together. */
function addressKey(options: ClientIpOptions): (c: Context) => string {
  const addressOf = clientIpOf(options)
  return (c) => clientNetwork(addressOf(c) ?? 'unknown')
}
