import { execFile } from 'node:child_process'

export interface RunOptions {
  readonly cwd: string
  readonly env?: NodeJS.ProcessEnv
}

export interface Finished {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs a program to its end and resolves with what it printed, also when it fails. */
export function run(program: string, args: readonly string[], options: RunOptions): Promise<Finished> {
  const { cwd, env = process.env } = options
  return new Promise((resolve) => {
    execFile(program, args, { cwd, env, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1
      resolve({
        code,
        stdout,
        stderr: stderr === '' && error !== null && stdout === '' ? error.message : stderr,
      })
    })
  })
}

/** Like `run`, but throws with the program's output unless it exits with 0. */
export async function runOrThrow(
  program: string,
  args: readonly string[],
  options: RunOptions,
): Promise<string> {
  const { code, stdout, stderr } = await run(program, args, options)
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${code}: ${stderr}${stdout}`)
  return stdout
}
