import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { ofOurs, ofPrisma } from '../../test/filter/odd/compare.ts'
import { type Datamodel, datamodelOf } from '../../test/filter/odd/dmmf.ts'
import type { ModelMetadata } from './metadata.ts'
import { type RuntimeDataModel, readSchema } from './read-schema.ts'

const schema = await readFile(new URL('../../test/filter/odd/odd.prisma', import.meta.url), 'utf8')
const datamodel = await datamodelOf(schema)
const metadata = readSchema(schema, { provider: 'postgresql', runtime: runtimeOf(datamodel) })

/** What a client keeps of the data model. */
function runtimeOf({ models }: Datamodel): RuntimeDataModel {
  const fields = ({ fields: all }: Datamodel['models'][number]) =>
    all
      .filter(({ kind }) => kind !== 'unsupported')
      .map(({ name, kind, type, relationName }) => ({
        name,
        kind,
        type,
        ...(relationName !== undefined && { relationName }),
      }))
  return { models: Object.fromEntries(models.map((model) => [model.name, { fields: fields(model) }])) }
}

describe('a schema that is hard to read is read as Prisma itself reads it', () => {
  test.each(datamodel.models.map((model) => [model.name, model] as const))(
    'the model %s, with its key, uniques, fields and relations',
    (name, model) => {
      // Without an id, the first unique that can identify a row does.
      const key = name === 'Profile' ? ['userId'] : undefined
      expect(ofOurs(metadata.models.get(name) as ModelMetadata)).toEqual(
        ofPrisma(model, datamodel.models, key),
      )
    },
  )

  test('the models in their order, and no others', () => {
    expect([...metadata.models.keys()]).toEqual(datamodel.models.map(({ name }) => name))
  })

  test('enums, with what the database stores, in the order of declaration', () => {
    const own = [...metadata.enums.values()].map(({ name, databaseName, values }) => ({
      name,
      databaseName,
      values: [...values],
    }))
    expect(own).toEqual(
      datamodel.enums.map(({ name, dbName, values }) => ({
        name,
        databaseName: dbName ?? name,
        values: values.map((value) => [value.name, value.dbName ?? value.name]),
      })),
    )
    expect(metadata.enums.get('Plain')?.schema).toBe('other')
  })
})

test('uniques are known, the names of their indexes, and which of them hold for some rows only', () => {
  expect(metadata.models.get('User')?.uniques).toEqual([
    { fields: ['email'], partial: false, map: 'user_email' },
    { fields: ['email', 'text'], partial: true },
    { fields: ['small', 'born'], partial: false },
  ])
})

test('a relation is known from both ends', () => {
  const post = metadata.models.get('Post')?.fields
  const user = metadata.models.get('User')?.fields
  expect(post?.get('reviewer')?.relation).toEqual({
    name: 'reviewed',
    target: 'User',
    toMany: false,
    from: ['reviewerId'],
    to: ['id'],
    ownsKey: true,
  })
  expect(user?.get('reviewed')?.relation).toEqual({
    name: 'reviewed',
    target: 'Post',
    toMany: true,
    from: ['id'],
    to: ['reviewerId'],
    ownsKey: false,
  })
  expect(post?.get('answers')?.relation).toMatchObject({
    from: ['row', 'column'],
    to: ['parentRow', 'parentCol'],
    ownsKey: false,
  })
  expect(user?.get('pupils')?.relation).toMatchObject({ from: ['id'], to: ['mentorId'], ownsKey: false })
  expect(user?.get('profile')?.relation).toMatchObject({ toMany: false, from: ['id'], to: ['userId'] })
})

test('implicit many-to-many: the model first in the alphabet is in A, in a self relation the field', () => {
  const link = (model: string, field: string) => metadata.models.get(model)?.fields.get(field)?.relation?.link
  expect(link('Tag', 'labels')).toEqual({ table: '_LabelToTag', schema: 'other', mine: 'B', theirs: 'A' })
  expect(link('Label', 'tags')).toEqual({ table: '_LabelToTag', schema: 'other', mine: 'A', theirs: 'B' })
  expect(link('Tag', 'likers')).toEqual({ table: '_Custom', schema: 'other', mine: 'A', theirs: 'B' })
  expect(link('User', 'alpha')).toEqual({ table: '_Knows', schema: 'public', mine: 'A', theirs: 'B' })
  expect(link('User', 'zeta')).toEqual({ table: '_Knows', schema: 'public', mine: 'B', theirs: 'A' })
})

test('what Prisma cannot read keeps its name only', () => {
  const fields = metadata.models.get('User')?.fields
  expect(fields?.get('vector')).toMatchObject({ kind: 'unsupported', required: false })
  expect(fields?.get('maybe')).toMatchObject({ kind: 'unsupported' })
  expect(metadata.models.has('Ignored')).toBe(false)
  expect(metadata.models.get('Summary')).toMatchObject({ view: true, key: [], delegate: 'summary' })
})

test('names that every object has are just not there', () => {
  for (const name of ['constructor', '__proto__', 'toString']) {
    expect(metadata.models.get(name)).toBe(undefined)
    expect(metadata.models.get('User')?.fields.get(name)).toBe(undefined)
  }
})

test('a schema that lacks a model or field of the client is refused', () => {
  const runtime = { models: { Gone: { fields: [] } } }
  expect(() => readSchema('model A {\n id Int @id\n}', { provider: 'sqlite', runtime })).toThrow(
    expect.objectContaining({ code: 'PRISMA_INTERNALS' }),
  )
  const other = { models: { A: { fields: [{ name: 'gone', kind: 'scalar', type: 'Int' }] } } }
  expect(() => readSchema('model A {\n id Int @id\n}', { provider: 'sqlite', runtime: other })).toThrow(
    expect.objectContaining({ code: 'PRISMA_INTERNALS' }),
  )
})

test('the table between two models of different schemas is in that of the model whose name comes first', async () => {
  const text = `datasource db {
  provider = "postgresql"
  schemas  = ["first", "second"]
}
model Label {
  id    Int    @id
  notes Note[]
  @@schema("second")
}
model Note {
  id     Int     @id
  labels Label[]
  @@schema("first")
}`
  const { models } = readSchema(text, { provider: 'postgresql', runtime: runtimeOf(await datamodelOf(text)) })
  const link = (model: string, field: string) => models.get(model)?.fields.get(field)?.relation?.link
  expect(link('Label', 'notes')).toMatchObject({ table: '_LabelToNote', schema: 'second', mine: 'A' })
  expect(link('Note', 'labels')).toMatchObject({ table: '_LabelToNote', schema: 'second', mine: 'B' })
})
