import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { folderOf, writeFiles } from '../../test/folder.ts'
import { createTranslator } from '../create-translator.ts'
import { loadCatalogs } from './load-catalogs.ts'
import { watchCatalogs } from './watch-catalogs.ts'

/** Watches a folder; `next` resolves with what is heard after it was called. */
async function watched(files: Record<string, unknown>) {
  const folder = await folderOf(files)
  const i18n = createTranslator({ catalogs: await loadCatalogs(folder), defaultLocale: 'en' })
  let hear: (error: unknown) => void = () => undefined
  const watch = watchCatalogs(folder, {
    onChange: (catalogs) => {
      i18n.replace(catalogs)
      hear(undefined)
    },
    onError: (error) => hear(error),
  })
  onTestFinished(() => watch.close())
  /** Changes files until that is seen: a file system may tell of the same change more than once. */
  async function change(changes: Record<string, unknown>, seen: (error: unknown) => boolean) {
    const done = new Promise<void>((resolve) => {
      hear = (error) => seen(error) && resolve()
    })
    await writeFiles(folder, changes)
    await done
  }
  return { folder, i18n, change }
}

test('what is saved is used, in files and folders that are new as well', async () => {
  const { i18n, change } = await watched({ 'en.json': { a: 'old' } })
  expect(i18n.t('a')).toBe('old')
  await change({ 'en.json': { a: 'new' } }, () => i18n.t('a') === 'new')
  await change({ 'de/sub.json': { a: 'neu' } }, () => i18n.t('sub.a', {}, { locale: 'de' }) === 'neu')
  await change({ 'de/sub.json': { a: 'neuer' } }, () => i18n.t('sub.a', {}, { locale: 'de' }) === 'neuer')
  expect(i18n.locales).toEqual(['en', 'de'])
})

test('what is broken is told, and the texts before stay', async () => {
  const { folder, i18n, change } = await watched({ 'en.json': { a: 'good' }, 'de.json': {} })
  await change({ 'en.json': '{ "a": "half' }, (error) => /en\.json:1:13/.test(String(error)))
  expect(i18n.t('a')).toBe('good')
  await change({ 'en.json': { a: 'better' } }, () => i18n.t('a') === 'better')
  await rm(join(folder, 'en.json'))
  await change({}, (error) => /no catalogue for "en"/.test(String(error)))
  expect(i18n.t('a')).toBe('better')
})

test('a folder that was away for a while is watched as before', async () => {
  const { folder, i18n, change } = await watched({ 'en.json': { a: 'old' } })
  await rm(folder, { recursive: true })
  await change({}, (error) => error !== undefined)
  await change({ 'en.json': { a: 'back' } }, () => i18n.t('a') === 'back')
  await change({ 'en.json': { a: 'new' } }, () => i18n.t('a') === 'new')
})

test('a process that only watches comes to its end', async () => {
  const folder = await folderOf({ 'en/a.json': { a: 'x' } })
  const module = new URL('watch-catalogs.ts', import.meta.url).href
  const script = `import { watchCatalogs } from ${JSON.stringify(module)}
    watchCatalogs(process.argv[1], { onChange() {}, onError() {} })`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, folder], {
    stdio: 'inherit',
    timeout: 10_000,
  })
  expect(await once(child, 'exit')).toEqual([0, null])
})
