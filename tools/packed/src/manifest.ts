/** The part of a packed package.json that the checks read. */
export interface Manifest {
  readonly name: string
  readonly version: string
  readonly exports?: Readonly<Record<string, unknown>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>
}

/** What a user can import: `@fastkit/http`, `@fastkit/http/hono`. */
export function importNames({ name, exports = {} }: Manifest): string[] {
  return Object.keys(exports)
    .filter((subpath) => subpath !== './package.json')
    .map((subpath) => name + subpath.slice(1))
}

/** The packages of this repository that the package brings along. */
export function siblings({ name, dependencies = {} }: Manifest): string[] {
  const [scope] = name.split('/')
  return Object.keys(dependencies).filter((dependency) => dependency.startsWith(`${scope}/`))
}

export function peers(manifest: Manifest, { optional }: { readonly optional: boolean }): string[] {
  const { peerDependencies = {}, peerDependenciesMeta = {} } = manifest
  return Object.keys(peerDependencies).filter((peer) => optional || !peerDependenciesMeta[peer]?.optional)
}
