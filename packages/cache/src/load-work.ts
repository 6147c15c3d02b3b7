import type { FlightWork, Landing } from './flights.ts'
import type { LoadOptions } from './load-options.ts'
import { loadWithin } from './load-within.ts'
import { landingOf, openChecked } from './open-hit.ts'
import type { CacheEntry, CacheHit, CacheStore, Fence, Lease, SyncCacheStore } from './store.ts'
import { takeLease } from './take-lease.ts'
import type { Sealer } from './values/sealer.ts'
import type { WritePlan } from './write-options.ts'

/** What is loaded, and how. */
export interface Loading {
  readonly key: string
  readonly load: () => unknown
  readonly plan: WritePlan
  readonly options: LoadOptions
  /** Whether it takes the place of what others have begun to load. */
  readonly forced: boolean
  /** Whether there may be an older value, which must not outlive a load that brings nothing to keep. */
  readonly replaces: boolean
}

interface Place {
  readonly store: CacheStore
  /** The same where it is memory, which need not be waited for. */
  readonly memory: SyncCacheStore | undefined
  readonly sealer: Sealer
}

/** Makes the function that turns a load into the work of a flight: a lease, a fence, the load, what is kept of it. */
export function createLoadWork({ store, memory, sealer }: Place): (loading: Loading) => FlightWork {
  return workOf

  function workOf({ key, load, plan, options, forced, replaces }: Loading): FlightWork {
    let fence: Fence
    let lease: Lease | undefined
    let found: CacheHit | undefined
    let entry: CacheEntry | undefined
    return { load: loadAlone, store: keep }

    async function loadAlone(began: () => void): Promise<Landing> {
      if (options.leaseMs !== undefined && options.leaseMs > 0) {
        const turn = await takeLease(
          store,
          key,
          options.leaseMs,
          began,
          async (hit) => hit.staleForMs === 0 && (await openChecked(sealer, hit, options)) !== undefined,
        )
        lease = turn.lease
        found = turn.hit
        if (found) return landingOf(sealer, found)
      }
      began()
      fence = memory
        ? memory.fence(key, plan.tags)
        : await store.fence(key, plan.tags, { supersedes: forced })
      try {
        const value = await loadWithin(key, load, options.loadTimeoutMs)
        entry = plan.ttlMs === 0 ? undefined : sealer.trySeal(key, value, plan)
        if (!entry) return { read: () => value }
        const { value: packed } = entry
        return { read: () => (sealer.open(packed) ?? { value }).value }
      } catch (error) {
        await lease?.release()
        throw error
      }
    }

    async function keep(): Promise<boolean> {
      if (!entry || !fence) {
        if (!entry && !found && replaces) await store.delete([key])
        await lease?.release()
        return found !== undefined // no fence tells whether that is still so
      }
      const outcome = memory ? memory.set(key, entry, fence) : await store.set(key, entry, fence)
      await lease?.release()
      return outcome === 'outdated'
    }
  }
}
