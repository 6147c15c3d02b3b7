import type { Outside } from './outside.ts'
import type { PackedPackage } from './pack.ts'

/** What the checks share. */
export interface Place {
  /** The repository. */
  readonly root: string
  /** A folder for throw-away projects. */
  readonly temporary: string
  readonly outside: Outside
  readonly packages: readonly PackedPackage[]
}
