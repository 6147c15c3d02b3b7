import { existsSync, readdirSync } from 'node:fs'
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
    projects: folders
      .filter((folder) => existsSync(`${folder}/package.json`))
      .map((folder) => ({
        extends: true as const,
        root: folder,
        test: { name: folder, include: ['src/**/*.test.ts', 'test/**/*.test.ts'] },
      })),
  },
})
