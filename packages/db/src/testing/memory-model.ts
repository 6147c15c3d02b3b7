import type { FieldMetadata, Metadata, ModelMetadata } from '../metadata/metadata.ts'

/** A column's type, with `?` where it may be null. */
export type MemoryField =
  `${'String' | 'Int' | 'BigInt' | 'Float' | 'Decimal' | 'Boolean' | 'DateTime' | 'Json'}${'' | '?'}`

/** What Prisma would know of one model: built from `{ id: 'Int', name: 'String', city: 'String?' }`. */
export function memoryModel(
  name: string,
  fields: Readonly<Record<string, MemoryField>>,
  key: string,
): { metadata: Metadata; model: ModelMetadata } {
  const columns = Object.entries(fields).map(
    ([field, type]) => [field, fieldOf(name, field, { type, id: field === key })] as const,
  )
  const model: ModelMetadata = {
    name,
    delegate: name,
    view: false,
    table: name,
    key: [key],
    uniques: [],
    whereKeys: new Map([[key, [key]]]),
    fields: new Map(columns),
  }
  const metadata: Metadata = {
    provider: 'sqlite',
    defaultSchema: undefined,
    models: new Map([[name, model]]),
    delegates: new Map([[name, model]]),
    enums: new Map(),
  }
  return { metadata, model }
}

function fieldOf(
  model: string,
  name: string,
  { type, id }: { type: MemoryField; id: boolean },
): FieldMetadata {
  return {
    name,
    model,
    column: name,
    kind: 'scalar',
    type: type.replace('?', ''),
    list: false,
    required: !type.endsWith('?'),
    id,
    unique: id,
    hasDefault: id,
  }
}
