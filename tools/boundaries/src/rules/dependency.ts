import { declaredNames, type Manifest } from '../manifest.ts'
import type { Package, SourceFile } from '../package.ts'
import type { Violation } from '../rule.ts'
import type { Workspace } from '../workspace.ts'

/**
 * Holds package.json and imports together: what is imported is declared, what is declared is used.
 *
 * Published code may count only on what its users install. A type-only import needs that as well: it stands in the
 * .d.ts. Tests and tooling may use every kind of dependency, and the root's devDependencies.
 */
export function dependency({ manifest: root, packages }: Workspace): Violation[] {
  return packages.flatMap((one) => [
    ...one.sources.flatMap((source) => undeclared(one, source, root)),
    ...unused(one).map((message) => ({ path: `${one.folder}/package.json`, message })),
  ])
}

function undeclared({ folder, manifest }: Package, source: SourceFile, root: Manifest): Violation[] {
  const installed = new Set(
    Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies, ...manifest.peerDependencies }),
  )
  const allowed =
    source.role === 'published'
      ? installed
      : new Set([...declaredNames(manifest), ...Object.keys(root.devDependencies ?? {})])
  return [...importedNames([source])]
    .filter((name) => !allowed.has(name))
    .map((name) => ({
      path: source.path,
      message:
        source.role === 'published'
          ? `imports '${name}', which users of the package do not get; add it to dependencies or peerDependencies of ${folder}/package.json`
          : `imports '${name}', which is not declared; add it to devDependencies of ${folder}/package.json`,
    }))
}

function unused(one: Package): string[] {
  const { group, manifest, sources } = one
  const anywhere = importedNames(sources)
  const shipped = importedNames(sources.filter(({ role }) => role === 'published'))
  const needless = (name: string): boolean =>
    group === 'packages' ? !shipped.has(name) : !anywhere.has(name) && !isNamed(one, name)

  const runtime = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies })
    .filter(needless)
    .map((name) =>
      group === 'packages'
        ? `declares '${name}', which no published source imports; remove it, or make it a devDependency if tests need it`
        : `declares '${name}', which nothing here imports, runs or configures; remove it`,
    )
  const development = Object.keys(manifest.devDependencies ?? {})
    .filter((name) => !anywhere.has(name) && !isNamed(one, name))
    .filter((name) => manifest.peerDependencies?.[name] === undefined && !name.startsWith('@types/'))
    .map(
      (name) => `has the devDependency '${name}', which nothing here imports, runs or configures; remove it`,
    )
  return [...runtime, ...development]
}

function importedNames(sources: readonly SourceFile[]): Set<string> {
  return new Set(
    sources
      .flatMap(({ imports }) => imports)
      .flatMap(({ target }) => (target.kind === 'package' ? [target.name] : [])),
  )
}

/** Looks for the name of a dependency, or of a command it brings, in the scripts and configuration of a package. */
function isNamed({ configuration, commands, peers }: Package, dependencyName: string): boolean {
  if (peers.has(dependencyName)) return true
  return [dependencyName, ...(commands.get(dependencyName) ?? [])].some((name) =>
    new RegExp(`(?<![\\w@/.-])${name.replaceAll('.', '\\.')}(?![\\w.-])`).test(configuration),
  )
}
