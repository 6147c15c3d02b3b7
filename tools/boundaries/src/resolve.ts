import { isBuiltin } from 'node:module'
import { posix } from 'node:path'
import type { Manifest } from './manifest.ts'

/** Where an import leads. */
export type Target =
  | { readonly kind: 'builtin' }
  /** A file of the repository, from its root. It need not exist: generated files are not listed. */
  | { readonly kind: 'file'; readonly path: string }
  /** Something installed, or another package of the workspace. */
  | { readonly kind: 'package'; readonly name: string }

/** The package an import stands in. */
export interface Home {
  /** From the root of the repository, `packages/cache`. */
  readonly folder: string
  readonly manifest: Manifest
}

/** Finds where a specifier leads; a package's own name and its `#` imports lead to its own files. */
export function resolveSpecifier(specifier: string, from: string, { folder, manifest }: Home): Target {
  if (isBuiltin(specifier)) return { kind: 'builtin' }
  if (specifier.startsWith('.')) return { kind: 'file', path: posix.join(posix.dirname(from), specifier) }

  if (specifier.startsWith('#')) {
    const target = lookUp(manifest.imports, specifier) ?? specifier
    return target.startsWith('.')
      ? { kind: 'file', path: posix.join(folder, target) }
      : { kind: 'package', name: packageName(target) }
  }

  const name = packageName(specifier)
  if (name !== manifest.name) return { kind: 'package', name }
  const own = lookUp(manifest.exports, `.${specifier.slice(name.length)}`)
  return { kind: 'file', path: posix.join(folder, own ?? 'src/index.ts') }
}

function packageName(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}

/** Reads an `exports` or `imports` map: the exact key first, then patterns with one `*`. */
function lookUp(map: Readonly<Record<string, unknown>> = {}, key: string): string | undefined {
  const exact = firstText(map[key])
  if (exact !== undefined) return exact
  for (const [pattern, target] of Object.entries(map)) {
    const [before = '', after] = pattern.split('*')
    if (after === undefined || !key.startsWith(before) || !key.endsWith(after)) continue
    return firstText(target)?.replace('*', key.slice(before.length, key.length - after.length))
  }
  return undefined
}

/** Conditions all lead to the same module here, so the first one will do. */
function firstText(target: unknown): string | undefined {
  if (typeof target === 'object' && target !== null) return firstText(Object.values(target)[0])
  return typeof target === 'string' ? target : undefined
}
