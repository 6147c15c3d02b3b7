import { relative } from 'node:path'
import { startVitest } from 'vitest/node'

export interface RunOptions {
  readonly root: string
  readonly seed: number
  /** Global setup files. */
  readonly setup: readonly string[]
}

/** Runs one test file in one worker, without a time limit. Resolves with vitest's exit code. */
export async function runProof(file: string, { root, seed, setup }: RunOptions): Promise<number> {
  process.env['FASTKIT_SEED'] = String(seed) // for the setup, the proof, and what the proof itself starts
  await startVitest([], {
    config: false,
    root,
    include: [relative(root, file)],
    globalSetup: [...setup],
    watch: false,
    cache: false,
    maxWorkers: 1,
    testTimeout: 0,
    hookTimeout: 0,
    teardownTimeout: 60_000,
    reporters: ['verbose'],
    disableConsoleIntercept: true, // a long proof shows its progress while it runs
  })
  return Number(process.exitCode ?? 0)
}
