import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { describe, expect, test } from 'vitest'
import { createUnitOfWork } from '../../src/context/unit-of-work.ts'
import { keyQuery } from '../../src/filter/key-query.ts'
import { parseFilter } from '../../src/filter/parse-filter.ts'
import { lintClient } from '../../src/lint/lint-schema.ts'
import type { ModelMetadata } from '../../src/metadata/metadata.ts'
import { metadataOf } from '../../src/metadata/metadata-of.ts'
import { type MixinsExtension, mixins } from '../../src/mixins/mixins.ts'
import { createRepository } from '../../src/repository/create-repository.ts'
import { ofOurs, ofPrisma } from '../filter/odd/compare.ts'
import { generated, schemaClients } from './clients.ts'

// A schema in several files that nobody would write for a test: see the folder `schema`. Nothing here connects.
const many = 120
const { datamodel, ...clients } = await schemaClients(many)

const config = {
  person: { timestamps: { createdAt: 'createdAt', updatedAt: 'changedAt' }, softDelete: true },
  order_line: { softDelete: { field: 'removed_at' } },
  ...Object.fromEntries(
    Array.from({ length: many }, (_, at) => [
      `m${at}`,
      { timestamps: true, softDelete: true, translatable: ['label'] },
    ]),
  ),
}

describe.each(Object.entries(clients))('a client of the generator for %s', (_, client) => {
  const metadata = metadataOf(client)

  test('is read as Prisma itself reads its schema', () => {
    expect(metadata.models.size).toBe(many + 5)
    for (const model of datamodel.models) {
      // A view has no key of Prisma's.
      const key = model.name === 'ActivePerson' ? ['tenantId', 'number'] : undefined
      const own = metadata.models.get(model.name) as ModelMetadata
      expect(ofOurs(own)).toEqual(ofPrisma(model, datamodel.models, key))
    }
    expect(
      [...metadata.enums.values()].map(({ databaseName, values }) => [databaseName, [...values]]),
    ).toEqual(
      datamodel.enums.map(({ dbName, values }) => [
        dbName,
        values.map((value) => [value.name, value.dbName ?? value.name]),
      ]),
    )
  })

  test('has a delegate for every model, by the name that we give it', () => {
    for (const { delegate } of metadata.models.values()) expect(client).toHaveProperty([delegate, 'findMany'])
    expect(metadata.delegates.get('uRL')).toMatchObject({ name: 'URL', table: 'urls' })
    expect(metadata.delegates.get('activePerson')).toMatchObject({ view: true, table: 'active_people' })
  })

  test('keeps only the name of a field of a type that Prisma does not know', () => {
    expect(metadata.models.get('Person')?.fields.get('place')).toMatchObject({
      kind: 'unsupported',
      column: 'location',
      required: false,
    })
  })

  test('links an implicit many-to-many from both ends, several between two models, and one of a model with itself', () => {
    const link = (model: string, field: string) =>
      metadata.models.get(model)?.fields.get(field)?.relation?.link
    expect(link('URL', 'lines')).toEqual({ table: '_URLToorder_line', mine: 'A', theirs: 'B' })
    expect(link('order_line', 'urls')).toEqual({ table: '_URLToorder_line', mine: 'B', theirs: 'A' })
    expect(link('order_line', 'fans')).toEqual({ table: '_favourites', mine: 'B', theirs: 'A' })
    expect(link('URL', 'linkedBy')).toEqual({ table: '_Links', mine: 'A', theirs: 'B' })
    expect(link('URL', 'linksTo')).toEqual({ table: '_Links', mine: 'B', theirs: 'A' })
  })

  test('starts with mixins, and is refused the wrong ones', () => {
    const extended = extend(client, config)
    expect(createUnitOfWork(extended).client).toBe(extended)
    for (const [wrong, message] of [
      [{ person: { softDelete: { field: 'place' } } }, 'person needs a field "place DateTime"'],
      [{ person: { timestamps: true } }, 'person needs a field "updatedAt DateTime"'],
      [{ URL: {} }, 'there is no model "URL"'],
      [{ activePerson: { softDelete: true } }, 'activePerson needs a field "deletedAt DateTime"'],
    ] as const) {
      expect(() => extend(client, wrong)).toThrow(
        expect.objectContaining({ message: expect.stringContaining(message) }),
      )
    }
  })

  test('gives every model a repository, and every relation a filter', () => {
    const extended = extend(client, config)
    for (const model of metadata.models.values()) {
      createRepository(extended as never, model.delegate as never)
      for (const field of relationsOf(model)) {
        const condition = parseFilter(metadata, model.name, { [`${field}__is_null`]: false })
        const { sql } = keyQuery(metadata, {
          model: model.name,
          condition,

          softDelete: new Map(),
        })
        expect(sql).toContain(`"${model.table}"`)
      }
    }
  })

  test('is linted from what it carries', () => {
    const found = lintClient(extend(client, config) as never).filter(({ model }) => !/^M\d+$/.test(model))
    expect(found.map(({ rule, model, field }) => `${rule} ${model}.${field}`)).toEqual([
      'unique-blocks-reuse Person.tenantId+partnerNumber',
      'soft-delete-without-index order_line.removed_at',
    ])
  })
})

test('the types of both clients hold', async () => {
  await writeFile(`${generated}/ts.ts`, `import type { PrismaClient } from './ts/client.ts'\n${program}`)
  await writeFile(`${generated}/js.ts`, `import type { PrismaClient } from './js/index.js'\n${program}`)
  const project = {
    extends: '../../../../../tsconfig.base.json',
    compilerOptions: { isolatedDeclarations: false, declaration: false },
    files: ['ts.ts', 'js.ts'],
  }
  await writeFile(`${generated}/tsconfig.json`, JSON.stringify(project))
  const manifest = createRequire(import.meta.url).resolve('typescript/package.json')
  const args = [manifest.replace(/package\.json$/, 'bin/tsc'), '-p', generated, '--pretty', 'false']
  const output = await new Promise<string>((resolve) => {
    execFile(process.execPath, args, (_, stdout, stderr) => resolve(stdout + stderr))
  })
  expect(output).toBe('')
})

const program = `
import { createRepository, createUnitOfWork, mixins } from '../../../src/index.ts'

declare const base: PrismaClient
export const db = base.$extends(mixins({
  person: { timestamps: { updatedAt: 'changedAt' }, softDelete: true },
  order_line: { softDelete: { field: 'removed_at' } },
  m0: { timestamps: true, softDelete: true },
  m119: { timestamps: true, softDelete: true },
}))
// @ts-expect-error the model is called uRL
base.$extends(mixins({ URL: {} }))
// @ts-expect-error a field of that name, but not a DateTime
base.$extends(mixins({ person: { softDelete: { field: 'fullName' } } }))
// @ts-expect-error a column that Prisma cannot read
base.$extends(mixins({ person: { softDelete: { field: 'place' } } }))
// @ts-expect-error there is no updatedAt
base.$extends(mixins({ person: { timestamps: true } }))
// @ts-expect-error a view has no deletedAt
base.$extends(mixins({ activePerson: { softDelete: true } }))

export async function use(): Promise<unknown> {
  const uow = createUnitOfWork(db)
  const people = createRepository(uow, 'person')
  const urls = createRepository(uow, 'uRL')
  const lines = createRepository(uow, 'order_line')
  const found = await people.filter(
    { boss__boss__status: 'ON_HOLD', partnerOf__fullName__icontains: 'a', reports__number__gt: 1 },
    { orderBy: ['boss__fullName', '-number'], include: { partner: true } },
  )
  const url = await urls.filter({ previous__next__model: 'x', linksTo__lines__id__gte: 1n, enum__in: ['ACTIVE', null] })
  const line = await lines.first({ billedTo__person__fullName: 'a', sentTo__address: 'b', fans__view: 0 })
  // @ts-expect-error no such value
  await people.filter({ boss__status: 'on-hold' })
  // @ts-expect-error no such field
  await urls.filter({ previous__nxt: 1 })
  // @ts-expect-error neither can be read
  await people.filter({ place: 'x' })
  await db.person.restore({ where: { tenantId_number: { tenantId: 1, number: 1 } } })
  await db.m119.onlyDeleted().count()
  return [found[0]?.partner?.deletedAt, url[0]?.datasource, line?.removed_at, await createRepository(db, 'm60').get(1)]
}
`

function extend(client: object, declared: object): object {
  const extension = mixins(declared as never, { locale: () => 'en', fallback: ['en'] }) as unknown as (
    client: object,
  ) => MixinsExtension<never, never, never>
  return (client as { $extends(extension: unknown): object }).$extends(extension)
}

function relationsOf({ fields }: ModelMetadata): string[] {
  return [...fields.values()].filter(({ kind }) => kind === 'relation').map(({ name }) => name)
}
