import type { Package } from '../package.ts'
import type { Violation } from '../rule.ts'
import type { Workspace } from '../workspace.ts'

/** What a user has no use for, and why it may have got in. */
const UNWANTED: readonly (readonly [RegExp, string])[] = [
  [/\.test(-d)?\./, 'a test; exclude it in tsconfig.build.json'],
  [/(^|\/)(test|tests|fixtures|__tests__)\//, 'a test or a fixture; keep it out of dist'],
  [/\.tsbuildinfo$/, 'the state of a build; set tsBuildInfoFile to a place outside dist'],
  [/(?<!\.d)\.[cm]?tsx?$/, 'a source; publish only what the build makes of it'],
]

/** Looks at what would be packed. Packages that are not built have no list and are passed over. */
export function tarball({ packages, lists }: Workspace): Violation[] {
  return packages.flatMap((one) => {
    const files = lists.tarballs[one.folder]
    if (!files) return []
    return [...unwanted(files), ...missing(one, files)].map((message) => ({
      path: `${one.folder}/package.json`,
      message,
    }))
  })
}

/** Returns the published packages whose tarball cannot be known before a build. */
export function notBuilt({ packages, lists }: Workspace): string[] {
  return packages
    .filter(({ group, folder }) => group === 'packages' && !lists.tarballs[folder])
    .map(({ folder }) => folder)
}

function unwanted(files: readonly string[]): string[] {
  return files.flatMap((file) => {
    const reason = UNWANTED.find(([pattern]) => pattern.test(file))?.[1]
    return reason === undefined ? [] : [`would publish ${file}, ${reason}`]
  })
}

function missing({ manifest }: Package, files: readonly string[]): string[] {
  const promised = Object.values(manifest.publishConfig?.exports ?? {})
    .flatMap((target) => (typeof target === 'object' && target !== null ? Object.values(target) : [target]))
    .map((target) => String(target).replace('./', ''))
  return [...new Set(['README.md', 'dist/index.js', ...promised])]
    .filter((file) => !files.includes(file))
    .map((file) => `would publish no ${file}; users would miss it`)
}
