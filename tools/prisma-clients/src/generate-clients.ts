import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { schemaFor } from './schema-for.ts'

/**
 * Generates one client per provider, side by side, from a schema written for SQLite. A client that is up to date is
 * left alone. Runs Prisma of the package in the current folder, and needs no network.
 */
export async function generateClients(schemaPath: string, providers: readonly string[]): Promise<void> {
  const canonical = await readFile(schemaPath, 'utf8')
  await Promise.all(providers.map((provider) => generateClient(resolve(schemaPath), canonical, provider)))
}

async function generateClient(schemaPath: string, canonical: string, provider: string): Promise<void> {
  const folder = join(dirname(schemaPath), '.generated')
  const { schema, output } = schemaFor(provider, canonical, dirname(schemaPath))
  const target = join(folder, `${provider}.prisma`)
  const done = join(folder, `${provider}.sha256`)
  const prisma = createRequire(join(process.cwd(), 'package.json')).resolve('prisma/package.json')
  const inputs = createHash('sha256')
    .update(schema)
    .update(await readFile(prisma))
    .digest('hex')
  if (existsSync(join(output, 'client.ts')) && existsSync(done) && (await readFile(done, 'utf8')) === inputs)
    return

  await mkdir(folder, { recursive: true })
  await writeFile(target, schema)
  await promisify(execFile)(
    process.execPath,
    [join(dirname(prisma), 'build/index.js'), 'generate', '--schema', target],
    {
      // Generating runs no engine, but Prisma looks for its binary first: any file that exists will do.
      env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: '1' },
    },
  )
  await writeFile(done, inputs)
}
