import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

/** What Prisma itself makes of a schema, as it hands it to generators. */
export interface Datamodel {
  readonly models: readonly DatamodelModel[]
  readonly enums: readonly {
    name: string
    dbName?: string | null
    values: readonly { name: string; dbName?: string | null }[]
  }[]
}

interface DatamodelModel {
  readonly name: string
  readonly dbName: string | null
  readonly schema: string | null
  readonly primaryKey: { readonly fields: readonly string[] } | null
  readonly uniqueFields: readonly (readonly string[])[]
  readonly fields: readonly DatamodelField[]
}

interface DatamodelField {
  readonly name: string
  readonly dbName?: string
  readonly kind: string
  readonly type: string
  readonly isList: boolean
  readonly isRequired: boolean
  readonly isId: boolean
  readonly isUnique: boolean
  readonly hasDefaultValue: boolean
  readonly isUpdatedAt?: boolean
  readonly nativeType?: readonly [string, readonly string[]] | null
  readonly relationName?: string
  readonly relationFromFields?: readonly string[]
  readonly relationToFields?: readonly string[]
}

/** Runs `prisma generate` on a schema in a folder of its own. Needs no network and no engine. */
export async function datamodelOf(schema: string): Promise<Datamodel> {
  const folder = await mkdtemp(join(tmpdir(), 'fastkit-schema-'))
  const output = join(folder, 'dmmf.json')
  const generator = fileURLToPath(new URL('dmmf-generator.mjs', import.meta.url))
  const block = `generator dmmf {\n  provider = "${process.execPath} ${generator}"\n  output = "${output}"\n}\n`
  await writeFile(join(folder, 'schema.prisma'), block + schema)
  const prisma = createRequire(import.meta.url).resolve('prisma/build/index.js')
  await promisify(execFile)(
    process.execPath,
    [prisma, 'generate', '--schema', join(folder, 'schema.prisma')],
    {
      // Generating runs no engine, but Prisma looks for its binary first: any file that exists will do.
      env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: '1' },
    },
  )
  const datamodel = JSON.parse(await readFile(output, 'utf8')) as Datamodel
  await rm(folder, { recursive: true })
  return datamodel
}
