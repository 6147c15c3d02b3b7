import { createRequire } from 'node:module'

export interface Compiler {
  readonly version: string
  /** Path of the command. */
  readonly tsc: string
  /** One checker: with several, counters depend on how files fell to them. */
  readonly flags: readonly string[]
  /** How much longer than plain Prisma repositories may take to check. */
  readonly maxExtraMs: number
}

export function typescript7(): Compiler {
  return { ...find('typescript'), flags: ['--singleThreaded'], maxExtraMs: 600 }
}

export function typescript59(): Compiler {
  return { ...find('typescript-5-9'), flags: [], maxExtraMs: 2500 }
}

function find(name: string): Pick<Compiler, 'version' | 'tsc'> {
  const require = createRequire(import.meta.url)
  const manifest = require.resolve(`${name}/package.json`)
  return { version: require(manifest).version, tsc: manifest.replace(/package\.json$/, 'bin/tsc') }
}
