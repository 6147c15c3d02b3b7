import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Manifest, readManifest } from './manifest.ts'
import { resolveSpecifier, type Target } from './resolve.ts'
import { type Mention, readSource, type SourceText } from './source-file.ts'

/** `published` ends up in a tarball, `test` runs under vitest or is only type-checked, `tooling` is everything else. */
export type Role = 'published' | 'test' | 'tooling'

export interface Import extends Mention {
  readonly target: Target
}

export interface SourceFile extends Omit<SourceText, 'mentions'> {
  /** From the root of the repository. */
  readonly path: string
  /** From the folder of its package, `src/hono/index.ts`. */
  readonly inside: string
  readonly role: Role
  readonly imports: readonly Import[]
}

export interface Package {
  /** `@fastkit/cache`; the folder when the manifest has no name. */
  readonly name: string
  /** From the root of the repository, `packages/cache`. */
  readonly folder: string
  /** The folder above: only `packages` are published. */
  readonly group: 'packages' | 'examples' | 'tools'
  readonly manifest: Manifest
  /** From the folder of the package; fixtures and ignored files left out. */
  readonly files: readonly string[]
  readonly sources: readonly SourceFile[]
  /** Its scripts, configuration files and examples in Markdown as one text, to look for the names of tools. */
  readonly configuration: string
  /** The commands a dependency brings, as far as it is installed: `typescript` → `tsc`. */
  readonly commands: ReadonlyMap<string, readonly string[]>
  /** What its installed dependencies ask their users to install. */
  readonly peers: ReadonlySet<string>
}

/** Reads one package of the workspace. */
export function readPackage(root: string, folder: string, files: readonly string[]): Package {
  const group = folder.split('/')[0] as Package['group']
  const manifest = readManifest(join(root, folder, 'package.json'))
  const text = (inside: string): string => readFileSync(join(root, folder, inside), 'utf8')
  const sources = files
    .filter((inside) => /\.[cm]?[jt]sx?$/.test(inside))
    .map((inside): SourceFile => {
      const path = `${folder}/${inside}`
      const { mentions, ...rest } = readSource(path, text(inside))
      const imports = mentions.map((mention) => ({
        ...mention,
        target: resolveSpecifier(mention.specifier, path, { folder, manifest }),
      }))
      return { ...rest, path, inside, role: roleOf(group, inside), imports }
    })
  const configuration = [
    ...Object.values(manifest.scripts ?? {}),
    ...files.filter((inside) => isConfiguration(inside)).map(text),
    ...documentsOf(folder, files).map(text),
    ...(files.some((inside) => inside.endsWith('.prisma')) ? generatedClientUses : []),
  ].join('\n')
  const installed = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }).map(
    (name) => [name, readManifest(join(root, folder, 'node_modules', name, 'package.json'))] as const,
  )
  const commands = new Map(installed.map(([name, one]) => [name, commandsOf(name, one)]))
  const peers = new Set(installed.flatMap(([, one]) => Object.keys(one.peerDependencies ?? {})))
  return {
    name: manifest.name ?? folder,
    folder,
    group,
    manifest,
    files,
    sources,
    configuration,
    commands,
    peers,
  }
}

function roleOf(group: Package['group'], inside: string): Role {
  if (/\.(test(-d)?|prove)\.ts$/.test(inside) || inside.startsWith('test/')) return 'test'
  return group === 'packages' && inside.startsWith('src/') ? 'published' : 'tooling'
}

function isConfiguration(inside: string): boolean {
  return (
    /\.(jsonc?|ya?ml|toml|prisma)$/.test(inside) && inside !== 'package.json' && !/^(src|test)\//.test(inside)
  )
}

/** What the client needs that Prisma generates from a schema, into a folder git ignores. */
const generatedClientUses: readonly string[] = ['prisma', '@prisma/client']

/** Code in a README runs with what its package declares; tools/readme runs that of the repository's own. */
function documentsOf(folder: string, files: readonly string[]): string[] {
  if (folder === 'tools/readme') return ['../../README.md']
  return files.includes('README.md') ? ['README.md'] : []
}

function commandsOf(name: string, { bin }: Manifest): string[] {
  if (bin === undefined) return []
  return typeof bin === 'string' ? [name.replace(/^@.+\//, '')] : Object.keys(bin)
}
