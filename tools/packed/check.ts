import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkAlone } from './src/check-alone.ts'
import { checkTarball } from './src/check-tarball.ts'
import { checkTogether } from './src/check-together.ts'
import { outsideEnvironment } from './src/outside.ts'
import { packPackages } from './src/pack.ts'

// Packs every package, built before, and uses it as somebody else would. Prints one line per failure.
const root = join(import.meta.dirname, '../..')
const temporary = mkdtempSync(join(tmpdir(), 'fastkit-packed-'))
process.once('exit', () => rmSync(temporary, { recursive: true, force: true }))

process.exitCode = await check().catch((error: Error) => {
  console.log(error.message)
  return 1
})

async function check(): Promise<number> {
  const outside = await outsideEnvironment(process.env)
  const packages = await packPackages(root, join(temporary, 'tarballs'))
  const place = { root, temporary, outside, packages }
  const failures = await Promise.all([
    checkTogether(place),
    ...packages.map((each) => checkAlone(each, place)),
    ...packages.map(checkTarball),
  ])
  const lines = failures.flat()
  for (const line of lines) console.log(line)
  const node = `Node ${outside.nodeVersion}`
  console.log(
    `${packages.length} packages packed and installed, loaded under ${node}: ${lines.length} failures`,
  )
  return lines.length === 0 ? 0 : 1
}
