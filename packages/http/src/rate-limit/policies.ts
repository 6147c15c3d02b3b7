import type { Logger, RateLimit, RateLimitResult, RateLimitStore } from '@fastkit/contracts'
import { describeThrown } from '../describe-thrown.ts'
import { HttpError } from '../errors.ts'
import { withTimeout } from '../with-timeout.ts'

/** One limit. */
export interface RateLimitPolicy extends RateLimit {
  /** From 1. */
  readonly limit: number
  readonly windowMs: number
  /** What to do while the store fails: let everybody pass, or nobody (503). @default 'open' */
  readonly onStoreFailure?: 'open' | 'closed'
}

/** Where one caller stands with one policy. */
export interface RateLimitState extends RateLimitResult {
  readonly policy: string
}

export interface TakeOptions {
  readonly store: RateLimitStore
  /** Who is counted. */
  readonly key: string
  /** What this request takes from each policy. @default 1 */
  readonly cost?: number
  /** How long the store may take before it counts as failed. @default 50 */
  readonly storeTimeoutMs?: number
  /** Hears of a store that fails while a policy is open. @default nobody */
  readonly logger?: Logger | undefined
}

/** Named policies, the shortest window first: who is refused by it has not spent anything of the longer ones. */
export type RateLimitPolicies = readonly (readonly [name: string, policy: RateLimitPolicy])[]

/** Checks and sorts policies. @throws HttpError `WRONG_SETUP` for a name or a number that cannot be one */
export function sortPolicies(policies: Readonly<Record<string, RateLimitPolicy>>): RateLimitPolicies {
  const list = Object.entries(policies)
  for (const [name, { limit, windowMs }] of list) {
    if (!/^[\w.-]+$/.test(name)) throw wrong(`The policy '${name}' needs a name of letters, digits and _ . -`)
    if (!(Number.isInteger(limit) && limit >= 1))
      throw wrong(`The policy '${name}' needs a limit of 1 or more`)
    if (!(windowMs >= 1 && windowMs < Infinity))
      throw wrong(`The policy '${name}' needs a windowMs of 1 or more`)
  }
  if (list.length === 0) throw wrong('A rate limit needs a policy')
  return list.sort(([, a], [, b]) => a.windowMs - b.windowMs)
}

/** @throws HttpError `WRONG_SETUP` for a cost that would count nothing, or give back: NaN of a query, or -1 */
export function requireCost(cost: number): void {
  if (!(cost >= 0 && cost < Infinity)) throw wrong(`A cost is a number from 0, not ${cost}`)
}

/**
 * Takes the cost from every policy, until one refuses. Policies whose store failed and that are open are left out of
 * what comes back.
 *
 * @throws HttpError `UNAVAILABLE` when the store failed and a policy is closed; `WRONG_SETUP` for a cost that is none
 */
export async function takeAll(policies: RateLimitPolicies, options: TakeOptions): Promise<RateLimitState[]> {
  const { store, key, cost = 1, storeTimeoutMs = 50, logger } = options
  requireCost(cost)
  const states: RateLimitState[] = []
  for (const [name, policy] of policies) {
    try {
      const taking = () => store.take(`${name}:${key}`, policy, cost)
      const result = await withTimeout(taking, storeTimeoutMs)
      states.push({ policy: name, ...result })
      if (!result.allowed) break
    } catch (cause) {
      if (policy.onStoreFailure === 'closed') throw new HttpError('UNAVAILABLE', 'Try again later', { cause })
      logger?.warn({ err: describeThrown(cause), policy: name }, 'Rate limit store failed, nobody is limited')
    }
  }
  return states
}

/** The state that refused, as an error. */
export function refusal(states: readonly RateLimitState[]): HttpError | undefined {
  const refused = states.find(({ allowed }) => !allowed)
  if (!refused) return undefined
  // Never at once: whoever comes back within the same second is refused again.
  const retryAfterMs = Math.max(1, refused.resetMs)
  return new HttpError('RATE_LIMITED', 'Too many requests', { retryAfterMs })
}

function wrong(message: string): HttpError {
  return new HttpError('WRONG_SETUP', message)
}
