import type { ModelMetadata } from '../../../src/metadata/metadata.ts'
import type { Datamodel } from './dmmf.ts'

type DatamodelModel = Datamodel['models'][number]

/** A model as we read it, in the words that both know. */
export function ofOurs({ name, table, schema, key, uniques, fields }: ModelMetadata): object {
  return {
    name,
    table,
    schema,
    key,
    uniques: uniques.filter(({ partial }) => !partial).map((unique) => unique.fields),
    fields: [...fields.values()]
      .filter(({ kind }) => kind !== 'unsupported')
      .map((field) => ({
        name: field.name,
        column: field.column,
        kind: field.kind === 'relation' ? 'object' : field.kind,
        type: field.type,
        list: field.list,
        required: field.required,
        id: field.id,
        unique: field.unique,
        hasDefault: field.hasDefault,
        updatedAt: field.updatedAt === true,
        nativeType: field.nativeType,
        relation: field.relation && {
          name: field.relation.name,
          from: field.relation.from,
          to: field.relation.to,
          ownsKey: field.relation.ownsKey,
        },
      })),
  }
}

/** The same model as Prisma itself reads it. A key that it does not call one is `key`. */
export function ofPrisma(
  model: DatamodelModel,
  models: readonly DatamodelModel[],
  key?: readonly string[],
): object {
  const { name, dbName, schema, primaryKey, uniqueFields, fields } = model
  const ids = fields.filter(({ isId }) => isId).map((field) => field.name)
  return {
    name,
    table: dbName ?? name,
    schema: schema ?? undefined,
    key: key ?? primaryKey?.fields ?? ids,
    uniques: [...fields.filter(({ isUnique }) => isUnique).map((field) => [field.name]), ...uniqueFields],
    fields: fields
      .filter(({ kind }) => kind !== 'unsupported')
      .map((field) => ({
        name: field.name,
        column: field.dbName ?? field.name,
        kind: field.kind,
        type: field.type,
        list: field.isList,
        required: field.isRequired || field.isList,
        id: field.isId,
        unique: field.isUnique,
        hasDefault: field.hasDefaultValue || field.isUpdatedAt === true,
        updatedAt: field.isUpdatedAt === true,
        nativeType: field.nativeType?.[0],
        relation: relationOf(model, field, models),
      })),
  }
}

/** Prisma tells the fields of a relation at the side that has the key; the other side's are found there. */
function relationOf(
  { name: model }: DatamodelModel,
  {
    name,
    type,
    relationName,
    relationFromFields: from = [],
    relationToFields: to = [],
  }: DatamodelModel['fields'][number],
  models: readonly DatamodelModel[],
): object | undefined {
  if (relationName === undefined) return undefined
  if (from.length > 0) return { name: relationName, from, to, ownsKey: true }
  const back = models
    .find((target) => target.name === type)
    ?.fields.find((field) => field.relationName === relationName && !(type === model && field.name === name))
  return {
    name: relationName,
    from: back?.relationToFields ?? [],
    to: back?.relationFromFields ?? [],
    ownsKey: false,
  }
}
