import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { readReadmes } from './readmes.ts'

// Run by `pnpm run generate`: turns the code in the READMEs into files.
const root = join(import.meta.dirname, '../../..')

for (const { folder, snippets, prelude } of readReadmes(root)) {
  rmSync(folder, { recursive: true, force: true })
  const files = { ...prelude, ...Object.fromEntries(snippets.map(({ file, code }) => [file, code])) }
  for (const [file, code] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), code)
  }
}
