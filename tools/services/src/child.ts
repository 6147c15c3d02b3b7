import { spawn } from 'node:child_process'
import type { Account } from './account.ts'
import type { PrivateFolder } from './private-folder.ts'

export interface ChildOptions {
  /** The working folder. The process does not outlive it. */
  readonly folder: PrivateFolder
  readonly account: Account | undefined
  /** Sent when our own process ends before the child. @default 'SIGKILL' */
  readonly lastSignal?: NodeJS.Signals
}

export interface Child {
  /** Resolves, never rejects, with the exit code and the end of what the process printed. */
  readonly ended: Promise<Ending>
  signal(signal: NodeJS.Signals): void
}

export interface Ending {
  /** Null when a signal ended the process or it could not be run. */
  readonly code: number | null
  readonly output: string
}

/**
 * Starts a program in a process group of its own: Ctrl-C in the terminal reaches us and not the child, and a signal
 * reaches whatever the child has started.
 */
export function startChild(command: string, args: readonly string[], options: ChildOptions): Child {
  const { folder, account, lastSignal = 'SIGKILL' } = options
  const child = spawn(command, args, {
    ...account,
    cwd: folder.path,
    env: { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' }, // the same on every machine
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  if (child.pid !== undefined) folder.inhabitedBy(child.pid, lastSignal)

  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-2000)
    })
  }
  const ended = new Promise<Ending>((resolve) => {
    child.once('error', (error) => resolve({ code: null, output: error.message }))
    child.once('close', (code) => {
      folder.vacated()
      resolve({ code, output: output.trim() })
    })
  })
  return { ended, signal }

  function signal(name: NodeJS.Signals): void {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
    try {
      process.kill(-child.pid, name)
    } catch {
      // It ended in this very moment.
    }
  }
}

/** Runs a program to its end. Throws with what it printed unless it exits with 0. */
export async function runChild(
  command: string,
  args: readonly string[],
  options: ChildOptions,
): Promise<void> {
  const { code, output } = await startChild(command, args, options).ended
  if (code !== 0) throw new Error(`${command} failed (${code ?? 'not run'}): ${output}`)
}
