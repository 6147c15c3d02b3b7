/*
 * What the compilers know of a database: plain data, whatever it was read from. Every name is looked up in a Map, so
 * that `constructor` or `__proto__` is just a name that is not there.
 */

export type Provider = 'sqlite' | 'postgresql' | 'mysql'

export interface Metadata {
  /** `mysql` is MariaDB as well. */
  readonly provider: Provider
  /** The database schema of models without `@@schema`. Undefined where there are none, or the adapter does not tell. */
  readonly defaultSchema: string | undefined
  /** By the name in the schema, `InvoiceItem`. */
  readonly models: ReadonlyMap<string, ModelMetadata>
  /** The same models by the name of their delegate, `invoiceItem`. */
  readonly delegates: ReadonlyMap<string, ModelMetadata>
  readonly enums: ReadonlyMap<string, EnumMetadata>
}

export interface ModelMetadata {
  readonly name: string
  /** `client.invoiceItem`. */
  readonly delegate: string
  readonly view: boolean
  readonly table: string
  /** The database schema of `@@schema`, where several are used. */
  readonly schema?: string
  /**
   * The fields that identify a row: those of `@id` or `@@id`, else of the first unique whose fields are all required.
   * Empty for a view without any.
   */
  readonly key: readonly string[]
  /** Every `@unique` and `@@unique`, partial ones included, without the key. */
  readonly uniques: readonly UniqueMetadata[]
  /** The fields of the key and of every unique, by the name Prisma's `where` has for them: `authorId_title`. */
  readonly whereKeys: ReadonlyMap<string, readonly string[]>
  readonly fields: ReadonlyMap<string, FieldMetadata>
}

export interface UniqueMetadata {
  readonly fields: readonly string[]
  /** Holds for some rows only: it was declared with `where`. */
  readonly partial: boolean
  /** The name of its index, where the schema gives one: `map`. */
  readonly map?: string
}

export interface FieldMetadata {
  readonly name: string
  /** The model it belongs to. */
  readonly model: string
  /** The same as `name` for relations, which have no column. */
  readonly column: string
  readonly kind: 'scalar' | 'enum' | 'relation' | 'unsupported'
  /** `Int`, `DateTime`, …, or the name of the enum or model. */
  readonly type: string
  readonly list: boolean
  readonly required: boolean
  readonly id: boolean
  readonly unique: boolean
  /** The name of the unique's index, where the schema gives one. */
  readonly uniqueMap?: string
  readonly hasDefault: boolean
  /** Prisma writes the date of every change: `@updatedAt`. */
  readonly updatedAt?: true
  /** `Uuid` of `@db.Uuid`. */
  readonly nativeType?: string
  /** Of an enum: its values in the order of declaration, each with the text the database stores. */
  readonly enumValues?: ReadonlyMap<string, string>
  readonly relation?: RelationMetadata
}

/** A relation as its field sees it: `from` are fields of the field's own model, `to` fields of the target. */
export interface RelationMetadata {
  readonly name: string
  readonly target: string
  readonly toMany: boolean
  /** Empty for an implicit many-to-many, which has a `link`. */
  readonly from: readonly string[]
  readonly to: readonly string[]
  /** The foreign key is on this side. */
  readonly ownsKey: boolean
  readonly link?: LinkMetadata
}

/** The table behind an implicit many-to-many. */
export interface LinkMetadata {
  readonly table: string
  readonly schema?: string
  /** The column that holds this side's key, and the one that holds the target's. */
  readonly mine: 'A' | 'B'
  readonly theirs: 'A' | 'B'
}

export interface EnumMetadata {
  readonly name: string
  /** Its type's name in the database. */
  readonly databaseName: string
  readonly schema?: string
  /** In the order of declaration, each with the text the database stores. */
  readonly values: ReadonlyMap<string, string>
}
