import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { readReadmes } from './readmes.ts'

const root = join(import.meta.dirname, '../../..')
const readmes = readReadmes(root)

// Examples print what they show.
beforeEach(() => {
  vi.spyOn(console, 'log').mockImplementation(() => undefined)
})

describe.each(readmes.filter((readme) => readme.snippets.length > 0))('$path', (readme) => {
  // Each example runs in a folder of its own, where it may leave a database.
  beforeEach(() => {
    const cwd = process.cwd()
    const folder = mkdtempSync(join(tmpdir(), 'fastkit-readme-'))
    const prisma = join(readme.folder, 'prisma')
    if (existsSync(prisma)) cpSync(prisma, join(folder, 'prisma'), { recursive: true })
    process.chdir(folder)
    return () => {
      process.chdir(cwd)
      rmSync(folder, { recursive: true })
    }
  })

  test.each(readme.snippets)('line $line', async ({ file, code, runs }) => {
    const path = join(readme.folder, file)
    const extracted = existsSync(path) ? readFileSync(path, 'utf8') : undefined
    expect(extracted, `${path} is out of date: pnpm run generate`).toBe(code)
    if (runs) await import(path)
  })
})

test('the type check of the repository includes every example', () => {
  const tsc = join(root, 'node_modules/.bin/tsc')
  const compiled = execFileSync(tsc, ['-p', root, '--listFilesOnly'], { encoding: 'utf8' }).split('\n')
  const examples = readmes.flatMap(({ folder, snippets }) => snippets.map(({ file }) => join(folder, file)))
  expect(examples.filter((path) => !compiled.includes(path))).toEqual([])
})
