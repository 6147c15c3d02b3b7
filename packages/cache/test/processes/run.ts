import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'

export interface ProcessReport {
  readonly stale: number
  readonly reads: number
  readonly loads: number
}

/** Runs `invalidating.ts` in several processes at the same time. */
export async function runProcesses(count: number, args: readonly string[]): Promise<ProcessReport[]> {
  const program = join(import.meta.dirname, 'invalidating.ts')
  const run = async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [program, ...args])
    return JSON.parse(stdout) as ProcessReport
  }
  return Promise.all(Array.from({ length: count }, run))
}
