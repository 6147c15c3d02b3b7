import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type Manifest, readManifest } from './manifest.ts'
import { type Package, readPackage } from './package.ts'
import type { Lists } from './tool-lists.ts'

/** The repository as the rules see it: read once, then only looked at. */
export interface Workspace {
  /** The package.json at the root. */
  readonly manifest: Manifest
  readonly packages: readonly Package[]
  /** Every file git tracks or would track, from the root; fixtures left out. */
  readonly files: readonly string[]
  /** What vitest, tsc and pnpm say they would run, compile and pack. */
  readonly lists: Lists
}

/** Reads the packages below `packages/`, `examples/` and `tools/`. */
export function readWorkspace(root: string, lists: Lists): Workspace {
  const files = listFiles(root)
  const folders = new Set(
    files.flatMap((path) => /^(?:packages|examples|tools)\/[^/]+(?=\/)/.exec(path) ?? []),
  )
  const packages = [...folders]
    .filter((folder) => folder.startsWith('packages/') || files.includes(`${folder}/package.json`))
    .map((folder) => {
      const own = files.filter((path) => path.startsWith(`${folder}/`))
      return readPackage(
        root,
        folder,
        own.map((path) => path.slice(folder.length + 1)),
      )
    })
  return { manifest: readManifest(join(root, 'package.json')), packages, files, lists }
}

/** Asks git, so that what is ignored there is ignored here. */
function listFiles(root: string): string[] {
  const output = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  })
  return [...new Set(output.split('\0'))]
    .filter((path) => path !== '' && !/(^|\/)fixtures\//.test(path) && existsSync(join(root, path)))
    .sort()
}
