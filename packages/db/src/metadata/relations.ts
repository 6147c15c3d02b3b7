import { DbError } from '../errors.ts'
import type { FieldMetadata, LinkMetadata, ModelMetadata, RelationMetadata } from './metadata.ts'

/** A model as the schema declares it, with what each of its relation fields says about itself. */
export interface Declared {
  readonly model: ModelMetadata
  readonly relations: ReadonlyMap<string, DeclaredRelation>
}

export interface DeclaredRelation {
  readonly name: string
  readonly from: readonly string[]
  readonly to: readonly string[]
}

/** Pairs the two fields of every relation, so that each knows both ends. */
export function relate(declared: readonly Declared[]): Map<string, ModelMetadata> {
  const byName = new Map(declared.map((entry) => [entry.model.name, entry]))
  return new Map(
    declared.map(({ model, relations }) => {
      const fields = [...model.fields.values()].map((field): [string, FieldMetadata] => {
        const own = relations.get(field.name)
        return [field.name, own ? { ...field, relation: relationOf({ model, field, own }, byName) } : field]
      })
      return [model.name, { ...model, fields: new Map(fields) }]
    }),
  )
}

interface Side {
  readonly model: ModelMetadata
  readonly field: FieldMetadata
  readonly own: DeclaredRelation
}

function relationOf({ model, field, own }: Side, declared: ReadonlyMap<string, Declared>): RelationMetadata {
  const shared = { name: own.name, target: field.type, toMany: field.list }
  if (own.from.length > 0) return { ...shared, from: own.from, to: own.to, ownsKey: true }
  const target = declared.get(field.type)
  const back = target && otherSide({ model, field, own }, target)
  if (!target || !back) {
    throw new DbError('PRISMA_INTERNALS', `The relation ${model.name}.${field.name} has no other side`)
  }
  const [backName, { from, to }] = back
  if (from.length > 0) return { ...shared, from: to, to: from, ownsKey: false }
  const link = linkOf({ model, field, own }, { target: target.model, back: backName })
  return { ...shared, from: [], to: [], ownsKey: false, link }
}

/** Two fields of one relation share its name. In a relation of a model with itself, the other is not the same one. */
function otherSide(
  { model, field, own }: Side,
  target: Declared,
): readonly [string, DeclaredRelation] | undefined {
  return [...target.relations].find(
    ([name, relation]) =>
      relation.name === own.name &&
      target.model.fields.get(name)?.type === model.name &&
      !(target.model.name === model.name && name === field.name),
  )
}

/**
 * Prisma puts the model that comes first in the alphabet into column A. Where a model is related to itself, the owner
 * of the field that comes first. The table is in the schema of column A's model.
 */
function linkOf(
  { model, field, own }: Side,
  { target, back }: { readonly target: ModelMetadata; readonly back: string },
): LinkMetadata {
  const first = model.name === target.name ? field.name < back : model.name < target.name
  const { schema } = first ? model : target
  return {
    table: `_${own.name}`,
    ...(schema !== undefined && { schema }),
    mine: first ? 'A' : 'B',
    theirs: first ? 'B' : 'A',
  }
}
