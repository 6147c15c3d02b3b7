import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { type ProveOptions, prove } from './prove.ts'

/** A repository with the given files, and a record of what `prove` did there. */
function repository(files: Record<string, string>, changes: Partial<ProveOptions> = {}) {
  const root = mkdtempSync(join(tmpdir(), 'fastkit-proofs-'))
  onTestFinished(() => rmSync(root, { recursive: true }))
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  const printed: string[] = []
  const ran: string[] = []
  const options: ProveOptions = {
    root,
    env: { FASTKIT_SEED: '7' },
    print: (line) => printed.push(line),
    generate: () => {
      ran.push('generate')
      return 0
    },
    run: async (file, { seed }) => {
      ran.push(`${file.slice(root.length + 1)} with ${seed}`)
      return 3
    },
    ...changes,
  }
  return { printed, ran, prove: (...args: string[]) => prove(args, options) }
}

const twoProofs = {
  'packages/db/src/soft-delete/leaks.prove.ts':
    '/**\n * No query sees a trashed row.\n *\n * More.\n */\nimport 1',
  'examples/shop/src/race.prove.ts': '/** Two buyers, one item. */\n',
  'packages/db/src/leaks.test.ts': '',
  'packages/db/test/elsewhere.prove.ts': '',
}

test('a repository without proofs says so', async () => {
  const { printed, prove } = repository({})
  expect(await prove()).toBe(0)
  expect(printed).toEqual(['no proofs yet'])
})

test('the list has names in order, each with the first line of its comment', async () => {
  const { printed, ran, prove } = repository(twoProofs)
  expect(await prove()).toBe(0)
  expect(printed).toEqual(['leaks  No query sees a trashed row.', 'race   Two buyers, one item.'])
  expect(ran).toEqual([])
})

test('a proof without a comment at its top is listed by name alone', async () => {
  const { printed, prove } = repository({ 'tools/x/src/a.prove.ts': "import '/** no */'\n" })
  await prove()
  expect(printed).toEqual(['a'])
})

test('a named proof runs after generation, prints its seed, and its exit code is kept', async () => {
  const { printed, ran, prove } = repository(twoProofs)
  expect(await prove('race')).toBe(3)
  expect(printed).toEqual(['Proving race; repeat this run with FASTKIT_SEED=7 pnpm prove race'])
  expect(ran).toEqual(['generate', 'examples/shop/src/race.prove.ts with 7'])
})

test('without FASTKIT_SEED the seed is fresh and printed', async () => {
  const { printed, ran, prove } = repository(twoProofs, { env: {} })
  await prove('race')
  const seed = /FASTKIT_SEED=(\d+) /.exec(printed[0] ?? '')?.[1]
  expect(ran[1]).toBe(`examples/shop/src/race.prove.ts with ${seed}`)
})

test('nothing is proved when generation fails', async () => {
  const { ran, prove } = repository(twoProofs, { generate: () => 2 })
  expect(await prove('race')).toBe(2)
  expect(ran).toEqual([])
})

test('an unknown name lists the known ones', async () => {
  const { printed, ran, prove } = repository(twoProofs)
  expect(await prove('peace')).toBe(1)
  expect(printed).toEqual(['No proof is named peace. Proofs: leaks, race'])
  expect(ran).toEqual([])
})

test('two proofs of one name are refused', async () => {
  const { prove } = repository({ 'packages/a/src/x.prove.ts': '', 'packages/b/src/x.prove.ts': '' })
  await expect(prove()).rejects.toThrow('Two proofs are named x; one is packages/b/src/x.prove.ts')
})
