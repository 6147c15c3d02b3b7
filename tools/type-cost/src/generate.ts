import { execFile } from 'node:child_process'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Compiler } from './compilers.ts'
import type { Program } from './programs.ts'
import { schemaOf } from './schema.ts'

const run = promisify(execFile)
const tool = join(import.meta.dirname, '..')
const root = join(tool, '../..')

/**
 * Writes the client, the packages' declarations as users get them, and one project per program into `folder`, which
 * is `tools/type-cost/.generated`: from there they find Prisma.
 */
export async function generate(
  folder: string,
  models: number,
  programs: readonly Program[],
  compiler: Compiler,
): Promise<void> {
  refuseTwoCopies()
  for (const old of ['packages', 'declared']) await rm(join(folder, old), { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'schema.prisma'), schemaOf(models))
  await Promise.all([generateClient(folder), declarePackages(folder, compiler)])
  for (const { name, source } of programs) {
    await writeFile(join(folder, `${name}.ts`), source)
    await writeFile(join(folder, `${name}.json`), JSON.stringify(projectOf(name), undefined, 2))
  }
  for (const { name } of programs.filter(({ declared }) => declared)) await declare(folder, name, compiler)
}

/** Programs and packages must mean the same libraries, or the compiler reads and compares two of each. */
function refuseTwoCopies(): void {
  const require = createRequire(import.meta.url)
  requireSame('db', '@prisma/client/package.json', require.resolve('@prisma/client/package.json'))
  requireSame('http', '@standard-schema/spec', require.resolve('@standard-schema/spec'))
  requireSame('http', 'hono', require.resolve('hono'))
  requireSame('validation', 'valibot', require.resolve('valibot'))
}

function requireSame(name: string, specifier: string, ours: string): void {
  const theirs = createRequire(join(root, 'packages', name, 'package.json')).resolve(specifier)
  if (ours !== theirs) throw new Error(`Two copies would be measured: ${ours} and ${theirs}`)
}

async function generateClient(folder: string): Promise<void> {
  const script = join(tool, '../prisma-clients/generate.ts')
  await run(process.execPath, [script, join(folder, 'schema.prisma'), 'postgresql'], { cwd: tool })
}

/** Declarations and not sources, whose bodies would be checked along with the program. */
async function declarePackages(folder: string, { tsc }: Compiler): Promise<void> {
  const project = join(folder, 'packages.json')
  const options = {
    extends: join(root, 'tsconfig.base.json'),
    compilerOptions: {
      noEmit: false,
      emitDeclarationOnly: true,
      isolatedDeclarations: false,
      rootDir: join(root, 'packages'),
      outDir: join(folder, 'packages'),
      // Found through node_modules, a package is a library, and whether its files are emitted depends on which
      // thread of the compiler meets them first.
      paths: pathsTo(join(root, 'packages'), '.ts'),
    },
    files: entries.map((entry) => join(root, 'packages', `${entry}.ts`)),
  }
  await writeFile(project, JSON.stringify(options, undefined, 2))
  await run(process.execPath, [tsc, '-p', project, '--noCheck'])
}

/** Writes the declarations of one program, as a package of its own would publish them. */
async function declare(folder: string, name: string, { tsc, flags }: Compiler): Promise<void> {
  const outDir = join(folder, 'declared')
  const options = [
    '--noEmit',
    'false',
    '--emitDeclarationOnly',
    '--declaration',
    '--outDir',
    outDir,
    ...flags,
  ]
  await run(process.execPath, [tsc, '-p', join(folder, `${name}.json`), ...options, '--rootDir', folder])
}

/** What the programs import, from `packages/`. */
const entries = [
  'contracts/src/index',
  'db/src/index',
  'http/src/index',
  'http/src/client/index',
  'http/src/hono/index',
  'validation/src/hono/index',
]

function projectOf(name: string): object {
  return {
    extends: join(root, 'tsconfig.base.json'),
    compilerOptions: {
      isolatedDeclarations: false,
      declaration: false,
      rewriteRelativeImportExtensions: false,
      paths: pathsTo('./packages', '.d.ts'),
    },
    files: [`${name}.ts`],
  }
}

function pathsTo(packages: string, extension: string): Record<string, string[]> {
  return Object.fromEntries(
    entries.map((entry) => [
      `@fastkit/${entry.replace('/src', '').replace('/index', '')}`,
      [`${packages}/${entry}${extension}`],
    ]),
  )
}
