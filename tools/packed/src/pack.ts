import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Manifest } from './manifest.ts'
import { runOrThrow } from './run.ts'

export interface PackedPackage {
  /** As published: without the repository's `workspace:` and `catalog:`. */
  readonly manifest: Manifest
  readonly tarball: string
  /** Paths inside the tarball, without the leading `package/`. */
  readonly files: readonly string[]
  /** The package's folder in the repository. */
  readonly source: string
}

/** Packs every public package of the repository into `folder`. Throws when one is not built. */
export async function packPackages(root: string, folder: string): Promise<PackedPackage[]> {
  const sources = globSync('packages/*/package.json', { cwd: root }).sort().map(dirname)
  const unbuilt = sources.filter((source) => !existsSync(join(root, source, 'dist/index.js')))
  if (unbuilt.length > 0) throw new Error(`Run \`pnpm run build\` first; not built: ${unbuilt.join(', ')}`)
  await runOrThrow('pnpm', ['-r', '--filter', './packages/*', 'pack', '--pack-destination', folder], {
    cwd: root,
  })
  return Promise.all(sources.map((source) => readTarball(join(root, source), folder)))
}

async function readTarball(source: string, folder: string): Promise<PackedPackage> {
  const { name, version }: Manifest = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8'))
  const tarball = join(folder, `${name.replace('@', '').replace('/', '-')}-${version}.tgz`)
  const [list, manifest] = await Promise.all([
    runOrThrow('tar', ['-tzf', tarball], { cwd: folder }),
    runOrThrow('tar', ['-xzOf', tarball, 'package/package.json'], { cwd: folder }),
  ])
  const files = list
    .trim()
    .split('\n')
    .map((path) => path.replace('package/', ''))
  return { manifest: JSON.parse(manifest), tarball, files, source }
}
