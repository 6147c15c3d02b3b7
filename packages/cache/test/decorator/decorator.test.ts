import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { Clients as ClientsType } from './clients.ts'

/** Decorators cannot be stripped like types: TypeScript turns them into code. */
async function compiled(): Promise<{
  Clients: typeof ClientsType
  cache: { invalidateTags(tags: string[]): Promise<void> }
}> {
  const folder = mkdtempSync(join(import.meta.dirname, '.compiled-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const options = [
    '--target',
    'es2022',
    '--module',
    'nodenext',
    '--moduleResolution',
    'nodenext',
    '--noCheck',
  ]
  const tsc = spawnSync(
    join(import.meta.dirname, '../../../../node_modules/.bin/tsc'),
    [
      '--ignoreConfig',
      ...options,
      '--rewriteRelativeImportExtensions',
      '--outDir',
      folder,
      join(import.meta.dirname, 'clients.ts'),
    ],
    { encoding: 'utf8' },
  )
  expect(tsc.stdout).toBe('')
  return import(join(folder, 'test/decorator/clients.js'))
}

test('a method with the decorator is cached, with its own this', async () => {
  const { Clients, cache } = await compiled()
  const clients = new Clients('ann')
  expect(await Promise.all([clients.find(1), clients.find(1), clients.find(2)])).toEqual([
    { id: 1, by: 'ann' },
    { id: 1, by: 'ann' },
    { id: 2, by: 'ann' },
  ])
  expect(clients.loads).toBe(2)
  await cache.invalidateTags(['client:1'])
  await clients.find(1)
  await clients.find(2)
  expect(clients.loads).toBe(3)
})
