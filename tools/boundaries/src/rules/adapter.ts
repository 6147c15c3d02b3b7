import { declaredNames, optionalPeers } from '../manifest.ts'
import type { Package, SourceFile } from '../package.ts'
import type { Violation } from '../rule.ts'
import type { Workspace } from '../workspace.ts'
import { builtinAdvice, foldersOf, ownerOf } from './adapter-homes.ts'
import { entryReaches } from './adapter-reach.ts'

/**
 * Keeps frameworks, optional peers and Node's built-ins inside the folders of their adapters, so that a package runs
 * without them. A type-only import of a framework counts: it would stand in the .d.ts of users who do not have it.
 */
export function adapter(workspace: Workspace): Violation[] {
  const published = workspace.packages.filter(({ group }) => group === 'packages')
  return [
    ...ioredis(workspace),
    ...published.flatMap((one) =>
      one.sources
        .filter(({ role }) => role === 'published')
        .flatMap((source) => misplaced(one, source).map((message) => ({ path: source.path, message }))),
    ),
    ...published.flatMap(entryReaches),
  ]
}

function misplaced(one: Package, { inside, imports }: SourceFile): string[] {
  const peers = optionalPeers(one.manifest)
  return imports.flatMap(({ specifier, typeOnly, target }) => {
    // Nothing of contracts is left at run time, and its types describe other people's objects.
    if (target.kind === 'file' || (one.name === '@fastkit/contracts' && typeOnly)) return []
    if (target.kind === 'builtin') {
      const advice = builtinAdvice(one.name, inside, specifier)
      return advice === undefined ? [] : [`imports '${specifier}'; ${advice}`]
    }
    const owner = ownerOf(target.name)
    if (owner !== undefined && owner !== one.name)
      return [`imports '${specifier}', which only ${owner} knows; take what you need as an argument`]
    const { folders, always } = foldersOf(target.name)
    const bound = always || (peers.includes(target.name) && !typeOnly)
    if (!bound || folders.some((folder) => inside.startsWith(folder))) return []
    return [`imports '${specifier}'; move what needs it to ${folders.join(' or ')}`]
  })
}

/** One Redis client is enough, and it is node-redis; this holds for tests, examples and tools as well. */
function ioredis({ packages }: Workspace): Violation[] {
  return packages
    .flatMap(({ folder, manifest, sources }) => [
      ...(declaredNames(manifest).has('ioredis') ? [`${folder}/package.json`] : []),
      ...sources
        .filter(({ imports }) => imports.some(({ specifier }) => /^ioredis(\/|$)/.test(specifier)))
        .map(({ path }) => path),
    ])
    .map((path) => ({ path, message: "uses 'ioredis'; the client of this repository is 'redis'" }))
}
