import { findCycles } from '../cycles.ts'
import { declaredNames } from '../manifest.ts'
import type { Package } from '../package.ts'
import type { Violation } from '../rule.ts'
import type { Workspace } from '../workspace.ts'

/**
 * Refuses cycles between packages, and between the files of one package.
 *
 * A package counts what its package.json declares and whatever it imports, types too: both decide what must be built
 * first. Between files only imports that are left at run time count, since `import type` vanishes and orders nothing.
 */
export function cycle({ packages }: Workspace): Violation[] {
  const between = findCycles(packageGraph(packages)).map((names) => ({
    path: `${packages.find(({ name }) => name === names[0])?.folder}/package.json`,
    message: `cycle between packages: ${names.join(' → ')}; pass what one needs as an argument, or move it below both`,
  }))
  const within = packages
    .flatMap((one) => findCycles(fileGraph(one)))
    .map((paths) => ({
      path: paths[0] as string,
      message: `cycle between files: ${paths.join(' → ')}; move what they share into a file of its own, or write \`import type\``,
    }))
  return [...between, ...within]
}

function packageGraph(packages: readonly Package[]): Map<string, Set<string>> {
  const names = new Set(packages.map(({ name }) => name))
  return new Map(
    packages.map((one) => {
      const needed = declaredNames(one.manifest)
      for (const { target } of one.sources.flatMap(({ imports }) => imports)) {
        if (target.kind === 'package') needed.add(target.name)
        if (target.kind === 'file')
          for (const { folder, name } of packages) if (target.path.startsWith(`${folder}/`)) needed.add(name)
      }
      return [one.name, new Set([...needed].filter((name) => names.has(name)))]
    }),
  )
}

function fileGraph({ sources }: Package): Map<string, Set<string>> {
  return new Map(
    sources.map(({ path, imports }) => [
      path,
      new Set(
        imports.flatMap(({ typeOnly, target }) => (!typeOnly && target.kind === 'file' ? [target.path] : [])),
      ),
    ]),
  )
}
