import { Encoded, type Packed } from './values/pack.ts'
import type { Sealer } from './values/sealer.ts'

/** How a load ended, for all who wait for it. A class, not a literal: see `LoadWork`. */
export class Landing {
  readonly value: unknown
  /** Makes a value of each reader's own; absent where nobody can change the one there is. */
  readonly copy: (() => unknown) | undefined

  constructor(value: unknown, copy?: () => unknown) {
    this.value = value
    this.copy = copy
  }
}

/** Of what was loaded; `value` is for those who cannot read what is kept of it. */
export function landingOf(sealer: Sealer, packed: Packed, value: unknown): Landing {
  const isShared = !(packed instanceof Encoded)
  return isShared ? new Landing(packed) : new Landing(value, () => (sealer.open(packed) ?? { value }).value)
}

export function readLanding({ value, copy }: Landing): unknown {
  return copy ? copy() : value
}
