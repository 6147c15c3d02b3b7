/** Counts what callers have used up. One store can serve many limits. */
export interface RateLimitStore {
  /**
   * Takes `cost` from what a key may use, unless that is more than there is left; then nothing is taken.
   *
   * Within no `windowMs`, wherever it begins, more than `limit` is taken. A cost of 0 takes nothing and only looks.
   */
  take(key: string, limit: RateLimit, cost: number): Promise<RateLimitResult>
}

export interface RateLimit {
  readonly limit: number
  readonly windowMs: number
}

export interface RateLimitResult {
  readonly allowed: boolean
  /** What is left after this. */
  readonly remaining: number
  /** From now. Allowed: until more is left than now, 0 when nothing is used. Refused: until this cost would be allowed. */
  readonly resetMs: number
}
