import { execFile } from 'node:child_process'
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { adapterFor } from '../adapters.ts'
import type { Datamodel } from '../filter/odd/dmmf.ts'

const require = createRequire(import.meta.url)

/** Where the clients are: beside this file, so that they find Prisma, and where no other compiler looks. */
export const generated: string = fileURLToPath(new URL('.generated', import.meta.url))

/** The schema in the folder `schema`, and many more models, as both of Prisma's generators make a client of it. */
export interface SchemaClients {
  readonly datamodel: Datamodel
  /** Of `prisma-client`; it never connects. */
  readonly ts: object
  /** Of `prisma-client-js`. */
  readonly js: object
}

export async function schemaClients(many: number): Promise<SchemaClients> {
  await rm(generated, { recursive: true, force: true })
  await mkdir(generated)
  await cp(fileURLToPath(new URL('schema', import.meta.url)), `${generated}/schema`, { recursive: true })
  const main = `${generated}/schema/main.prisma`
  const generator = `${process.execPath} ${fileURLToPath(new URL('../filter/odd/dmmf-generator.mjs', import.meta.url))}`
  await writeFile(main, (await readFile(main, 'utf8')).replace('DMMF_GENERATOR', generator))
  await writeFile(`${generated}/schema/many.prisma`, manyModels(many))
  await promisify(execFile)(
    process.execPath,
    [require.resolve('prisma/build/index.js'), 'generate', '--schema', `${generated}/schema`],
    {
      // Generating runs no engine, but Prisma looks for its binary first: any file that exists will do.
      env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: '1' },
    },
  )
  const adapter = adapterFor('postgresql', 'postgresql://nobody@127.0.0.1:1/none')
  const { PrismaClient: Ts } = (await import(`${generated}/ts/client.ts`)) as Generated
  const { PrismaClient: Js } = require(`${generated}/js`) as Generated
  return {
    datamodel: JSON.parse(await readFile(`${generated}/dmmf.json`, 'utf8')) as Datamodel,
    ts: new Ts({ adapter }),
    js: new Js({ adapter }),
  }
}

interface Generated {
  readonly PrismaClient: new (options: object) => object
}

/** Models in a ring, each related to the next and to one before, in a file as Windows writes it. */
function manyModels(count: number): string {
  const at = (index: number) => `M${(index + count) % count}`
  return Array.from({ length: count }, (_, index) =>
    [
      `model M${index} {`,
      '  id        Int       @id @default(autoincrement())',
      `  name      String    @map("name_${index}")`,
      '  createdAt DateTime  @default(now())',
      '  updatedAt DateTime  @updatedAt',
      '  deletedAt DateTime?',
      '  label     Json?',
      '  nextId    Int',
      `  next      ${at(index + 1)} @relation("next${index}", fields: [nextId], references: [id])`,
      `  previous  ${at(index - 1)}[] @relation("next${(index - 1 + count) % count}")`,
      `  peers     ${at(index + 7)}[] @relation("peers${index}")`,
      `  peersOf   ${at(index - 7)}[] @relation("peers${(index - 7 + count) % count}")`,
      '',
      '  @@unique([nextId, name])',
      '  @@index([deletedAt])',
      '}',
      '',
    ].join('\r\n'),
  ).join('\r\n')
}
