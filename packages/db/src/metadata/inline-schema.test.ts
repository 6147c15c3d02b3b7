import { afterAll, expect, test } from 'vitest'
import { type NotesDatabase, notesDatabase } from '../../test/filter/databases.ts'
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
