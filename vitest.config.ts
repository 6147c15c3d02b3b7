import { existsSync, readdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

/** Every package, example and tool is a project of the one test run: `vitest run --project packages/http`. */
const folders = ['packages', 'examples', 'tools'].flatMap((group) =>
  existsSync(group) ? readdirSync(group).map((name) => `${group}/${name}`) : [],
)

export default defineConfig({
  test: {
    globalSetup: ['./tools/services/src/setup.ts', './tools/proofs/src/seed-setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Most tests wait for a server, so there are more workers than the two cores CI has.
    maxWorkers: Math.max(3, availableParallelism() - 1),
    // A worker keeps its modules from file to file: none of them has state, and Prisma's clients take long to load.
    isolate: false,
    projects: folders
      .filter((folder) => existsSync(`${folder}/package.json`))
      .map((folder) => ({
        extends: true as const,
        root: folder,
        test: { name: folder, include: ['src/**/*.test.ts', 'test/**/*.test.ts'] },
      })),
  },
})
