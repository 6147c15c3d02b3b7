import type { CacheHit, CacheStore, Lease } from './store.ts'

/**
 * Waits until this process may load a key, or until another has loaded it. After `leaseMs` it may in any case: whoever
 * has the lease is then taken for dead. `looking` is called before each look. A lease may come with what was found, too.
 */
export async function takeLease(
  store: CacheStore,
  key: string,
  leaseMs: number,
  looking: () => void,
  isUsable: (hit: CacheHit) => Promise<boolean>,
): Promise<{ hit?: CacheHit; lease?: Lease }> {
  const until = performance.now() + leaseMs
  for (let pauseMs = 5; performance.now() < until; pauseMs = Math.min(100, pauseMs * 2)) {
    const lease = await store.lease?.(key, leaseMs)
    looking()
    const hit = await store.get(key) // after the lease: whoever had it before us may have just filled it
    const taken: { lease?: Lease } = lease === 'taken' || lease === undefined ? {} : { lease }
    try {
      if (hit && (await isUsable(hit))) return { hit, ...taken }
    } catch (error) {
      await taken.lease?.release()
      throw error
    }
    if (lease !== 'taken') return taken
    await new Promise((resolve) => setTimeout(resolve, pauseMs * (0.5 + Math.random())))
  }
  return {}
}
