import type { Types } from '@prisma/client/runtime/client'
import type {
  HasSoftDelete,
  IsPublishable,
  ManagedFields,
  SlugFieldOf,
  TranslatableOf,
} from '../mixins/mixin-types.ts'
import type { WithAllTexts } from '../mixins/translatable/in-locale.ts'
import type { Replacement, Texts } from '../mixins/translatable/replace.ts'
import type { CheckFilter, OrderKeys, OwnFilter } from './filter.ts'

/** A row as the repository returns it when nothing is selected or included. */
export type Row<C, M extends keyof C> = Types.Public.Result<C[M], {}, 'findFirstOrThrow'>

/** How a repository behaves, and what may be written through it. */
export interface RepositoryOptions<C, M extends keyof C> {
  /** The most rows a page may hold, from 1. @default 100 */
  readonly maxPerPage?: number
  /** Signs cursors, so that clients cannot make their own. Not empty. @default they can */
  readonly cursorSecret?: string
  /** The columns that a new row, or a change, may name; an empty list names none. @default all but those of mixins */
  readonly writable?: {
    readonly create?: readonly (keyof Scalars<C, M>)[]
    readonly update?: readonly (keyof Scalars<C, M>)[]
  }
  /** The relations that data may write through, `{ items: { create: [...] } }`. @default none */
  readonly nestedWrites?: readonly Relation<C, M>[]
  /**
   * The columns all rows of this repository share, with their values of the moment: `() => ({ tenantId: tenant() })`.
   * Asked for on every call. Rows of others are neither seen nor touched, new rows get the values, foreign keys must
   * lead to rows that share them where their models have the columns, and cursors belong to them.
   */
  readonly scoped?: () => Partial<Scalars<C, M>>
}

type Scalars<C, M extends keyof C> = Types.Public.Payload<C[M]> extends { scalars: infer S } ? S : {}
type Relation<C, M extends keyof C> = (Types.Public.Payload<C[M]> extends { objects: infer R }
  ? keyof R
  : never) &
  string

/**
 * What `create` takes: Prisma's own input, without the fields that mixins and the scope write, and what the options
 * leave out. A slug can be left to its mixin. `undefined` means not given.
 */
export type Create<C, M extends keyof C, O = {}> = Writable<
  Without<DataOf<C[M], 'create'>, SlugFieldOf<MixinsOf<C, M>>>,
  RefusedRelations<C, M, O>,
  LeftOut<C, M, O, 'create'>,
  TextsOf<C, M>
>

/** What `update` takes: the same, without the key. */
export type Update<C, M extends keyof C, O = {}> = Writable<
  DataOf<C[M], 'update'>,
  RefusedRelations<C, M, O>,
  LeftOut<C, M, O, 'update'> | IdOf<C, M>,
  TextsOf<C, M>
>

/** `id`, where that is the key. */
type IdOf<C, M extends keyof C> = Key<C, M> extends object ? never : 'id'

/** Prisma's `where` for one row: one unique of the model, and nothing else. */
export type UniqueKey<C, M extends keyof C> =
  Types.Public.Args<C[M], 'findUnique'> extends { where: infer Where } ? Where : never

/** The locales a model is read in, where some are translatable; else a type that names what is missing. */
export type LocaleOf<T> = T extends { inLocale: (locale: infer Locale) => unknown }
  ? Locale
  : MissingMixin<'translatable'>

/** Marks the delegate of a repository that reads all texts. */
export interface AllTexts<Config, Locale> {
  readonly '~all locales': { readonly config: Config; readonly locale: Locale }
}

/** What the model's `id` takes; for a model whose key has another name, Prisma's `where` for one row. */
export type Key<C, M extends keyof C> = KeyIn<UniqueKey<C, M>>

type KeyIn<Where> = 'id' extends keyof Where ? ValueOr<NonNullable<Where['id' & keyof Where]>, Where> : Where

/** A column that is no key takes filters in a `where`, and those know `not`. */
type ValueOr<Value, Where> = [Extract<Value, object>] extends [never]
  ? Value
  : 'not' extends keyof Extract<Value, object>
    ? Where
    : Value

/** The key where rows are deleted softly, else a type that names what is missing. */
export type SoftDeletedKey<C, M extends keyof C> =
  HasSoftDelete<MixinsOf<C, M>> extends true ? Key<C, M> : MissingMixin<'softDelete'>

/** No argument where rows are deleted softly, else one that names what is missing. */
export type RequiresSoftDelete<C, M extends keyof C> =
  HasSoftDelete<MixinsOf<C, M>> extends true ? [] : [MissingMixin<'softDelete'>]

/** The key where rows are publishable, else a type that names what is missing. */
export type PublishableKey<C, M extends keyof C> =
  IsPublishable<MixinsOf<C, M>> extends true ? Key<C, M> : MissingMixin<'publishable'>

/** No argument where rows are publishable, else one that names what is missing. */
export type RequiresPublishable<C, M extends keyof C> =
  IsPublishable<MixinsOf<C, M>> extends true ? [] : [MissingMixin<'publishable'>]

/** Shows up in the compiler's message when a verb needs a mixin the model was not declared with. */
export interface MissingMixin<Name extends string> {
  readonly '~missing mixin': Name
}

/** Which texts, where there are several. */
export interface InLocale<T> {
  /** The locale texts are read, written and compared in. @default that of the repository, `in('de')`, else the current one */
  readonly locale?: LocaleOf<T>
}

/** Prisma's own `select` or `include`. */
export interface Selection<T, S, I> extends InLocale<T> {
  readonly select?: Types.Public.Exact<S, SelectOf<T>>
  readonly include?: Types.Public.Exact<I, IncludeOf<T>>
}

/** Which rows, besides a filter. */
export interface Matching<T> extends InLocale<T> {
  /**
   * Prisma's own, AND-ed: for what a filter cannot say. It is taken as it is, so nothing a client sends belongs here.
   * Beside a filter or an order that Prisma cannot say, and in cursor pages, it is asked of row after row, by 100 and
   * more at a time, until there are enough.
   */
  readonly where?: ArgumentOf<T, 'where'>
}

/** Which rows to list, and in which order. */
export interface Listing<P> {
  /** Field names, `-` in front for descending. The key is always the last of them. @default the key */
  readonly orderBy?: OrderKeys<P>['orderBy']
  /** 0 gives no rows. @default no limit */
  readonly limit?: number
  /** Rows skipped. @default 0 */
  readonly offset?: number
}

/** Which page to read. */
export interface Paging<P, F> {
  /** From 1. @default 1 */
  readonly page?: number
  /** From 1 up to the repository's `maxPerPage`. @default 20, or that maximum if it is less */
  readonly perPage?: number
  readonly filter?: F & CheckFilter<F, P> & Suggest<F, P>
  readonly orderBy?: OrderKeys<P>['orderBy']
}

/** Which page to read, by a cursor of the page before or after it. */
export interface CursorPaging<P, F> {
  /** @default the first page; an empty one counts as none */
  readonly cursor?: string | null
  /** From 1 up to the repository's `maxPerPage`. @default 20, or that maximum if it is less */
  readonly perPage?: number
  /** The same on every page. */
  readonly filter?: F & CheckFilter<F, P> & Suggest<F, P>
  /** The same on every page. The key is always the last of them. @default the key */
  readonly orderBy?: OrderKeys<P>['orderBy']
}

/** Which rows to walk over, and in which order. */
export interface Iterating<P> {
  /** The key is always the last of them. @default the key */
  readonly orderBy?: OrderKeys<P>['orderBy']
  /** Rows read at once, from 1 to 500. @default 100 */
  readonly batchSize?: number
}

/** What to add to each number: decimals by numbers and text as well, big integers by numbers. */
export type Increments<P> = P extends { scalars: infer S }
  ? { readonly [K in keyof S as NonNullable<S[K]> extends Numeric ? K : never]?: Amount<NonNullable<S[K]>> }
  : never

/** JSON is none, though it may hold numbers. */
type Numeric = number | bigint | DecimalLike
type Amount<V> = V extends number ? V : V extends bigint ? V | number : V | number | string

interface DecimalLike {
  toFixed(): string
  toDecimalPlaces(): unknown
}

/** Prisma's `_count`, `_sum`, `_avg`, `_min` and `_max`. */
export type Functions<T> = Pick<
  Types.Public.Args<T, 'aggregate'>,
  Extract<keyof Types.Public.Args<T, 'aggregate'>, `_${string}`>
>

export type AggregateOf<T, A> = Types.Public.Result<T, A, 'aggregate'>

/** Lets editors complete a nested literal whose type is not known yet. */
type Suggest<F, P> = [keyof F] extends [never] ? OwnFilter<P> : unknown

/** The row that a selection gives. */
export type SelectedRow<T, S, I> =
  T extends AllTexts<infer Config, infer Locale extends string>
    ? WithAllTexts<OneOf<T, S, I>, Types.Public.Payload<T>, Config, Locale>
    : OneOf<T, S, I>

type OneOf<T, S, I> = Types.Public.Result<T, ArgsOf<T, S, I>, 'findFirstOrThrow'>

// The widest type stands for "not given": a default of `never` would switch completion inside `include: {}` off.
export type SelectOf<T> = NonNullable<ArgumentOf<T, 'select'>>
export type IncludeOf<T> = NonNullable<ArgumentOf<T, 'include'>>

type ArgumentOf<T, K extends string> =
  Types.Public.Args<T, 'findMany'> extends { [P in K]?: infer V } ? V : never
type ArgsOf<T, S, I> = ([SelectOf<T>] extends [S] ? {} : { select: S }) &
  ([IncludeOf<T>] extends [I] ? {} : { include: I })

type DataOf<T, Op extends 'create' | 'update'> =
  Types.Public.Args<T, Op> extends { data: infer D } ? D : never
/** Prisma's inputs, of which one field need not be given. */
type Without<D, Field> = [Field] extends [never]
  ? D
  : D extends unknown
    ? Omit<D, Field & keyof D> & { [K in keyof D as K extends Field ? K : never]?: D[K] }
    : never
/** Of Prisma's inputs, those that can do without the relations refused, and those without what is left out. */
type Writable<D, Refused, Left, Written> = D extends unknown
  ? {} extends Pick<D, Refused & keyof D>
    ? {
        [K in keyof D as K extends Refused | Left ? never : K]: {} extends Pick<D, K>
          ? (K extends keyof Written ? Written[K] : D[K]) | undefined
          : D[K]
      }
    : never
  : never

/** What the translatable fields of a model take. */
type TextsOf<C, M extends keyof C> = {
  [K in TranslatableOf<MixinsOf<C, M>>]:
    | string
    | Texts<LocaleOf<C[M]> & string>
    | Replacement<LocaleOf<C[M]> & string>
    | null
}

type RefusedRelations<C, M extends keyof C, O> = Exclude<
  Relation<C, M>,
  O extends { readonly nestedWrites: readonly (infer Name)[] } ? Name : never
>

/** What somebody else writes, and what a list does not name. */
type LeftOut<C, M extends keyof C, O, Verb extends 'create' | 'update'> =
  | ManagedFields<MixinsOf<C, M>>
  | (O extends { readonly scoped: () => infer Scope } ? keyof Scope : never)
  | (O extends { readonly writable: { readonly [V in Verb]: readonly (infer Name)[] } }
      ? Exclude<keyof Scalars<C, M>, Name>
      : never)

type MixinsOf<C, M> = M extends keyof ConfigOf<C> ? ConfigOf<C>[M] : {}

/** The declarations a client carries. */
export type ConfigOf<C> = C extends { readonly $fastkit: { readonly config: infer Config } } ? Config : {}
