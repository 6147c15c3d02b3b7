import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { folderOf } from '../../test/folder.ts'
import { runCommand } from './run-command.ts'

const bin = fileURLToPath(new URL('fastkit-i18n.ts', import.meta.url))

/** Runs the command as its users do: as a process of its own. */
const run = (...args: readonly string[]) =>
  new Promise<unknown>((resolve) => {
    execFile(process.execPath, [bin, ...args], { timeout: 10_000 }, (error, stdout, stderr) =>
      resolve({ exitCode: error ? error.code : 0, stdout, stderr }),
    )
  })

/** Findings of `check`, folder left out. */
async function check(files: Record<string, unknown>, ...args: readonly string[]): Promise<string[]> {
  const folder = await folderOf(files)
  const { stdout } = await runCommand(['check', folder, ...args])
  return stdout.replaceAll(`${folder}/`, '').trimEnd().split('\n').slice(0, -1)
}

describe('exit codes', () => {
  test('0 when nothing is found', async () => {
    const folder = await folderOf({ 'en.json': { a: 'x {n}' }, 'de.json': { a: 'y {n}' } })
    expect(await run('check', folder)).toEqual({ exitCode: 0, stdout: 'No findings\n', stderr: '' })
    expect(await runCommand(['check', folder, '--json'])).toEqual({ exitCode: 0, stdout: '[]\n', stderr: '' })
    expect(await runCommand(['--help'])).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('usage: fastkit-i18n'),
    })
  })

  test('1 with findings, one in a line', async () => {
    const folder = await folderOf({ 'en.json': { a: 'x' }, 'de.json': {} })
    const stdout = `${folder}/de.json: a: is missing (missing-key)\n1 finding\n`
    expect(await run('check', folder)).toEqual({ exitCode: 1, stdout, stderr: '' })
    const { stdout: json } = await runCommand(['check', folder, '--json'])
    const finding = {
      rule: 'missing-key',
      place: `${folder}/de.json`,
      locale: 'de',
      key: 'a',
      message: 'is missing',
    }
    expect(JSON.parse(json)).toEqual([finding])
  })

  test.each([
    [[], /^usage/],
    [['chekc', 'x'], /there is no command "chekc"/],
    [['check'], /give one folder/],
    [['check', 'a', 'b'], /give one folder/],
    [['check', '/nowhere/at/all'], /\/nowhere\/at\/all cannot be read/],
    [['check', '.', '--loc', 'en'], /--loc/],
  ])('2 for %j', async (args, stderr) => {
    expect(await runCommand(args)).toMatchObject({
      exitCode: 2,
      stdout: '',
      stderr: expect.stringMatching(stderr),
    })
  })

  test('2 for a reference there is not', async () => {
    const folder = await folderOf({ 'de.json': {}, 'fr.json': {} })
    const stderr = expect.stringContaining(`there is no catalogue "en" in ${folder}; there are: de, fr`)
    expect(await run('check', folder)).toMatchObject({ exitCode: 2, stdout: '', stderr })
  })
})

describe('check finds', () => {
  test('keys that are missing or surplus, in the file they belong in', async () => {
    expect(
      await check({
        'en.json': { a: 'x' },
        'en/invoices.json': { title: 'x', gone: { deep: 'x' } },
        'de.json': {},
        'de/invoices.json': { title: 'y', more: 'y' },
      }),
    ).toEqual([
      'de.json: a: is missing (missing-key)',
      'de/invoices.json: invoices.gone.deep: is missing (missing-key)',
      'de/invoices.json: invoices.more: is not in en (surplus-key)',
    ])
  })

  test('nothing missing in a regional catalogue that its language has', async () => {
    const files = { 'en.json': { a: 'x', b: 'x' }, 'de.json': { a: 'y' }, 'de-AT.json': {} }
    expect(await check(files)).toEqual([
      'de-AT.json: b: is missing (missing-key)',
      'de.json: b: is missing (missing-key)',
    ])
    expect(await check({ ...files, 'de.json': { a: 'y', b: 'y' } })).toEqual([])
  })

  test('parameters that differ', async () => {
    const en = { a: '{name} {n}', b: { one: 'one', other: '{count} of {all}' }, c: '{x}', d: 'no {{brace}}' }
    const de = {
      a: '{nmae} {n, number}',
      b: { one: 'ein', other: 'viele {all}' },
      c: 'nichts',
      d: 'keine {brace}',
    }
    expect(await check({ 'en.json': en, 'de.json': de })).toEqual([
      'de.json: a: lacks {name} (params-differ)',
      'de.json: a: has {nmae}, which the reference has not (params-differ)',
      'de.json: c: lacks {x} (params-differ)',
      'de.json: d: has {brace}, which the reference has not (params-differ)',
    ])
  })

  test('plural categories a language needs and lacks, or never uses', async () => {
    const two = { one: '1', other: '{count}' }
    const four = { one: '1', few: '{count}', many: '{count}', other: '{count}' }
    expect(
      await check({
        'en.json': { n: four },
        'pl.json': { n: two },
        'fr.json': { n: two },
        'cs.json': { n: four },
        'ja.json': { n: { other: '{count}' } },
      }),
    ).toEqual([
      'en.json: n: has "few", which en never uses (plural-category)',
      'en.json: n: has "many", which en never uses (plural-category)',
      'pl.json: n: lacks "few", which pl uses (plural-category)',
      'pl.json: n: lacks "many", which pl uses (plural-category)',
    ])
    const exact = { '=1': 'one', other: '{count}' }
    const place = { '@ordinal': 'n', one: '{n}st', other: '{n}th' }
    expect(await check({ 'en.json': { exact, place, open: { '@plural': 'n', one: '{n}' } } })).toEqual([
      'en.json: open: lacks "other", which en uses (plural-category)',
      'en.json: place: lacks "two", which en uses (plural-category)',
      'en.json: place: lacks "few", which en uses (plural-category)',
    ])
  })

  test('branches that are missing where nothing else would do', async () => {
    const en = { s: { '@select': 'g', f: 'her', m: 'his' }, o: { '@select': 'g', f: 'her', other: 'their' } }
    const de = { s: { '@select': 'g', f: 'ihr' }, o: { '@select': 'g', other: 'deren' } }
    expect(await check({ 'en.json': en, 'de.json': de })).toEqual([
      'de.json: s: lacks the branch "m" of g (select-branch)',
    ])
  })

  test('what is no message, and formats there are not', async () => {
    expect(
      await check({
        'en.json': {
          a: 7,
          b: ['x'],
          c: null,
          d: '{n, nubmer} {at, date, huge}',
          e: '{at, date, long} {{}} {{x}} {{{at}}}',
          f: { one: '{0}', other: '{total:.2f} {user.name} { x }' },
          g: '{"a": {}} {',
        },
      }),
    ).toEqual([
      'en.json: a: is no text, but 7 (no-message)',
      'en.json: b: is no text, but ["x"] (no-message)',
      'en.json: c: is no text, but null (no-message)',
      'en.json: d: has {n, nubmer}, a format there is not (bad-placeholder)',
      'en.json: d: has {at, date, huge}, a format there is not (bad-placeholder)',
      ...['{0}', '{total:.2f}', '{user.name}', '{ x }'].map(
        (braces) =>
          `en.json: f: has ${braces}, which is no placeholder; a brace is written twice (bad-placeholder)`,
      ),
      ...['{"a": ', '{}', '}', '{'].map(
        (braces) =>
          `en.json: g: has ${braces}, which is no placeholder; a brace is written twice (bad-placeholder)`,
      ),
    ])
  })

  test('broken JSON, first of all and without what follows from it', async () => {
    expect(
      await check({
        'en.json': { a: 'x' },
        'de.json': '{\n  "a": "x"\n  "b": "y"\n}',
        'es.json': '{"a": "1", "a": "2"}',
        'fr.json': '[]',
        'it.json': {},
      }),
    ).toEqual([
      'de.json:3:3: a comma or } belongs here (broken-json)',
      'fr.json:1:1: it must hold an object, { "key": "text" } (broken-json)',
      'es.json:1:12: the key "a" is there twice (duplicate-key)',
      'it.json: a: is missing (missing-key)',
    ])
    expect(await check({ 'en.json': '{', 'de.json': { any: 'x' } })).toEqual([
      'en.json:1:2: ends too early (broken-json)',
    ])
  })

  test('what another reference asks for', async () => {
    expect(await check({ 'en.json': {}, 'pt_BR.json': { a: 'x' } }, '--locale', 'pt_BR')).toEqual([
      'en.json: a: is missing (missing-key)',
    ])
  })
})

test('types prints a type of the texts', async () => {
  const folder = await folderOf({
    'en.json': { hi: 'Hi {name}' },
    'en/n.json': { items: { one: '1', other: '{count}' } },
    'de.json': {},
  })
  expect(
    (await runCommand(['types', folder])).stdout,
  ).toBe(`// Written by: fastkit-i18n types ${folder} --locale en
export type Messages = {
  "hi": "Hi {name}",
  "n": {
    "items": {
      "one": "1",
      "other": "{count}"
    }
  }
}
`)
  expect(await runCommand(['types', folder, '--locale', 'fr'])).toMatchObject({ exitCode: 2 })
})
