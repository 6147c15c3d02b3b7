import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createConsumer, load, testedPeer } from './consumer.ts'
import { peers, siblings } from './manifest.ts'
import type { PackedPackage } from './pack.ts'
import type { Place } from './place.ts'

/**
 * Installs one package with nothing that is optional: it brings no other package of ours but the interface types, and
 * its main entry loads.
 */
export async function checkAlone(packed: PackedPackage, place: Place): Promise<string[]> {
  const { name } = packed.manifest
  const scope = dirname(name)
  const wanted = [name, ...siblings(packed.manifest)]
  const tarballs = place.packages
    .filter((each) => wanted.includes(each.manifest.name))
    .map((each) => each.tarball)
  const required = peers(packed.manifest, { optional: false }).map((peer) => testedPeer(peer, packed))
  const folder = await createConsumer([...tarballs, ...required], place)

  const installed = readdirSync(join(folder, 'node_modules', scope)).map((each) => `${scope}/${each}`)
  const unexpected = installed.filter((each) => each !== name && each !== `${scope}/contracts`)
  const failures = await load([name], folder, place)
  return [
    ...unexpected.map((each) => `${name}: installing it alone also installs ${each}`),
    ...failures.map((failure) => `${failure} (installed alone)`),
  ]
}
