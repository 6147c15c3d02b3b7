import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { readReadmes } from './readmes.ts'

function repository(files: Record<string, string>): string {
  const root = mkdtempSync(join(tmpdir(), 'fastkit-readmes-'))
  onTestFinished(() => rmSync(root, { recursive: true }))
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  return root
}

const readme = '```ts\na()\n```\n'

test('the READMEs of the repository and of its packages are read', () => {
  const root = repository({
    'README.md': readme,
    'packages/http/README.md': readme,
    'examples/a/README.md': readme,
  })
  const readmes = readReadmes(root)
  expect(readmes.map(({ path, folder }) => [path, folder])).toEqual([
    ['README.md', join(root, 'tools/readme/.readme')],
    ['packages/http/README.md', join(root, 'packages/http/.readme')],
  ])
  expect(readmes[1]?.snippets).toMatchObject([{ line: 1, file: '01.ts', code: 'a()\n' }])
})

test('a wrong fence is named with its file', () => {
  const root = repository({ 'packages/db/README.md': '\n```ts skip\n```\n' })
  expect(() => readReadmes(root)).toThrow('packages/db/README.md: line 2: `skip` is neither')
})

test('examples with a database find the generated client and the tables', () => {
  const root = repository({
    'packages/db/test/prisma/schema.prisma': '',
    'packages/db/test/migrations/sqlite/20260101000000_init/migration.sql': 'CREATE TABLE a (b);',
    'README.md': '',
    'packages/db/README.md': '',
    'packages/http/README.md': '',
  })
  expect(readReadmes(root).map((each) => each.prelude['generated/prisma/client.ts'])).toEqual([
    "export * from '../../../../../packages/db/test/generated/sqlite/client.ts'\n",
    "export * from '../../../test/generated/sqlite/client.ts'\n",
    undefined,
  ])
  expect(readReadmes(root)[0]?.prelude).toMatchObject({
    'prisma/migrations/20260101000000_init/migration.sql': 'CREATE TABLE a (b);',
  })
})

test('without a schema there is no client', () => {
  expect(readReadmes(repository({ 'packages/db/README.md': '' }))[0]?.prelude).toEqual({})
})
