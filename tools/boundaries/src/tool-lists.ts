import { execFile } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { promisify } from 'node:util'
import { readManifest } from './manifest.ts'

/** What the tools themselves say. All paths are from the root of the repository, but for tarballs. */
export interface Lists {
  /** The files vitest runs. */
  readonly ran: readonly string[]
  /** The files the root tsconfig compiles. */
  readonly compiled: readonly string[]
  /** Folder of a built package → what its tarball holds, from the package's folder. */
  readonly tarballs: Readonly<Record<string, readonly string[]>>
}

/** Asks vitest, tsc and pnpm. Configuration files can say anything, so nobody but the tool knows what it takes from them. */
export async function askTools(root: string): Promise<Lists> {
  const [ran, compiled, tarballs] = await Promise.all([askVitest(root), askTsc(root), askPnpm(root)])
  return { ran, compiled, tarballs }
}

/** Reads the lists of a fixture, where there is no tool to ask. */
export function readLists(path: string): Lists {
  return JSON.parse(readFileSync(path, 'utf8')) as Lists
}

async function askVitest(root: string): Promise<string[]> {
  const output = await run(root, process.execPath, [
    'node_modules/vitest/vitest.mjs',
    'list',
    '--filesOnly',
    '--json',
  ])
  return (JSON.parse(output) as { file: string }[]).map(({ file }) => relative(root, file))
}

async function askTsc(root: string): Promise<string[]> {
  const output = await run(root, process.execPath, [
    'node_modules/typescript/bin/tsc',
    '-p',
    'tsconfig.json',
    '--listFilesOnly',
  ])
  return output
    .split('\n')
    .map((path) => relative(root, path.trim()))
    .filter((path) => !path.includes('node_modules/'))
}

/** Packs nothing: `--dry-run` only lists. A package without `dist` is left out, its list would say nothing. */
async function askPnpm(root: string): Promise<Record<string, string[]>> {
  const built = readdirSync(join(root, 'packages'))
    .map((name) => `packages/${name}`)
    .filter((folder) => existsSync(join(root, folder, 'dist')))
  if (built.length === 0) return {}

  const pnpm = readManifest(join(root, 'package.json')).packageManager ?? 'pnpm'
  const filters = built.flatMap((folder) => ['--filter', `./${folder}`])
  const output = await run(root, 'npx', ['-y', pnpm, ...filters, 'pack', '--dry-run', '--json'])
  const packed = [JSON.parse(output)].flat() as { name: string; files: { path: string }[] }[]
  return Object.fromEntries(
    built.map((folder) => {
      const { name } = readManifest(join(root, folder, 'package.json'))
      return [folder, packed.find((one) => one.name === name)?.files.map(({ path }) => path) ?? []]
    }),
  )
}

async function run(root: string, command: string, args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(command, args, { cwd: root, maxBuffer: 2 ** 26 })
  return stdout
}
