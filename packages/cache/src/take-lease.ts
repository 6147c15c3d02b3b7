import type { CacheHit, CacheStore, Lease } from './store.ts'

/**
 * Waits until this process may load a key, or until another has loaded it. After `leaseMs` it may in any case: whoever
 * has the lease is then taken for dead.
 */
export async function takeLease(
  store: CacheStore,
  key: string,
  leaseMs: number,
  isUsable: (hit: CacheHit) => Promise<boolean>,
): Promise<{ hit?: CacheHit; lease?: Lease }> {
  const until = performance.now() + leaseMs
  for (let pauseMs = 5; performance.now() < until; pauseMs = Math.min(100, pauseMs * 2)) {
    const lease = await store.lease?.(key, leaseMs)
    const hit = await store.get(key) // after the lease: whoever had it before us may have just filled it
    if (hit && (await isUsable(hit))) {
      if (typeof lease === 'object') await lease.release()
      return { hit }
    }
    if (lease !== 'taken') return lease ? { lease } : {}
    await new Promise((resolve) => setTimeout(resolve, pauseMs * (0.5 + Math.random())))
  }
  return {}
}
