import { ConfigError } from './errors.ts'

/** The part of `node:fs` that is used. */
export interface FileSystem {
  readFileSync(path: string, encoding: 'utf8'): string
  statSync(path: string): { readonly mode: number }
}

/**
 * Node's file system, asked for only when a file is: an import of `node:fs` would keep this package out of runtimes
 * that have none. @throws ConfigError `CONFIG_DEFINITION` where there is none
 */
export function fileSystem(): FileSystem {
  const found: FileSystem | undefined = globalThis.process?.getBuiltinModule?.('node:fs')
  if (!found) {
    const fix = 'leave out `directory`, and variables that end in _FILE'
    throw new ConfigError('CONFIG_DEFINITION', `There is no file system here: ${fix}`)
  }
  return found
}
