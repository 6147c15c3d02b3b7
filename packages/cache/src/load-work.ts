import type { Beginner, FlightWork } from './flights.ts'
import { Landing, landingOf } from './landing.ts'
import { type LoadOptions, planOfLoad } from './load-options.ts'
import { loadWithin } from './load-within.ts'
import { openChecked } from './open-hit.ts'
import type { CacheEntry, CacheHit, CacheStore, Fence, Lease, SyncCacheStore } from './store.ts'
import { takeLease } from './take-lease.ts'
import type { Sealer } from './values/sealer.ts'
import type { WritePlan } from './write-options.ts'

/** What all loads of a cache have in common. */
interface CacheParts {
  readonly store: CacheStore
  /** The same where it is memory, which need not be waited for. */
  readonly memory: SyncCacheStore | undefined
  readonly sealer: Sealer
  readonly defaultTtlMs: number
}

/**
 * The work of a flight: a lease, a fence, the load, what is kept of it.
 *
 * What each load in memory makes anew is of a class, not an object literal: V8 counts how many objects of a literal outlive
 * a collection, and while one goes on all flights do. Then it would make all later ones where long-lived objects are, and
 * every miss would take a quarter longer.
 */
export class LoadWork implements FlightWork<Landing> {
  readonly key: string
  readonly forced: boolean
  readonly plan: WritePlan
  readonly options: LoadOptions
  /** Whether there may be an older value, which must not outlive a load that brings nothing to keep. */
  replaces: boolean
  private readonly parts: CacheParts
  private readonly loader: () => unknown
  private fence: Fence = undefined
  private lease: Lease | undefined = undefined
  private found: CacheHit | undefined = undefined
  private entry: CacheEntry | undefined = undefined

  /** @throws CacheError `CACHE_OPTION_INVALID` */
  constructor(parts: CacheParts, key: string, load: () => unknown, options: LoadOptions, forced: boolean) {
    this.key = key
    this.forced = forced
    this.plan = planOfLoad(options, parts.defaultTtlMs)
    this.options = options
    this.replaces = forced
    this.parts = parts
    this.loader = load
  }

  get tags(): readonly string[] {
    return this.plan.tags
  }

  load(flight: Beginner): unknown {
    const { memory } = this.parts
    if (!memory) return this.loadShared(flight)
    flight.begin()
    this.fence = memory.fence(this.key, this.tags)
    return loadWithin(this.key, this.loader, this.options.loadTimeoutMs)
  }

  seal(value: unknown): Landing {
    const { plan } = this
    const { sealer } = this.parts
    if (this.found) return landingOf(sealer, this.found.value, undefined)
    this.entry = plan.ttlMs === 0 ? undefined : sealer.trySeal(this.key, value, plan)
    return this.entry ? landingOf(sealer, this.entry.value, value) : new Landing(value)
  }

  /** At once where nothing has to be waited for. */
  store(): boolean | Promise<boolean> {
    const { key, entry, fence } = this
    const { memory } = this.parts
    return memory && entry && fence ? memory.set(key, entry, fence) === 'outdated' : this.keep()
  }

  private async loadShared(flight: Beginner): Promise<unknown> {
    const { key, tags, forced, leaseMs } = this
    if (leaseMs > 0) await this.takeLease(flight)
    if (this.found) return undefined
    flight.begin()
    this.fence = await this.parts.store.fence(key, tags, { supersedes: forced })
    try {
      return await loadWithin(key, this.loader, this.options.loadTimeoutMs)
    } catch (error) {
      await this.lease?.release()
      throw error
    }
  }

  private async takeLease(flight: Beginner): Promise<void> {
    const { options } = this
    const { store, sealer } = this.parts
    const turn = await takeLease(
      store,
      this.key,
      this.leaseMs,
      () => flight.begin(),
      async (hit) => hit.staleForMs === 0 && (await openChecked(sealer, hit, options)) !== undefined,
    )
    this.lease = turn.lease
    this.found = turn.hit
  }

  private get leaseMs(): number {
    return this.forced ? 0 : (this.options.leaseMs ?? 0)
  }

  private async keep(): Promise<boolean> {
    const { key, replaces, entry, fence, lease, found } = this
    const { store } = this.parts
    if (!entry || !fence) {
      if (!entry && !found && replaces) await store.delete([key])
      await lease?.release()
      return found !== undefined // no fence tells whether that is still so
    }
    const outcome = await store.set(key, entry, fence)
    await lease?.release()
    return outcome === 'outdated'
  }
}
