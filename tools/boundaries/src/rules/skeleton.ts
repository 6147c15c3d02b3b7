import type { Package } from '../package.ts'
import type { Violation } from '../rule.ts'
import type { Workspace } from '../workspace.ts'
import { manifestProblems } from './skeleton-manifest.ts'

const FILES = ['README.md', 'package.json', 'tsconfig.json', 'tsconfig.build.json', 'src/index.ts']

/** Gives every package the same shape, so that who knows one finds the way in all. */
export function skeleton({ packages }: Workspace): Violation[] {
  const published = packages.filter(({ group }) => group === 'packages')
  return [
    ...packages.flatMap(namelessHelpers),
    ...published.flatMap(missingFiles),
    ...published.flatMap(barrelImports),
    ...published
      .filter(({ files }) => files.includes('package.json'))
      .flatMap((one) =>
        manifestProblems(one).map((message) => ({ path: `${one.folder}/package.json`, message })),
      ),
  ]
}

function missingFiles({ folder, files, sources }: Package): Violation[] {
  const missing = FILES.filter((file) => !files.includes(file)).map((file) => ({
    path: `${folder}/${file}`,
    message: 'is missing; every package has it',
  }))
  const thrower = sources.find(({ role, throws }) => role === 'published' && throws)
  if (!thrower || files.includes('src/errors.ts')) return missing
  return [
    ...missing,
    {
      path: `${folder}/src/errors.ts`,
      message: `is missing although ${thrower.inside} throws; a package that throws declares its codes and its error class there`,
    },
  ]
}

/** A name that fits everything tells nothing. */
function namelessHelpers({ folder, files }: Package): Violation[] {
  return files
    .filter((file) => /(^|\/)(utils|helpers)\.ts$/.test(file))
    .map((file) => ({
      path: `${folder}/${file}`,
      message: 'has a name that says nothing; move each function below the code that uses it',
    }))
}

/** The `index.ts` of an entry is the list for users; imports through it make cycles and load everything. */
function barrelImports({ folder, manifest, sources }: Package): Violation[] {
  const barrels = Object.values({ '.': './src/index.ts', ...manifest.exports })
    .filter((target) => typeof target === 'string' && /\/index\.ts$/.test(target))
    .map((target) => `${folder}/${String(target).replace('./', '')}`)
  return sources
    .filter(({ role }) => role === 'published')
    .flatMap(({ path, imports }) =>
      imports
        .filter(({ target }) => target.kind === 'file' && barrels.includes(target.path))
        .map(({ specifier }) => ({
          path,
          message: `imports '${specifier}', a list of exports for users; import the file that has the code`,
        })),
    )
}
