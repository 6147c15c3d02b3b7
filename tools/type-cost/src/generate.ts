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
  refuseTwoPrismas()
  await rm(join(folder, 'packages'), { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'schema.prisma'), schemaOf(models))
  await Promise.all([generateClient(folder), declarePackages(folder, compiler)])
  for (const { name, source } of programs) {
    await writeFile(join(folder, `${name}.ts`), source)
    await writeFile(join(folder, `${name}.json`), JSON.stringify(projectOf(name), undefined, 2))
  }
}

/** The client and `@fastkit/db` must mean the same Prisma, or the compiler reads and compares two. */
function refuseTwoPrismas(): void {
  const require = createRequire(import.meta.url)
  const ours = require.resolve('@prisma/client/package.json')
  const theirs = createRequire(join(root, 'packages/db/package.json')).resolve('@prisma/client/package.json')
  if (ours !== theirs) throw new Error(`Two copies of Prisma would be measured: ${ours} and ${theirs}`)
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
    },
    files: ['contracts', 'db'].map((name) => join(root, 'packages', name, 'src/index.ts')),
  }
  await writeFile(project, JSON.stringify(options, undefined, 2))
  await run(process.execPath, [tsc, '-p', project, '--noCheck'])
}

function projectOf(name: string): object {
  return {
    extends: join(root, 'tsconfig.base.json'),
    compilerOptions: {
      isolatedDeclarations: false,
      declaration: false,
      rewriteRelativeImportExtensions: false,
      paths: {
        '@fastkit/contracts': ['./packages/contracts/src/index.d.ts'],
        '@fastkit/db': ['./packages/db/src/index.d.ts'],
      },
    },
    files: [`${name}.ts`],
  }
}
