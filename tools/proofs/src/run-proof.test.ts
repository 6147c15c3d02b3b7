import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../test/repository')

/** In a process of its own, as `pnpm prove` does: vitest sets the exit code. */
function run(name: string) {
  const script = `
    import { runProof } from '${import.meta.dirname}/run-proof.ts'
    process.exitCode = await runProof('${root}/packages/sums/src/${name}.prove.ts', {
      root: '${root}', seed: 42, setup: ['${import.meta.dirname}/seed-setup.ts'],
    })`
  const env = { PATH: process.env['PATH'], NO_COLOR: '1' }
  return spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8', env })
}

test('a proof that holds ends with 0', () => {
  const { status, stdout } = run('sums')
  expect(stdout).toContain('2 passed')
  expect(status).toBe(0)
})

test('a proof that fails ends with 1', () => {
  const { status, stdout } = run('wrong')
  expect(stdout).toContain('1 failed')
  expect(status).toBe(1)
})
