import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { notBuilt } from './src/rules/tarball.ts'
import { linesOf, rules } from './src/rules.ts'
import { askTools, readLists } from './src/tool-lists.ts'
import { readWorkspace } from './src/workspace.ts'

const { values, positionals } = parseArgs({ allowPositionals: true, options: { built: { type: 'boolean' } } })
const root = resolve(positionals[0] ?? join(import.meta.dirname, '../..'))
const lists = join(root, 'lists.json')
const workspace = readWorkspace(root, existsSync(lists) ? readLists(lists) : await askTools(root))

const lines = Object.values(rules).flatMap((rule) => linesOf(rule, workspace))
const unbuilt = notBuilt(workspace)
if (values.built)
  lines.push(...unbuilt.map((folder) => `${folder}: is not built; build it, then check its tarball`))
else if (unbuilt.length > 0) console.error(`tarball: not built, skipped: ${unbuilt.join(', ')}`)

for (const line of lines.sort()) console.log(line)
if (lines.length > 0) process.exitCode = 1
else {
  const files = workspace.packages.reduce((count, { sources }) => count + sources.length, 0)
  console.log(`boundaries: ${workspace.packages.length} packages, ${files} files, ok`)
}
