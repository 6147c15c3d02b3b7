import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLocaleContext } from '@fastkit/i18n/context'
import { expect, onTestFinished, test } from 'vitest'
import { languages } from '../languages.ts'
import { openDatabase } from './open-database.ts'

const locale = createLocaleContext({ default: languages[0], supported: languages })

test('a database that cannot be opened says why, on one line', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'invoicing-database-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  await writeFile(join(folder, 'text'), 'this is no database, and longer than its header '.repeat(5))
  for (const [path, reason] of [
    [['text'], 'not a database'],
    [['text', 'app.db'], 'Unable to open'],
    [['no', 'such', 'folder', 'app.db'], 'ENOENT'],
  ] as const) {
    const opened = openDatabase(`file:${join(folder, ...path)}`, { locale })
    await expect(opened).rejects.toThrow(
      new RegExp(`^cannot open the database of DATABASE_URL: [^\\n]*(${reason})[^\\n]*$`),
    )
  }
})
