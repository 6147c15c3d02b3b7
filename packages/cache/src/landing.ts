import type { CacheHit } from './store.ts'
import type { Packed } from './values/pack.ts'
import type { Sealer } from './values/sealer.ts'

/** How a load ended. */
export interface Landing {
  readonly packed: Packed
  /** As it was loaded, for those who cannot read `packed`. */
  readonly value: unknown
}

export function landingOf(hit: CacheHit): Landing {
  return { packed: hit.value, value: undefined }
}

/** Each caller reads a value of its own. */
export function readLanding(sealer: Sealer, landing: Landing): unknown {
  return (sealer.open(landing.packed) ?? landing).value
}
