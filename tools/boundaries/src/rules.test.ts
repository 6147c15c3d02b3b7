import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { linesOf, rules } from './rules.ts'
import { readLists } from './tool-lists.ts'
import { readWorkspace } from './workspace.ts'

const fixtures = join(import.meta.dirname, '../fixtures')
const folders = readdirSync(fixtures, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)

it('every rule has a fixture, and there is a clean one', () => {
  expect(folders.sort()).toEqual([...Object.keys(rules), 'clean'].sort())
})

describe.each(folders)('fixture %s', (folder) => {
  const root = join(fixtures, folder)
  const workspace = readWorkspace(root, readLists(join(root, 'lists.json')))
  const expected = join(root, 'expected.txt')

  it.each(Object.entries(rules))('rule %s says exactly what it should', (name, rule) => {
    const lines = name === folder ? readFileSync(expected, 'utf8').trimEnd().split('\n') : []
    expect(linesOf(rule, workspace)).toEqual(lines)
  })

  it('expects violations unless it is the clean one', () => {
    expect(existsSync(expected)).toBe(folder !== 'clean')
  })
})
