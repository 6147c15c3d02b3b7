import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { parseSnippets, type Snippet } from './snippet.ts'

/** A README and the files that its code becomes. */
export interface Readme {
  /** Path in the repository. */
  readonly path: string
  /** Folder for the files, absolute. */
  readonly folder: string
  readonly snippets: readonly Snippet[]
  /** Files that snippets may import, by path in the folder. */
  readonly prelude: Readonly<Record<string, string>>
}

/** Reads the READMEs whose code has to work. Throws with path and line when a fence is wrong. */
export function readReadmes(root: string): Readme[] {
  const paths = globSync(['README.md', 'packages/*/README.md'], { cwd: root }).sort()
  return paths.map((path) => {
    const owner = path === 'README.md' ? 'tools/readme' : dirname(path)
    const folder = join(root, owner, '.readme')
    return { path, folder, snippets: snippetsOf(root, path), prelude: preludeOf(root, owner, folder) }
  })
}

function snippetsOf(root: string, path: string): Snippet[] {
  try {
    return parseSnippets(readFileSync(join(root, path), 'utf8'))
  } catch (error) {
    throw new Error(`${path}: ${(error as Error).message}`, { cause: error })
  }
}

/** Examples with a database import the client that `prisma generate` made for the tests of `@fastkit/db`. */
function preludeOf(root: string, owner: string, folder: string): Record<string, string> {
  const schema = join(root, 'packages/db/test/prisma/schema.prisma')
  if (!['tools/readme', 'packages/db'].includes(owner) || !existsSync(schema)) return {}
  const file = 'generated/prisma/client.ts'
  const client = join(root, 'packages/db/test/generated/sqlite/client.ts')
  return { [file]: `export * from '${relative(dirname(join(folder, file)), client)}'\n` }
}
