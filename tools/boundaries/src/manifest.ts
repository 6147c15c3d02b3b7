import { existsSync, readFileSync } from 'node:fs'

type Names = Readonly<Record<string, string>>

/** The fields of a package.json that the rules look at. Nothing is promised about their values: that is what is checked. */
export interface Manifest {
  readonly name?: string
  readonly version?: string
  readonly description?: string
  readonly type?: string
  readonly license?: string
  readonly sideEffects?: boolean
  readonly packageManager?: string
  readonly engines?: Names
  readonly files?: readonly string[]
  readonly exports?: Readonly<Record<string, unknown>>
  readonly imports?: Readonly<Record<string, unknown>>
  readonly publishConfig?: { readonly access?: string; readonly exports?: Readonly<Record<string, unknown>> }
  readonly scripts?: Names
  readonly dependencies?: Names
  readonly devDependencies?: Names
  readonly optionalDependencies?: Names
  readonly peerDependencies?: Names
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>
  readonly bin?: string | Names
}

/** Reads a package.json; one that is not there reads as empty, and the skeleton rule reports it. */
export function readManifest(path: string): Manifest {
  if (!existsSync(path)) return {}
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Manifest
  } catch (error) {
    throw new Error(`${path} is not JSON`, { cause: error })
  }
}

/** Returns every name the manifest declares, whatever the kind of dependency. */
export function declaredNames(manifest: Manifest): Set<string> {
  return new Set(
    [
      manifest.dependencies,
      manifest.peerDependencies,
      manifest.optionalDependencies,
      manifest.devDependencies,
    ].flatMap((names) => Object.keys(names ?? {})),
  )
}

/** Returns the peers a user may leave out. */
export function optionalPeers(manifest: Manifest): string[] {
  return Object.keys(manifest.peerDependencies ?? {}).filter(
    (name) => manifest.peerDependenciesMeta?.[name]?.optional === true,
  )
}
