import type { SortKey } from '@fastkit/contracts'
import type { Types } from '@prisma/client/runtime/client'

/**
 * What a list can be narrowed by: `{ city: 'Bonn', name__startswith: 'A', createdAt__gte: date }`, all AND-ed.
 *
 * A bare name means equality, `null` included. A filter never holds `undefined`: leave the key out.
 */
export type Filter<C, M extends keyof C> = FilterOf<Types.Public.Payload<C[M]>>

/** The filter of a model's payload: every column, and every column with every lookup its type allows. */
export type FilterOf<P> = { readonly [K in Filterable<P>]?: Scalars<P>[K] } & {
  readonly [E in LookupEntries<P> as E['key']]?: E['value']
}

/** One field, or several in turn; `-` in front for descending. An interface, so that messages list the names. */
export interface OrderKeys<P> {
  field: SortKey<Scalars<P>>
}

export type OrderBy<P> = OrderKeys<P>['field'] | readonly OrderKeys<P>['field'][]

type Scalars<P> = P extends { scalars: infer S } ? S : never

/** Columns that compare: bytes and JSON do not, in the same way on every database. */
type Filterable<P> = Exclude<SortKey<Scalars<P>>, `-${string}`>

/** What each lookup takes, by the column's type. */
interface Lookups<V> {
  eq: V
  in: readonly NonNullable<V>[]
}
interface OrderedLookups<V> extends Lookups<V> {
  lt: NonNullable<V>
  lte: NonNullable<V>
  gt: NonNullable<V>
  gte: NonNullable<V>
  /** Both ends included. */
  between: readonly [NonNullable<V>, NonNullable<V>]
}
interface TextLookups<V> extends OrderedLookups<V> {
  startswith: string
}

type LookupsOf<V> = [NonNullable<V>] extends [boolean]
  ? Lookups<V>
  : [NonNullable<V>] extends [string]
    ? string extends NonNullable<V>
      ? TextLookups<V>
      : Lookups<V>
    : OrderedLookups<V>

type LookupEntries<P> = {
  [K in Filterable<P>]: {
    [L in keyof LookupsOf<Scalars<P>[K]> & string]: { key: `${K}__${L}`; value: LookupsOf<Scalars<P>[K]>[L] }
  }[keyof LookupsOf<Scalars<P>[K]> & string]
}[Filterable<P>]
