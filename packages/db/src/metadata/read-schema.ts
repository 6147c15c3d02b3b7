import { delegateName } from '../delegate-name.ts'
import { DbError } from '../errors.ts'
import { keyOf, uniquesOf, whereKeysOf } from './keys.ts'
import type { EnumMetadata, FieldMetadata, Metadata, ModelMetadata, Provider } from './metadata.ts'
import { type Attribute, attributesOf, find, namesOf, textOf } from './psl-attributes.ts'
import { type Block, blocksOf } from './psl-blocks.ts'
import { type Declared, type DeclaredRelation, relate } from './relations.ts'

/** What the client itself knows of its models: names of relations, and which fields it can use at all. */
export interface RuntimeDataModel {
  readonly models: Readonly<Record<string, { readonly fields: readonly RuntimeField[] }>>
}

interface RuntimeField {
  readonly name: string
  readonly kind: string
  readonly type: string
  readonly relationName?: string
}

/**
 * Reads the text of a Prisma schema. Models and fields the client does not have, for they are ignored or of an
 * unsupported type, can be neither read nor compared: of those, only the fields' names stay.
 */
export function readSchema(
  schema: string,
  { provider, runtime }: { readonly provider: Provider; readonly runtime: RuntimeDataModel },
): Metadata {
  const blocks = blocksOf(schema)
  const enums = new Map(
    blocks.filter(({ keyword }) => keyword === 'enum').map((block) => [block.name, enumOf(block)]),
  )
  const known = new Map(Object.entries(runtime.models))
  const declared = blocks
    .filter(({ keyword, name }) => (keyword === 'model' || keyword === 'view') && known.has(name))
    .map((block) => modelOf(block, known.get(block.name)?.fields ?? [], enums))
  if (declared.length !== known.size) {
    throw new DbError(
      'PRISMA_INTERNALS',
      'The schema this Prisma client carries does not declare all its models',
    )
  }
  const models = relate(declared)
  const delegates = new Map([...models.values()].map((model) => [model.delegate, model]))
  return { provider, defaultSchema: undefined, models, delegates, enums }
}

function enumOf({ name, lines }: Block): EnumMetadata {
  const blockAttributes = lines.filter(isBlockAttribute).flatMap(attributesOf)
  const values = lines
    .filter((line) => line[0]?.kind === 'word')
    .map((line): [string, string] => {
      const value = line[0]?.text ?? ''
      return [value, textOf(find(attributesOf(line), 'map')) ?? value]
    })
  return {
    name,
    databaseName: textOf(find(blockAttributes, 'map')) ?? name,
    ...schemaName(blockAttributes),
    values: new Map(values),
  }
}

function modelOf(
  { keyword, name, lines }: Block,
  runtime: readonly RuntimeField[],
  enums: ReadonlyMap<string, EnumMetadata>,
): Declared {
  const usable = new Map(runtime.map((field) => [field.name, field]))
  const fields = lines
    .filter((line) => line[0]?.kind === 'word')
    .map((line) => fieldOf(name, line, { enums, usable }))
  if (fields.filter(({ field }) => usable.has(field.name)).length !== usable.size) {
    throw new DbError(
      'PRISMA_INTERNALS',
      `The schema this Prisma client carries does not declare all of ${name}`,
    )
  }
  const attributes = lines.filter(isBlockAttribute).flatMap(attributesOf)
  const uniques = uniquesOf(
    fields.map(({ field }) => field),
    attributes,
  )
  const model: ModelMetadata = {
    name,
    delegate: delegateName(name),
    view: keyword === 'view',
    table: textOf(find(attributes, 'map')) ?? name,
    ...schemaName(attributes),
    key: keyOf(
      fields.map(({ field }) => field),
      attributes,
      uniques,
    ),
    uniques,
    whereKeys: whereKeysOf(
      fields.map(({ field }) => field),
      attributes,
    ),
    fields: new Map(fields.map(({ field }) => [field.name, field])),
  }
  return {
    model,
    relations: new Map(fields.flatMap(({ field, relation }) => (relation ? [[field.name, relation]] : []))),
  }
}

interface Context {
  readonly enums: ReadonlyMap<string, EnumMetadata>
  readonly usable: ReadonlyMap<string, RuntimeField>
}

function fieldOf(
  model: string,
  line: Block['lines'][number],
  { enums, usable }: Context,
): {
  field: FieldMetadata
  relation?: DeclaredRelation
} {
  const [name = '', type = ''] = [line[0]?.text, line[1]?.text]
  const attributes = attributesOf(line)
  const start = line.findIndex(({ kind, text }) => kind === 'mark' && text === '@')
  const arity = line.slice(2, start < 0 ? undefined : start).filter(({ kind }) => kind === 'mark')
  const marks = arity.map(({ text }) => text).join('')
  const runtime = usable.get(name)
  const values = enums.get(type)?.values
  const uniqueMap = textOf(find(attributes, 'unique'), 'map')
  const field: FieldMetadata = {
    name,
    model,
    column: textOf(find(attributes, 'map')) ?? name,
    kind: !runtime ? 'unsupported' : runtime.kind === 'object' ? 'relation' : values ? 'enum' : 'scalar',
    type,
    list: marks.endsWith('[]'),
    required: !marks.endsWith('?'),
    id: find(attributes, 'id') !== undefined,
    unique: find(attributes, 'unique') !== undefined,
    hasDefault: find(attributes, 'default') !== undefined || find(attributes, 'updatedAt') !== undefined,
    ...(uniqueMap !== undefined && { uniqueMap }),
    ...(find(attributes, 'updatedAt') && { updatedAt: true as const }),
    ...native(attributes),
    ...(values && { enumValues: values }),
  }
  if (field.kind !== 'relation') return { field }
  const relation = find(attributes, 'relation')
  const keys = { from: named(relation, 'fields'), to: named(relation, 'references') }
  return { field, relation: { name: runtime?.relationName ?? '', ...keys } }
}

function named(attribute: Attribute | undefined, argument: string): string[] {
  return attribute?.arguments.has(argument) ? namesOf(attribute, argument) : []
}

function isBlockAttribute(line: Block['lines'][number]): boolean {
  return line[0]?.kind === 'mark' && line[0].text === '@'
}

function schemaName(attributes: readonly Attribute[]): { schema?: string } {
  const schema = textOf(find(attributes, 'schema'))
  return schema === undefined ? {} : { schema }
}

/** Prisma's own scalars are named after the datasource: `@db.Uuid`, or `@store.Uuid` where it is called so. */
function native(attributes: readonly Attribute[]): { nativeType?: string } {
  const nativeType = attributes.find(({ name }) => name.includes('.'))?.name.split('.')[1]
  return nativeType === undefined ? {} : { nativeType }
}
