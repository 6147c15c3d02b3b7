import { optionalPeers } from '../manifest.ts'
import type { Package, SourceFile } from '../package.ts'
import type { Violation } from '../rule.ts'
import { foldersOf } from './adapter-homes.ts'

/**
 * Reports entries that load an optional peer on a detour: `src/index.ts` → `src/hono/errors.ts` → hono.
 *
 * An entry inside the folder of a peer may load that peer, the root entry none.
 */
export function entryReaches({ folder, manifest, sources }: Package): Violation[] {
  const peers = optionalPeers(manifest)
  const byPath = new Map(sources.map((source) => [source.path, source]))
  const entries = Object.values(manifest.exports ?? {}).flatMap((target) =>
    typeof target === 'string' ? (byPath.get(`${folder}/${target.replace('./', '')}`) ?? []) : [],
  )
  return entries.flatMap((entry) =>
    reachable(entry, byPath).flatMap((steps) => {
      const last = steps.at(-1) as SourceFile
      return peers
        .filter((peer) => last.imports.some((one) => !one.typeOnly && leadsTo(one.target, peer)))
        .filter((peer) => isHome(peer, last) && !isHome(peer, entry))
        .map((peer) => ({
          path: entry.path,
          message: `loads the optional peer '${peer}' through ${steps.map(({ inside }) => inside).join(' → ')}; users without it could not import this entry, so break the chain`,
        }))
    }),
  )
}

/** Returns a shortest chain of run-time imports to every file an entry loads. */
function reachable(entry: SourceFile, byPath: ReadonlyMap<string, SourceFile>): SourceFile[][] {
  const chains = [[entry]]
  const seen = new Set([entry.path])
  for (const chain of chains) {
    for (const { typeOnly, target } of chain.at(-1)?.imports ?? []) {
      const next = target.kind === 'file' ? byPath.get(target.path) : undefined
      if (typeOnly || !next || seen.has(next.path)) continue
      seen.add(next.path)
      chains.push([...chain, next])
    }
  }
  return chains
}

function leadsTo(target: SourceFile['imports'][number]['target'], name: string): boolean {
  return target.kind === 'package' && target.name === name
}

function isHome(peer: string, { inside }: SourceFile): boolean {
  return foldersOf(peer).folders.some((folder) => inside.startsWith(folder))
}
