import { toJsonSchema } from '@valibot/to-json-schema'
import { type } from 'arktype'
import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { wireSchema, within } from './wire-schema.ts'

class Decimal {
  toDecimalPlaces(): this {
    return this
  }
}

const dateTime = { type: 'string', format: 'date-time' }
const integer = { type: 'string', pattern: '^-?\\d+$' }
const decimal = { type: 'string', format: 'decimal' }
const bytes = { type: 'string', contentEncoding: 'base64' }

const outputOf = async (schema: Parameters<typeof wireSchema>[0]) =>
  (await wireSchema(schema, 'output').toOpenAPISchema()).schema

describe('what travels as text is described as text', () => {
  test('by Valibot', async () => {
    const schema = v.object({
      at: v.date(),
      views: v.bigint(),
      rate: v.instance(Decimal),
      day: v.instance(Date),
      pdf: v.instance(Uint8Array),
      trimmed: v.pipe(v.string(), v.trim()),
      changed: v.pipe(v.string(), v.transform(Number)),
      checked: v.pipe(v.string(), v.transform(Number), v.number()),
      date: v.pipe(v.string(), v.toDate()),
    })
    expect(await outputOf(schema)).toEqual({
      type: 'object',
      properties: {
        at: dateTime,
        views: integer,
        rate: decimal,
        day: dateTime,
        pdf: bytes,
        trimmed: { type: 'string' },
        changed: {},
        checked: { type: 'number' },
        date: dateTime,
      },
      required: ['at', 'views', 'rate', 'day', 'pdf', 'trimmed', 'changed', 'checked', 'date'],
    })
  })

  test('by Zod', async () => {
    const schema = z.object({
      at: z.date(),
      views: z.bigint(),
      rate: z.instanceof(Decimal),
      pdf: z.instanceof(Uint8Array),
      changed: z.string().transform(Number),
    })
    expect((await outputOf(schema)) as { properties: object }).toMatchObject({
      properties: { at: dateTime, views: integer, rate: decimal, pdf: bytes, changed: {} },
    })
  })

  test('by ArkType', async () => {
    const schema = type({
      at: 'Date',
      views: 'bigint',
      rate: type.instanceOf(Decimal),
      pdf: type.instanceOf(Uint8Array),
      changed: type('string').pipe(Number),
    })
    expect((await outputOf(schema)) as { properties: object }).toMatchObject({
      properties: { at: dateTime, views: integer, rate: decimal, pdf: bytes, changed: {} },
    })
  })
})

test('the rest is described as its library does', async () => {
  const schema = v.object({
    name: v.pipe(v.string(), v.minLength(1), v.maxLength(9)),
    pair: v.tuple([v.string(), v.nullable(v.number())]),
    kind: v.picklist(['a', 'b']),
    more: v.optional(v.record(v.string(), v.union([v.boolean(), v.literal(3)]))),
  })
  const { $schema: _, ...expected } = toJsonSchema(schema, { target: 'draft-2020-12' })
  expect(await outputOf(schema)).toEqual(expected)
})

test('what a client sends is described as it is before it is changed', async () => {
  const input = async (schema: Parameters<typeof wireSchema>[0]) =>
    (await wireSchema(schema, 'input').toOpenAPISchema()).schema
  expect(await input(v.pipe(v.string(), v.transform(Number)))).toEqual({ type: 'string' })
  expect(await input(z.string().transform(Number))).toMatchObject({ type: 'string' })
  expect(await input(type('string').pipe(Number))).toMatchObject({ type: 'string' })
})

test('a schema within another still finds its definitions', async () => {
  type Tree = { children: Tree[] }
  const Tree: v.GenericSchema<Tree> = v.object({ children: v.array(v.lazy(() => Tree)) })
  const { schema, components } = await within(wireSchema(Tree, 'output'), (data) => ({
    type: 'object',
    properties: { data },
  })).toOpenAPISchema()
  const [[name, definition] = []] = Object.entries(components?.schemas ?? {})
  expect(JSON.stringify(schema)).toContain(`"$ref":"#/components/schemas/${name}"`)
  expect(definition).toMatchObject({ type: 'object', required: ['children'] })
  expect(JSON.stringify({ schema, components })).not.toContain('$defs')
})
