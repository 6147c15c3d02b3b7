import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PackedPackage } from './pack.ts'
import type { Place } from './place.ts'
import { run, runOrThrow } from './run.ts'

/** Makes a new project outside the repository and lets npm install into it. Returns its folder. */
export async function createConsumer(
  specs: readonly string[],
  { temporary, outside }: Place,
): Promise<string> {
  mkdirSync(temporary, { recursive: true })
  const folder = mkdtempSync(join(temporary, 'consumer-'))
  writeFileSync(join(folder, 'package.json'), '{ "name": "consumer", "private": true }\n')
  const options = ['--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts', '--prefix', folder]
  await runOrThrow('npm', ['install', ...options, ...specs], { cwd: folder, env: outside.env })
  return folder
}

/**
 * `name@version` with the version that the package's own tests use: peers are development dependencies there, pinned
 * by the catalog.
 */
export function testedPeer(peer: string, { source }: PackedPackage): string {
  const manifest = readFileSync(join(source, 'node_modules', peer, 'package.json'), 'utf8')
  const { version }: { version: string } = JSON.parse(manifest)
  return `${peer}@${version}`
}

/** Imports and requires every name under the machine's own Node. Gives one line per failure. */
export async function load(names: readonly string[], folder: string, { outside }: Place): Promise<string[]> {
  writeFileSync(join(folder, 'import.mjs'), script(names, 'import', 'await import(name)'))
  writeFileSync(join(folder, 'require.cjs'), `(async () => {${script(names, 'require', 'require(name)')}})()`)
  const runs = await Promise.all(
    ['import.mjs', 'require.cjs'].map((file) => run('node', [file], { cwd: folder, env: outside.env })),
  )
  return runs.flatMap(({ code, stdout, stderr }) => [
    ...stdout
      .replaceAll(`${folder}/`, '')
      .split('\n')
      .filter((line) => line !== ''),
    ...(code === 0 ? [] : [`node ended with ${code}: ${stderr.trim().split('\n').at(-1)}`]),
  ])
}

function script(names: readonly string[], verb: string, load: string): string {
  return `
    for (const name of ${JSON.stringify(names)}) {
      try {
        ${load}
      } catch (error) {
        console.log(name + ': ${verb} fails under Node ' + process.versions.node + ': ' + String(error).split('\\n')[0])
      }
    }
    `
}
