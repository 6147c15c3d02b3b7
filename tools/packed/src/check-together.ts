import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkTypes } from './check-types.ts'
import { createConsumer, load, testedPeer } from './consumer.ts'
import { importNames, peers } from './manifest.ts'
import type { Place } from './place.ts'

/** Installs all packages with all their peers, then loads and type-checks everything that can be imported. */
export async function checkTogether(place: Place): Promise<string[]> {
  const specs = place.packages.flatMap((packed) => [
    packed.tarball,
    ...peers(packed.manifest, { optional: true }).map((peer) => testedPeer(peer, packed)),
  ])
  const folder = await createConsumer([...new Set(specs), nodeTypes(place.root)], place)
  const names = place.packages.flatMap((packed) => importNames(packed.manifest))
  return (await Promise.all([load(names, folder, place), checkTypes(names, folder, place.root)])).flat()
}

function nodeTypes(root: string): string {
  const manifest = readFileSync(join(root, 'node_modules/@types/node/package.json'), 'utf8')
  const { version }: { version: string } = JSON.parse(manifest)
  return `@types/node@${version}`
}
