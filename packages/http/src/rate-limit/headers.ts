import type { RateLimitPolicies, RateLimitState } from './policies.ts'

/**
 * The headers of draft-ietf-httpapi-ratelimit-headers, since its ninth revision: all policies in `RateLimit-Policy`, and
 * where the caller stands in `RateLimit`.
 */
export function rateLimitHeaders(policies: RateLimitPolicies, states: readonly RateLimitState[]): Header[] {
  const all = policies.map(([name, { limit, windowMs }]) => `"${name}";q=${limit};w=${seconds(windowMs)}`)
  const now = states.map(
    ({ policy, remaining, resetMs }) => `"${policy}";r=${left(remaining)};t=${seconds(resetMs)}`,
  )
  return [
    ['RateLimit-Policy', all.join(', ')],
    ...(now.length > 0 ? [['RateLimit', now.join(', ')] as Header] : []),
  ]
}

/** `X-RateLimit-Limit`, `-Remaining` and `-Reset` (seconds from now) of the policy of which least is left. */
export function legacyHeaders(policies: RateLimitPolicies, states: readonly RateLimitState[]): Header[] {
  const tightest = states.toSorted(
    (a, b) => Number(a.allowed) - Number(b.allowed) || a.remaining - b.remaining,
  )[0]
  if (!tightest) return []
  const limit = policies.find(([name]) => name === tightest.policy)?.[1].limit
  return [
    ['X-RateLimit-Limit', String(limit)],
    ['X-RateLimit-Remaining', String(left(tightest.remaining))],
    ['X-RateLimit-Reset', String(seconds(tightest.resetMs))],
  ]
}

export type Header = [name: string, value: string]

function seconds(ms: number): number {
  return Math.ceil(ms / 1000)
}

function left(remaining: number): number {
  return Math.max(0, Math.floor(remaining))
}
