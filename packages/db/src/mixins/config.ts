/** The delegates of a client: Prisma reserves `$`, so every other name is a model. */
export type ModelName<C> = Exclude<keyof C & string, `$${string}`>

/** Which mixins a model has. `F` is the model's table of fields, `client.article.fields`. */
export interface ModelMixins<F> {
  /** Writes `createdAt` and `updatedAt` by the client's clock; neither can be set by hand. */
  readonly timestamps?:
    | Needs<F, 'createdAt' | 'updatedAt', 'DateTime', boolean>
    | TimestampNames<FieldNames<F>['DateTime']>
  /** Makes `delete` set `deletedAt`, and hides the rows where it is set. */
  readonly softDelete?:
    | Needs<F, 'deletedAt', 'DateTime', boolean | SoftDeleteCascade>
    | SoftDeleteName<FieldNames<F>['DateTime']>
  /**
   * Columns that hold one text per locale, `{ "en": "Hello", "es": "Hola" }`, and are read and written as the text of
   * the current one. Of type `Json?`: without any text a column is NULL.
   */
  readonly translatable?: readonly FieldNames<F>['Json'][]
}

/** For columns with names of their own. A name left out keeps the usual one. */
export interface TimestampNames<Field extends string> {
  readonly createdAt?: Field
  readonly updatedAt?: Field
}

/** For a column with a name of its own. */
export interface SoftDeleteName<Field extends string> extends SoftDeleteCascade {
  readonly field: Field
}

export interface SoftDeleteCascade {
  /**
   * Relations whose rows are deleted with the row, at the same moment, and restored with it. They point to this model,
   * and have soft delete. Names are checked at start-up: the fields a client is typed by name no relations.
   */
  readonly cascade?: readonly string[]
}

/** Field names by Prisma type. An interface, so that the compiler's messages show names and not a helper. */
export interface FieldNames<F> {
  DateTime: { [K in keyof F]: F[K] extends { readonly typeName: 'DateTime' } ? K : never }[keyof F] & string
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
export type ManagedFields<X> = TimestampFieldsOf<X> | SoftDeleteFieldOf<X>

/** Names of the fields that hold one text per locale. */
export type TranslatableOf<X> = X extends { readonly translatable: readonly (infer Name extends string)[] }
  ? Name
  : never

/** `true` for a model declared with soft delete. */
export type HasSoftDelete<X> = X extends { readonly softDelete: true | object } ? true : false

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

type NameOr<Names, K extends string> = Names extends { readonly [P in K]: infer Field extends string }
  ? Field
  : K
