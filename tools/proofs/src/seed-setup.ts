import type { TestProject } from 'vitest/node'
import { readSeed } from './seed.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** One number per test run, printed by it. `FASTKIT_SEED` repeats a run. */
    seed: number
  }
}

/** Vitest calls this once before all test files. */
export default function setup(project: TestProject): void {
  const seed = readSeed(process.env)
  console.log(`[seed] ${seed}`)
  project.provide('seed', seed)
}
