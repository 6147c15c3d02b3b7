import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const bin = fileURLToPath(new URL('fastkit-db.ts', import.meta.url))
const clients = fileURLToPath(new URL('../../test/lint/clients.ts', import.meta.url))

interface Ended {
  readonly code: number | string | null | undefined
  readonly stdout: string
  readonly stderr: string
}

/** Runs the command as its users do: as a process of its own. */
const run = (...args: readonly string[]) =>
  new Promise<Ended>((resolve) => {
    execFile(process.execPath, [bin, ...args], { timeout: 10_000 }, (error, stdout, stderr) =>
      resolve({ code: error ? error.code : 0, stdout, stderr }),
    )
  })

let folder: string
const file = (name: string) => join(folder, name)
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fastkit-lint-'))
  await mkdir(file('schema/models'), { recursive: true })
  await writeFile(file('schema/schema.prisma'), 'datasource db {\n  provider = "sqlite"\n}\n')
  const model = 'model Note {\n id Int @id\n text String\n deletedAt DateTime?\n}\n'
  await writeFile(file('schema/models/note.prisma'), model)
  await writeFile(file('broken.ts'), 'throw new Error("no DATABASE_URL")')
  await writeFile(file('nothing.mjs'), 'export const prisma = {}')
})
afterAll(() => rm(folder, { recursive: true }))

const note = (declared: object) => [
  'lint',
  '--schema',
  file('schema'),
  '--mixins',
  JSON.stringify({ note: declared }),
]

describe('0', () => {
  test.concurrent('when nothing is found', async () => {
    expect(await run(...note({}))).toEqual({ code: 0, stdout: 'No findings\n', stderr: '' })
    expect(await run(...note({}), '--json')).toEqual({ code: 0, stdout: '[]\n', stderr: '' })
  })

  test.concurrent('for findings that are excepted', async () => {
    const { code } = await run(...note({ softDelete: true }), '--except', 'Note.deletedAt', '--except', 'A.b')
    expect(code).toBe(0)
  })

  test.concurrent('for help', async () => {
    for (const args of [['--help'], ['lint', '-h']]) {
      expect(await run(...args)).toMatchObject({
        code: 0,
        stdout: expect.stringContaining('usage: fastkit-db'),
      })
    }
  })
})

describe('1', () => {
  test.concurrent('with findings, each in a line before its SQL', async () => {
    expect(await run(...note({ softDelete: true, version: true }))).toEqual({
      code: 1,
      stdout: `Note.version: version needs a field: version Int (column-missing)
Note.deletedAt: Finding deleted rows reads the whole table: it needs an index (soft-delete-without-index)
    -- schema.prisma: @@index([deletedAt])
    CREATE INDEX "Note_deletedAt_idx" ON "Note"("deletedAt");
2 findings
`,
      stderr: '',
    })
  })

  test.concurrent('with findings as JSON', async () => {
    const { code, stdout } = await run(...note({ version: true }), '--json')
    const message = 'version needs a field: version Int'
    expect([code, JSON.parse(stdout)]).toEqual([
      1,
      [{ rule: 'column-missing', model: 'Note', field: 'version', message }],
    ])
  })

  test.concurrent('from every client a module exports, and the process ends', async () => {
    const { code, stdout } = await run('lint', '--client', clients, '--json')
    const found = (JSON.parse(stdout) as { model: string; field: string }[]).map(
      ({ model, field }) => `${model}.${field}`,
    )
    expect([code, found]).toEqual([
      1,
      ['Book.authorId+title', 'Book.removedAt', 'Author.email', 'Author.deletedAt'],
    ])
  })
})

describe('2, with a word on stderr and nothing on stdout', () => {
  test.concurrent.each<[string, readonly string[], string]>([
    ['no command', [], 'usage: fastkit-db lint'],
    ['an unknown command', ['lnt'], 'there is no command "lnt"'],
    ['no options', ['lint'], 'give either --client or --mixins'],
    ['an unknown option', ['lint', '--clint', 'x'], "Unknown option '--clint'"],
    ['an argument too many', ['lint', 'x'], "Unexpected argument 'x'"],
    ['--mixins without --schema', ['lint', '--mixins', '{}'], '--mixins needs --schema'],
    [
      'a schema that is not there',
      ['lint', '--schema', '/none', '--mixins', '{}'],
      "no such file or directory, stat '/none'",
    ],
    ['no JSON', ['lint', '--schema', bin, '--mixins', '{'], '--mixins must be a JSON object'],
    ['no JSON object', ['lint', '--schema', bin, '--mixins', '[]'], '--mixins must be a JSON object'],
    ['what is no schema', ['lint', '--schema', bin, '--mixins', '{}'], 'must have a datasource'],
  ])('%s', async (_, args, text) => {
    expect(await run(...args)).toEqual({ code: 2, stdout: '', stderr: expect.stringContaining(text) })
  })

  test.concurrent('a model that is not there', async () => {
    const args = ['lint', '--schema', file('schema'), '--mixins', '{"nte":{}}']
    expect(await run(...args)).toMatchObject({
      code: 2,
      stdout: '',
      stderr: 'fastkit-db: lint: there is no model "nte"; there are: note\n',
    })
  })

  test.concurrent('a client that cannot be imported, or is none', async () => {
    expect(await run('lint', '--client', file('gone.ts'))).toMatchObject({ code: 2, stdout: '' })
    expect(await run('lint', '--client', file('broken.ts'))).toMatchObject({
      code: 2,
      stderr: 'fastkit-db: no DATABASE_URL\n',
    })
    expect(await run('lint', '--client', file('nothing.mjs'))).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('exports no client that is extended with mixins(…)'),
    })
  })
})
