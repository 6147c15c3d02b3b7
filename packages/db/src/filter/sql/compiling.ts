import sql, { join, raw, type Sql } from 'sql-template-tag'
import type { FieldMetadata, Metadata, ModelMetadata, Provider } from '../../metadata/metadata.ts'
import type { Scope } from '../scope.ts'

/** What SQL is written for. */
export type Dialect = Pick<Compiling, 'provider'>

/** What the parts of one statement share. */
export interface Compiling {
  readonly metadata: Metadata
  readonly provider: Provider
  /** Where the text of a translated field is looked for, in turn. */
  readonly locales: readonly string[]
  /** The field that marks a row as deleted, by model. */
  readonly softDelete: ReadonlyMap<string, string>
  /** What else all rows share. */
  readonly scope: Scope | undefined
  /** A new name for a table, unique in the statement. */
  readonly alias: () => string
}

/** A table in the statement. */
export interface Place {
  readonly model: ModelMetadata
  readonly alias: string
}

export function quoted({ provider }: Dialect, ...names: readonly string[]): Sql {
  const mark = provider === 'mysql' ? '`' : '"'
  return raw(names.map((name) => `${mark}${name.replaceAll(mark, mark + mark)}${mark}`).join('.'))
}

export function column(compiling: Compiling, { alias }: Place, { column: name }: FieldMetadata): Sql {
  return quoted(compiling, alias, name)
}

export function tableAs(
  compiling: Compiling,
  { table, schema }: { readonly table: string; readonly schema?: string },
  alias: string,
): Sql {
  const names = schema === undefined ? [table] : [schema, table]
  return sql`${quoted(compiling, ...names)} as ${quoted(compiling, alias)}`
}

export function and(conditions: readonly Sql[]): Sql {
  return joined(conditions, ' and ', sql`1 = 1`)
}

export function or(conditions: readonly Sql[]): Sql {
  return joined(conditions, ' or ', sql`1 = 0`)
}

/** The negation that is true where the condition is NULL. Every database here knows it. */
export function not(condition: Sql): Sql {
  return sql`(${condition}) is not true`
}

function joined([first, ...more]: readonly Sql[], word: string, none: Sql): Sql {
  if (!first) return none
  return more.length === 0 ? first : sql`(${join([first, ...more], word)})`
}
