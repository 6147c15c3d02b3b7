import type { Violation } from '../rule.ts'
import type { Workspace } from '../workspace.ts'

/** Finds tests that nobody runs and type tests that nobody compiles: they look green for ever. */
export function testsListed({ files, lists }: Workspace): Violation[] {
  const ran = new Set(lists.ran)
  const compiled = new Set(lists.compiled)
  return [
    ...files
      .filter((path) => path.endsWith('.test.ts') && !ran.has(path))
      .map((path) => ({
        path,
        message:
          'no vitest project runs this test; move it below the src/ or test/ of a package, or widen include in vitest.config.ts',
      })),
    ...files
      .filter((path) => /\.test(-d)?\.ts$/.test(path) && !compiled.has(path))
      .map((path) => ({
        path,
        message:
          'the root tsconfig.json does not compile this test; move it below the src/ of a package, or widen include there',
      })),
  ]
}
