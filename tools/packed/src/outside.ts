import { delimiter } from 'node:path'
import { runOrThrow } from './run.ts'

/** The machine as it is without the repository: its own Node and npm. */
export interface Outside {
  readonly env: NodeJS.ProcessEnv
  readonly nodeVersion: string
}

/**
 * Removes what pnpm and npx put in front: inside `pnpm run`, `node` is the repository's own Node 24, and npm would
 * install into the repository.
 */
export async function outsideEnvironment(env: NodeJS.ProcessEnv): Promise<Outside> {
  const outside: NodeJS.ProcessEnv = { ...env, PATH: outsidePath(env['PATH'] ?? '') }
  delete outside['npm_config_local_prefix']
  const version = await runOrThrow('node', ['--version'], { cwd: '/', env: outside })
  return { env: outside, nodeVersion: version.trim().slice(1) }
}

export function outsidePath(path: string): string {
  return path
    .split(delimiter)
    .filter((folder) => !/[/\\]node_modules([/\\]|$)/.test(folder))
    .join(delimiter)
}
