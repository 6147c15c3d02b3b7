import sql, { type Sql } from 'sql-template-tag'
import type { FieldMetadata, ModelMetadata, RelationMetadata } from '../../metadata/metadata.ts'
import { modelOf } from '../model-of.ts'
import { scopeFields } from '../scope.ts'
import { comparisonSql } from './comparison.ts'
import { type Compiling, column, type Place, quoted, tableAs } from './compiling.ts'

/** The rows a relation leads to. */
export interface Source {
  readonly place: Place
  /** What stands after FROM or JOIN. */
  readonly from: Sql
  /** Pairs of columns that are equal for related rows: of the row it starts at, and of the source. */
  readonly link: readonly (readonly [mine: Sql, theirs: Sql])[]
  /** What else holds for every row that counts: it is not deleted, and within the scope. */
  readonly live: readonly Sql[]
}

/** Compiles the step over a relation. Implicit many-to-many goes through the table Prisma keeps for it. */
export function sourceOf(compiling: Compiling, start: Place, relation: RelationMetadata): Source {
  const model = modelOf(compiling.metadata, relation.target)
  const place = { model, alias: compiling.alias() }
  const live = [...liveSql(compiling, place), ...scopeSql(compiling, place)]
  const table = tableAs(compiling, model, place.alias)
  const { link } = relation
  if (!link) {
    const pairs = relation.from.map((name, at): [Sql, Sql] => [
      column(compiling, start, fieldOf(start.model, name)),
      column(compiling, place, fieldOf(model, relation.to[at] as string)),
    ])
    return { place, from: table, link: pairs, live }
  }
  const through = compiling.alias()
  const key = column(compiling, place, fieldOf(model, model.key[0] as string))
  const from = sql`${tableAs(compiling, link, through)} inner join ${table} on ${key} = ${quoted(compiling, through, link.theirs)}`
  const mine = column(compiling, start, fieldOf(start.model, start.model.key[0] as string))
  return { place, from, link: [[mine, quoted(compiling, through, link.mine)]], live }
}

/** Excludes deleted rows of a model that is deleted softly. */
export function liveSql(compiling: Compiling, place: Place): readonly Sql[] {
  const name = compiling.softDelete.get(place.model.name)
  return name === undefined ? [] : [sql`${column(compiling, place, fieldOf(place.model, name))} is null`]
}

/** Excludes rows out of the scope, of a model that belongs to one. */
export function scopeSql(compiling: Compiling, place: Place): readonly Sql[] {
  const { scope } = compiling
  if (!scope) return []
  return scopeFields(place.model, scope).map((field) => {
    const value = scope[field.name]
    const compared =
      value === null ? ({ lookup: 'is_null', value: true } as const) : { lookup: 'eq' as const, value }
    return comparisonSql(compiling, place, { kind: 'compare', field, translated: false, ...compared })
  })
}

export function fieldOf({ fields }: ModelMetadata, name: string): FieldMetadata {
  return fields.get(name) as FieldMetadata
}
