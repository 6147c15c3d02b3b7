import { mkdir, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { folderOf } from '../../test/folder.ts'
import { createTranslator } from '../create-translator.ts'
import { loadCatalogs } from './load-catalogs.ts'

test('each file is a language, and files of other kinds are none', async () => {
  const folder = await folderOf({
    'en.json': { hello: 'Hello', deep: { er: 'x' } },
    'pt-BR.json': {},
    'de.json': '\uFEFF{"hello": "Hallo"}',
    'README.md': '# no',
    '.hidden.json': 'no',
    'en.json.bak': 'no',
  })
  const catalogs = { de: { hello: 'Hallo' }, en: { hello: 'Hello', deep: { er: 'x' } }, 'pt-BR': {} }
  expect(await loadCatalogs(folder)).toEqual(catalogs)
  expect(await loadCatalogs(pathToFileURL(folder))).toEqual(catalogs)
})

test('each folder is a language, its files are domains, and both ways go together', async () => {
  const folder = await folderOf({
    'en.json': { hello: 'Hello' },
    'en/invoices.json': { title: 'Invoices' },
    'en/invoices/pdf.json': { title: 'PDF' },
    'en/admin/users.json': { title: 'Users' },
    'en/notes.txt': 'no',
    'en/.draft.json': 'no',
    'de/invoices.json': { title: 'Rechnungen' },
  })
  const catalogs = await loadCatalogs(folder)
  expect(catalogs).toEqual({
    en: {
      hello: 'Hello',
      invoices: { title: 'Invoices', pdf: { title: 'PDF' } },
      admin: { users: { title: 'Users' } },
    },
    de: { invoices: { title: 'Rechnungen' } },
  })
  const { t } = createTranslator({ catalogs, defaultLocale: 'en' })
  expect(t('invoices.title', {}, { locale: 'de-AT' })).toBe('Rechnungen')
})

test('files of the Python FastKit load as they are', async () => {
  const en = {
    messages: { welcome: 'Welcome, {name}!', items: '{count} item|{count} items', json: '{{"a": 1}}' },
    validation: { min_length: 'Must be at least {min} characters', empty: '', '2': 'two' },
    'errors.gone': 'Gone',
    price: '{amount:.2f} {user.name} {0} {unknown}',
    odd: { none: null, number: 7, list: ['a', 'b'] },
  }
  const folder = await folderOf({ 'en.json': en, 'es.json': {}, 'zh-CN.json': {}, 'pt_BR.json': {} })
  const { t, locales } = createTranslator({ catalogs: await loadCatalogs(folder), defaultLocale: 'en' })
  expect(locales).toEqual(['en', 'es', 'pt_BR', 'zh-CN'])
  const values = { name: 'Ann', count: 2, min: 5, amount: 1.5, user: { name: 'x' } }
  const keys = [
    'messages.welcome',
    'messages.items',
    'messages.json',
    'validation.min_length',
    'validation.2',
    'errors.gone',
  ]
  expect(keys.map((key) => t(key, values, { locale: 'es' }))).toEqual([
    'Welcome, Ann!',
    '2 item|2 items',
    '{"a": 1}',
    'Must be at least 5 characters',
    'two',
    'Gone',
  ])
  expect(t('validation.empty')).toBe('')
  expect(t('price', values)).toBe('{amount:.2f} {user.name} {0} {unknown}')
  for (const key of ['odd', 'odd.none', 'odd.number', 'odd.list', 'messages']) expect(t(key)).toBe(key)
})

test('files that are links, as containers mount them, are read', async () => {
  const folder = await folderOf({ '..data/en.json': { a: 'linked' } })
  await symlink('..data/en.json', join(folder, 'en.json'))
  expect(await loadCatalogs(folder)).toEqual({ en: { a: 'linked' } })
})

test('an empty folder has no catalogues, which a translator does not take', async () => {
  const folder = await folderOf({})
  const catalogs = await loadCatalogs(folder)
  expect(catalogs).toEqual({})
  expect(() => createTranslator({ catalogs, defaultLocale: 'en' })).toThrow(
    'There is no catalogue for "en"; there are: none',
  )
})

test('texts named __proto__ stay texts', async () => {
  const folder = await folderOf({ 'en/__proto__.json': '{"polluted": "x", "__proto__": {"polluted": "y"}}' })
  const { t } = createTranslator({ catalogs: await loadCatalogs(folder), defaultLocale: 'en' })
  expect([t('__proto__.polluted'), t('__proto__.__proto__.polluted'), t('polluted')]).toEqual([
    'x',
    'y',
    'polluted',
  ])
  expect({}).not.toHaveProperty('polluted')
})

test.each([
  [
    { 'en.json': '{\n  "a": "x",\n}' },
    'CATALOG_INVALID',
    'en.json:3:1: there is a comma before }',
    { line: 3, column: 1 },
  ],
  [
    { 'en/invoices.json': '{"a": "x"' },
    'CATALOG_INVALID',
    'invoices.json:1:10: ends too early',
    { line: 1, column: 10 },
  ],
  [{ 'en.json': '' }, 'CATALOG_INVALID', 'en.json:1:1: ends too early', { line: 1 }],
  [{ 'en.json': '["a"]' }, 'CATALOG_INVALID', 'en.json must hold an object', {}],
  [{ 'en.json': 'null' }, 'CATALOG_INVALID', 'en.json must hold an object', {}],
  [{ 'en.json': new Uint8Array([0x7b, 0xff, 0x7d]) }, 'CATALOG_INVALID', 'en.json is not UTF-8', {}],
  [
    { 'en.json': { a: { b: 'x' } }, 'en/a.json': {} },
    'CATALOG_CONFLICT',
    'another file of en has texts at "a" as well',
    {},
  ],
  [
    { 'en.json': { a: 'x' }, 'en/a/b.json': {} },
    'CATALOG_CONFLICT',
    'another file of en has texts at "a.b" as well',
    {},
  ],
  [{ 'translations.json': {} }, 'LOCALE_INVALID', 'translations.json is named after no language', {}],
])('%o is refused with %s', async (files, code, message, params) => {
  const folder = await folderOf(files)
  const loading = loadCatalogs(folder)
  await expect(loading).rejects.toMatchObject({
    code,
    message: expect.stringContaining(message),
    kind: 'internal',
  })
  await expect(loading).rejects.toMatchObject({
    params: { file: expect.stringContaining(folder), ...params },
  })
})

test('a folder that is not there is named', async () => {
  const folder = join(await folderOf({}), 'nowhere')
  await expect(loadCatalogs(folder)).rejects.toMatchObject({
    code: 'CATALOG_UNREADABLE',
    message: `The translations in ${folder} cannot be read`,
  })
  await mkdir(join(folder, 'en.json/x.json'), { recursive: true })
  await expect(loadCatalogs(folder)).rejects.toMatchObject({ code: 'LOCALE_INVALID' })
})
