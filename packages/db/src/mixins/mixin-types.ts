/** The delegates of a client: Prisma reserves `$`, so every other name is a model. */
export type ModelName<C> = Exclude<keyof C & string, `$${string}`>

/** Which mixins a model has. `F` is the model's table of fields, `client.article.fields`; `R` names its relations. */
export interface ModelMixins<F, R extends string = string> {
  /** Writes `createdAt` and `updatedAt` by the client's clock; neither can be set by hand. */
  readonly timestamps?:
    | Needs<F, 'createdAt' | 'updatedAt', 'DateTime', boolean>
    | TimestampNames<FieldNames<F>['DateTime']>
  /** Makes `delete` set `deletedAt`, and hides the rows where it is set. */
  readonly softDelete?:
    | Needs<F, 'deletedAt', 'DateTime', boolean | SoftDeleteCascade<R>>
    | SoftDeleteName<FieldNames<F>['DateTime'], R>
  /** Counts the changes of a row, so that a change can be tied to what was read: `update(id, data, { version: 3 })`. */
  readonly version?: Needs<F, 'version', 'Int', boolean> | FieldName<FieldNames<F>['Int']>
  /** Tells drafts, without `publishedAt`, from what is published, and what will be. */
  readonly publishable?: Needs<F, 'publishedAt', 'DateTime', boolean> | FieldName<FieldNames<F>['DateTime']>
  /**
   * Gives a new row a `slug` made from its title: `my-title`, the next one `my-title-2`. One that the data has stays as
   * it is. The column needs a unique; with `@default("")` Prisma's own `create` does without it as well.
   */
  readonly slug?:
    | Needs<F, 'slug', 'String', false | SlugOptions<FieldNames<F>['String' | 'Json']>>
    | SlugName<FieldNames<F>['String'], FieldNames<F>['String' | 'Json']>
  /**
   * Columns that hold one text per locale, `{ "en": "Hello", "es": "Hola" }`, and are read and written as the text of
   * the current one. Of type `Json?`: without any text a column is NULL.
   */
  readonly translatable?: readonly FieldNames<F>['Json'][]
}

export interface SlugOptions<Source extends string> {
  /** What it is made from, in this order. */
  readonly from: Source | readonly Source[]
  /** In characters, the number at its end included; from 16. @default 80 */
  readonly maxLength?: number
  /** Slugs no row gets: the words that stand in its place in routes. @default ['new', 'edit'] */
  readonly reserved?: readonly string[]
  /**
   * Makes a new slug when a source changes, and links to the old one lead nowhere. Only where one row is updated by
   * itself: in a nested update or `updateMany`, a changed source is refused, `SLUG_UPDATE`, unless a slug is given.
   * @default false
   */
  readonly onUpdate?: boolean
}

/** For a column with a name of its own. */
export interface SlugName<Field extends string, Source extends string> extends SlugOptions<Source> {
  readonly field: Field
}

/** For columns with names of their own. A name left out keeps the usual one. */
export interface TimestampNames<Field extends string> {
  readonly createdAt?: Field
  readonly updatedAt?: Field
}

/** For a column with a name of its own. */
export interface FieldName<Field extends string> {
  readonly field: Field
}

export interface SoftDeleteName<Field extends string, Relation extends string = string>
  extends SoftDeleteCascade<Relation>,
    FieldName<Field> {}

export interface SoftDeleteCascade<Relation extends string> {
  /**
   * Relations whose rows are deleted with the row, at the same moment, and restored with it. They point to this model,
   * and have soft delete.
   */
  readonly cascade?: readonly Relation[]
}

/** Field names by Prisma type. An interface, so that the compiler's messages show names and not a helper. */
export interface FieldNames<F> {
  DateTime: { [K in keyof F]: F[K] extends { readonly typeName: 'DateTime' } ? K : never }[keyof F] & string
  Int: { [K in keyof F]: F[K] extends { readonly typeName: 'Int' } ? K : never }[keyof F] & string
  String: { [K in keyof F]: F[K] extends { readonly typeName: 'String' } ? K : never }[keyof F] & string
  Json: { [K in keyof F]: F[K] extends { readonly typeName: 'Json' } ? K : never }[keyof F] & string
}

/** Shows up in the compiler's message when a mixin's column is missing from the schema. */
export interface MissingField<Hint extends string> {
  readonly '~missing': Hint
}

type Needs<F, K extends string, T extends string, Ok> = F extends {
  readonly [P in K]: { readonly typeName: T }
}
  ? Ok
  : MissingField<`${K} ${T}`>

/** Names of the fields that a model's mixins write, so that nobody else does. */
export type ManagedFields<X> = TimestampFieldsOf<X> | SoftDeleteFieldOf<X> | VersionFieldOf<X>

/** Names of the fields that hold one text per locale. */
export type TranslatableOf<X> = X extends { readonly translatable: readonly (infer Name extends string)[] }
  ? Name
  : never

/** `true` for a model declared with soft delete. */
export type HasSoftDelete<X> = X extends { readonly softDelete: true | object } ? true : false

/** `true` for a model declared publishable. */
export type IsPublishable<X> = X extends { readonly publishable: true | object } ? true : false

type VersionFieldOf<X> = X extends { readonly version: infer Name }
  ? Name extends { readonly field: infer Field extends string }
    ? Field
    : Name extends true
      ? 'version'
      : never
  : never

/** The name of the field that `create` can do without. */
export type SlugFieldOf<X> = X extends { readonly slug: infer Options extends object }
  ? NameOr<Options, 'field', 'slug'>
  : never

type TimestampFieldsOf<X> = X extends { readonly timestamps: infer Names }
  ? Names extends true
    ? 'createdAt' | 'updatedAt'
    : Names extends object
      ? NameOr<Names, 'createdAt'> | NameOr<Names, 'updatedAt'>
      : never
  : never

type SoftDeleteFieldOf<X> = X extends { readonly softDelete: infer Name }
  ? Name extends true
    ? 'deletedAt'
    : Name extends { readonly field: infer Field extends string }
      ? Field
      : Name extends object
        ? 'deletedAt'
        : never
  : never

type NameOr<Names, K extends string, Usual = K> = Names extends {
  readonly [P in K]: infer Field extends string
}
  ? Field
  : Usual
