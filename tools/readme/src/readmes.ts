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

/** Examples with a database use the client and the tables of the tests of `@fastkit/db`. */
function preludeOf(root: string, owner: string, folder: string): Record<string, string> {
  const tests = join(root, 'packages/db/test')
  if (!['tools/readme', 'packages/db'].includes(owner) || !existsSync(join(tests, 'prisma/schema.prisma')))
    return {}
  const file = 'generated/prisma/client.ts'
  const client = relative(dirname(join(folder, file)), join(tests, 'generated/sqlite/client.ts'))
  const migration = '20260101000000_init/migration.sql'
  return {
    [file]: `export * from '${client}'\n`,
    [`prisma/migrations/${migration}`]: readFileSync(join(tests, 'migrations/sqlite', migration), 'utf8'),
  }
}
