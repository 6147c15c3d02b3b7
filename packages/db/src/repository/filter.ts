import type { SortKey } from '@fastkit/contracts'
import type { Types } from '@prisma/client/runtime/client'

/**
 * The filter of a model as a plain type, for signatures: every column, and every column with every lookup its type
 * allows. Inline filters may also follow relations, `author__name`, and use `any`, `all` and `not`.
 */
export type Filter<C, M extends keyof C> = OwnFilter<Types.Public.Payload<C[M]>>

/** The columns of a model, bare and with their lookups: what editors offer. */
export type OwnFilter<P> = { readonly [K in keyof Scalars<P> & string]?: Lookups<Scalars<P>[K]>['eq'] } & {
  readonly [E in LookupEntries<P> as E['key']]?: E['value']
}

/**
 * What a filter may be before it is checked key by key. The index signature lets keys over relations through: without
 * it, a filter of nothing else would look to the compiler like one that has nothing in common with the columns.
 */
export type FilterShape<P> =
  | (OwnFilter<P> & { readonly [K in `${keyof Objects<P> & string}__${string}`]?: unknown } & Groups)
  | (OwnFilter<P> & { readonly [shape]?: never })

/** Marks the constraint, which is nobody's filter: to check that key by key costs the compiler three times the rest. */
declare const shape: unique symbol

interface Groups {
  readonly [shape]?: never
  readonly '~any'?: readonly object[]
  readonly '~all'?: readonly object[]
  readonly '~not'?: object
}

/** Checks each key of a filter where it stands, at any depth; no list of all possible keys is ever made. */
export type CheckFilter<F, P> = typeof shape extends keyof F
  ? unknown
  : {
      [K in keyof F]: K extends '~any' | '~all'
        ? CheckEach<F[K], P>
        : K extends '~not'
          ? CheckFilter<F[K], P>
          : Checked<FilterValue<K, P>, F[K]>
    }

/** Nothing more to say of a value that fits. Of one that does not, the type it should have had. */
type Checked<V, Given> = Given extends V ? unknown : [V] extends [Mistake] ? V : WrongValue<V>
type Mistake = UnknownField<string, unknown> | UnknownLookup<string, unknown>

/** A type of its own: only over a bare parameter does a mapped list stay a list. */
type CheckEach<List, P> = { [I in keyof List]: CheckFilter<List[I], P> }

/** The value a key takes, found by walking it from left to right. */
export type FilterValue<K, P> = K extends keyof Scalars<P>
  ? Lookups<Scalars<P>[K]>['eq']
  : K extends `${infer Head}__${infer Rest}`
    ? Head extends keyof Objects<P>
      ? RelatedValue<Rest, Objects<P>[Head]>
      : Head extends keyof Scalars<P>
        ? Rest extends keyof Lookups<Scalars<P>[Head]>
          ? Lookups<Scalars<P>[Head]>[Rest]
          : UnknownLookup<Rest, Names<keyof Lookups<Scalars<P>[Head]>>>
        : UnknownField<Head, keyof Scalars<P> | keyof Objects<P>>
    : UnknownField<K & string, keyof Scalars<P> | keyof Objects<P>>

/** Over a relation: its own lookups, else a field of the other model. */
type RelatedValue<Rest, Relation> = Rest extends 'is_null'
  ? boolean
  : Rest extends 'some' | 'every' | 'none'
    ? object
    : FilterValue<Rest, Target<Relation>>

/** Stands in the compiler's message for a key that names no field. */
export interface UnknownField<Name extends string, Known> {
  readonly '~unknown field': Name
  readonly '~known': Known
}

/** Stands in the compiler's message for a key whose lookup the column does not have. */
export interface UnknownLookup<Name extends string, Known> {
  readonly '~unknown lookup': Name
  readonly '~known': Known
}

/** Stands in the compiler's message for a value of another type than the column and lookup take. */
export interface WrongValue<Expected> {
  readonly '~takes': Expected
}

/** One field, or several in turn; `-` in front for descending. An interface, so that messages list the names. */
export interface OrderKeys<P> {
  /** Not the alias itself, so that messages spell its names out. */
  own: { [K in SortKey<Scalars<P>>]: K }[SortKey<Scalars<P>>]
  related: {
    [R in ToOne<Objects<P>>]: RelatedSortKey<R, SortKey<Scalars<Target<Objects<P>[R]>>>>
  }[ToOne<Objects<P>>]
  all: OrderKeys<P>['own'] | OrderKeys<P>['related']
  orderBy: OrderKeys<P>['all'] | readonly OrderKeys<P>['all'][]
}

export type OrderBy<P> = OrderKeys<P>['orderBy']

/** `name` and `-name` of a client become `client__name` and `-client__name`. */
type RelatedSortKey<R extends string, Key extends string> = Key extends `-${infer Name}`
  ? `-${R}__${Name}`
  : `${R}__${Key}`

type Scalars<P> = P extends { scalars: infer S } ? S : {}
type Objects<P> = P extends { objects: infer O } ? O : {}
type Target<Relation> = NonNullable<Relation> extends readonly (infer One)[] ? One : NonNullable<Relation>
type ToOne<O> = { [R in keyof O]: NonNullable<O[R]> extends readonly unknown[] ? never : R }[keyof O] & string

interface Equality<V> {
  eq: V
  ne: V
  is_null: boolean
}
interface Membership<V> extends Equality<V> {
  in: readonly V[]
  not_in: readonly V[]
}
interface Ordered<V> extends Membership<V> {
  lt: NonNullable<V>
  lte: NonNullable<V>
  gt: NonNullable<V>
  gte: NonNullable<V>
  /** Both ends included. */
  between: readonly [NonNullable<V>, NonNullable<V>]
}
interface Text<V> extends Ordered<V> {
  contains: string
  icontains: string
  startswith: string
  istartswith: string
  endswith: string
  iendswith: string
  iexact: string
  like: string
  ilike: string
}

/** The part of a Decimal that tells it from JSON. */
interface DecimalLike {
  toFixed(): string
  toDecimalPlaces(): unknown
}

/** What each lookup takes, by the column's type. Decimals may be written as numbers or text; JSON and bytes only equal. */
type Lookups<V> = unknown extends V
  ? Equality<V>
  : [NonNullable<V>] extends [DecimalLike]
    ? Ordered<V | number | string>
    : [NonNullable<V>] extends [boolean]
      ? Membership<V>
      : [NonNullable<V>] extends [string]
        ? string extends NonNullable<V>
          ? Text<V>
          : Membership<V>
        : [NonNullable<V>] extends [number | bigint | Date]
          ? Ordered<V>
          : Equality<V>

/** As they stand in a key. Without the prefix, a message would say `keyof` something. */
type Names<K> = K extends string ? `__${K}` : never

type LookupEntries<P> = {
  [K in keyof Scalars<P> & string]: {
    [L in keyof Lookups<Scalars<P>[K]> & string]: { key: `${K}__${L}`; value: Lookups<Scalars<P>[K]>[L] }
  }[keyof Lookups<Scalars<P>[K]> & string]
}[keyof Scalars<P> & string]
