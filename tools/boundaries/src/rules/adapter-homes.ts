/** Libraries that live in one folder of any package. Their subpaths (`hono/cors`) live there, too. */
const FOLDERS: Readonly<Record<string, readonly string[]>> = {
  hono: ['src/hono/', 'src/client/', 'src/openapi/'],
  redis: ['src/redis/'],
}

/** Libraries that one package wraps for the others. */
const OWNERS: readonly (readonly [RegExp, string])[] = [
  [/^(@prisma\/.+|prisma)$/, '@fastkit/db'],
  [/^valibot$/, '@fastkit/validation'],
  [/^pino$/, '@fastkit/logger'],
]

/** Folders for code that needs Node, or something that has Node's modules. */
const NODE_FOLDERS = ['src/node/', 'src/context/', 'src/load/', 'src/migrate/', 'src/testing/']

/** Packages that make sense only where there is an environment to read and a stream to write. */
const NODE_PACKAGES = ['@fastkit/config', '@fastkit/logger']

/** Returns the only package that may import a library, if there is one. */
export function ownerOf(library: string): string | undefined {
  return OWNERS.find(([names]) => names.test(library))?.[1]
}

/**
 * Returns the folders a library belongs in, and whether it always does or only as an optional peer.
 *
 * An optional peer not listed above belongs in a folder named after it or a word of its name: `hono-openapi` in
 * `src/hono-openapi/`, `src/hono/` or `src/openapi/`.
 */
export function foldersOf(library: string): { folders: readonly string[]; always: boolean } {
  const folders = FOLDERS[library]
  if (folders) return { folders, always: true }
  const name = library.replace(/^@.+\//, '')
  const words = library.match(/[a-z0-9]+/gi) ?? []
  return { folders: [...new Set([name, ...words])].map((word) => `src/${word}/`), always: false }
}

/** Returns what to do about a built-in of Node in a file, or nothing when it may stay. */
export function builtinAdvice(packageName: string, inside: string, specifier: string): string | undefined {
  if (NODE_PACKAGES.includes(packageName) || NODE_FOLDERS.some((folder) => inside.startsWith(folder)))
    return undefined
  if (inside.startsWith('src/hono/')) {
    if (specifier === 'node:async_hooks') return undefined
    return 'a Hono adapter may use node:async_hooks only, it also runs where there is no Node'
  }
  return `move what needs Node to ${NODE_FOLDERS.slice(0, -1).join(', ')} or ${NODE_FOLDERS.at(-1)}`
}
