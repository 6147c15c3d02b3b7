import sql, { join, raw, type Sql } from 'sql-template-tag'
import type { FieldMetadata, Metadata, ModelMetadata } from '../../metadata/metadata.ts'
import type { Scope } from '../scope.ts'

/** What SQL is written for: the database, and where tables are that name no schema. */
export type Dialect = Pick<Metadata, 'provider' | 'defaultSchema'>

/** What the parts of one statement share. */
export interface Compiling extends Dialect {
  readonly metadata: Metadata
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

/** Quotes a name, or two with a dot between: `"t0"."id"`. */
export function quoted(dialect: Dialect, name: string, inner?: string): Sql {
  return raw(quotedText(dialect, name, inner))
}

export function column(compiling: Compiling, { alias }: Place, { column: name }: FieldMetadata): Sql {
  return quoted(compiling, alias, name)
}

interface Table {
  readonly table: string
  readonly schema?: string
}

export function tableName(dialect: Dialect, table: Table): Sql {
  return raw(tableText(dialect, table))
}

export function tableAs(dialect: Dialect, table: Table, alias: string): Sql {
  return raw(`${tableText(dialect, table)} as ${quotedText(dialect, alias)}`)
}

/** Where Prisma itself looks for it, whatever the connection's search path. */
function tableText(dialect: Dialect, { table, schema = dialect.defaultSchema }: Table): string {
  return schema === undefined ? quotedText(dialect, table) : quotedText(dialect, schema, table)
}

function quotedText({ provider }: Dialect, name: string, inner?: string): string {
  const mark = provider === 'mysql' ? '`' : '"'
  const text = quotedName(name, mark)
  return inner === undefined ? text : `${text}.${quotedName(inner, mark)}`
}

/** Few names have a mark in them, and `replaceAll` alone takes as long as all the rest. */
function quotedName(name: string, mark: string): string {
  return mark + (name.includes(mark) ? name.replaceAll(mark, mark + mark) : name) + mark
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
