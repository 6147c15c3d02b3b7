import { PrismaPg } from '@prisma/adapter-pg'
import { afterAll, expect, test } from 'vitest'
import { type NotesDatabase, notesDatabase } from '../../test/filter/databases.ts'
import { PrismaClient as PostgresqlClient } from '../../test/filter/generated/postgresql/client.ts'
import { inlineSchemaOf } from './inline-schema.ts'
import { metadataOf } from './metadata-of.ts'

const database: NotesDatabase = await notesDatabase('sqlite')
const { client } = database
afterAll(() => database.drop())

test('a client carries its schema, its provider and a data model', () => {
  const { schema, provider, runtime } = inlineSchemaOf(client)
  expect(schema).toContain('@@map("notes")')
  expect(provider).toBe('sqlite')
  expect(Object.keys(runtime.models)).toEqual(['Person', 'Note', 'Label', 'Seat'])
  expect(runtime.models['Note']?.fields).toContainEqual({
    name: 'labels',
    kind: 'object',
    type: 'Label',
    relationName: 'LabelToNote',
  })
})

test('extensions and transactions share the metadata of their client', async () => {
  const metadata = metadataOf(client)
  const extended = client.$extends({ name: 'any' })
  expect(metadataOf(extended)).toBe(metadata)
  await extended.$transaction(async (tx) => {
    expect(metadataOf(tx)).toBe(metadata)
  })
  expect([...metadata.delegates.keys()]).toEqual(['person', 'note', 'label', 'seat'])
})

test('a client on PostgreSQL knows the schema its adapter looks in, unless something hides that', () => {
  const config = { connectionString: 'postgresql://u@127.0.0.1/none' }
  const wrapped = { provider: 'postgres', adapterName: 'mine', connect: () => new PrismaPg(config).connect() }
  const schemas = [new PrismaPg(config), new PrismaPg(config, { schema: 'tenant' }), wrapped].map(
    (adapter) => metadataOf(new PostgresqlClient({ adapter: adapter as PrismaPg })).defaultSchema,
  )
  expect(schemas).toEqual(['public', 'tenant', undefined])
})

test('anything that is no Prisma 7 client is refused in plain words', () => {
  const model = { models: {} }
  const refused = [
    {},
    { _runtimeDataModel: model },
    { _runtimeDataModel: model, _engineConfig: { inlineSchema: '', activeProvider: 'sqlserver' } },
  ]
  for (const other of refused) {
    expect(() => metadataOf(other)).toThrow(expect.objectContaining({ code: 'PRISMA_INTERNALS' }))
  }
})
