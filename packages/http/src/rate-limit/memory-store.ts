import type { RateLimit, RateLimitResult, RateLimitStore } from '@fastkit/contracts'
import { toBase64 } from '../base64.ts'

export interface MemoryRateLimitStoreOptions {
  /**
   * Keys kept at most, some 150 bytes each, and up to 2 kB for busy ones; of those longer than 100 characters, the
   * SHA-256. Beyond it those that have not come for longest are forgotten, and begin anew. @default 100000
   */
  readonly maxKeys?: number
  /** Source of time, milliseconds, never backwards. @default performance.now */
  readonly now?: () => number
}

/**
 * Counts in this process: each process has limits of its own.
 *
 * A sliding window: what was used comes back a window later, or up to a twentieth of a window after that, since uses
 * that close together are kept as one.
 */
export function memoryRateLimitStore(options: MemoryRateLimitStoreOptions = {}): RateLimitStore {
  const { maxKeys = 100_000, now = () => performance.now() } = options
  // Two generations instead of a list by last use: whoever comes moves to the younger, and the older is dropped whole.
  const perGeneration = Math.max(1, Math.floor(maxKeys / 2))
  let younger = new Map<string, Use[]>()
  let older = new Map<string, Use[]>()

  return {
    async take(name, limit, cost) {
      const key = name.length > longestKey ? await digest(name) : name
      const time = now()
      const uses = (younger.get(key) ?? older.get(key) ?? []).filter(({ to }) => time - to < limit.windowMs)
      const result = decide(uses, limit, cost, time)
      if (uses.length > 0) keep(key, uses)
      else forget(key)
      return result
    },
  }

  function keep(key: string, uses: Use[]): void {
    older.delete(key)
    if (!younger.has(key) && younger.size >= perGeneration) {
      older = younger
      younger = new Map()
    }
    younger.set(key, uses)
  }

  function forget(key: string): void {
    younger.delete(key)
    older.delete(key)
  }
}

const longestKey = 100

async function digest(text: string): Promise<string> {
  return toBase64(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))))
}

/** Uses between two moments, as if all had been at the later one. */
interface Use {
  readonly from: number
  to: number
  cost: number
}

/** Adds the use to `uses` when it is allowed. */
function decide(uses: Use[], { limit, windowMs }: RateLimit, cost: number, time: number): RateLimitResult {
  const used = uses.reduce((sum, use) => sum + use.cost, 0)
  if (used + cost > limit) {
    return {
      allowed: false,
      remaining: limit - used,
      resetMs: wait(uses, used + cost - limit, windowMs, time),
    }
  }
  if (cost > 0) add(uses, cost, windowMs, time)
  const oldest = uses[0]
  return {
    allowed: true,
    remaining: limit - used - cost,
    resetMs: oldest ? until(oldest, windowMs, time) : 0,
  }
}

const usesPerWindow = 20

function add(uses: Use[], cost: number, windowMs: number, time: number): void {
  const last = uses.at(-1)
  if (last && time - last.from < windowMs / usesPerWindow) {
    last.to = time
    last.cost += cost
  } else uses.push({ from: time, to: time, cost })
}

/** How long it takes until `needed` has come back; a window, for what never will. */
function wait(uses: readonly Use[], needed: number, windowMs: number, time: number): number {
  let freed = 0
  for (const use of uses) {
    freed += use.cost
    if (freed >= needed) return until(use, windowMs, time)
  }
  return windowMs
}

/** How long it takes until a use has come back. In this order: a sum with `time` would round to more than a window. */
function until(use: Use, windowMs: number, time: number): number {
  return windowMs - (time - use.to)
}
