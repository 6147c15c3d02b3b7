import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const folder = join(import.meta.dirname, '..')

function check(
  fixture: string,
  ...flags: string[]
): { status: number | null; stdout: string; stderr: string } {
  const args = [join(folder, 'check.ts'), join(folder, 'fixtures', fixture), ...flags]
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  return { status, stdout, stderr }
}

it('a clean repository is counted and passes', () => {
  expect(check('clean')).toMatchObject({ status: 0, stdout: 'boundaries: 4 packages, 15 files, ok\n' })
})

it('violations are printed one to a line and fail', () => {
  const expected = readFileSync(join(folder, 'fixtures/sibling/expected.txt'), 'utf8')
  expect(check('sibling')).toMatchObject({ status: 1, stdout: expected })
})

it('a package that is not built is passed over aloud', () => {
  expect(check('clean').stderr).toContain('tarball: not built, skipped: packages/contracts')
})

it('a package that is not built fails with --built', () => {
  expect(check('clean', '--built')).toMatchObject({
    status: 1,
    stdout: 'packages/contracts: is not built; build it, then check its tarball\n',
  })
})
