import type { Types } from '@prisma/client/runtime/client'
import type { HasSoftDelete, ManagedFields } from '../mixins/config.ts'
import type { CheckFilter, OrderBy, OwnFilter } from './filter.ts'

/** A row as the repository returns it when nothing is selected or included. */
export type Row<C, M extends keyof C> = Types.Public.Result<C[M], {}, 'findFirstOrThrow'>

/** What `create` takes: Prisma's own input, without the fields that mixins write. `undefined` means not given. */
export type Create<C, M extends keyof C> = Writable<DataOf<C[M], 'create'>, ManagedFields<MixinsOf<C, M>>>

/** What `update` takes: Prisma's own input, without the key and the fields that mixins write. */
export type Update<C, M extends keyof C> = Writable<
  DataOf<C[M], 'update'>,
  ManagedFields<MixinsOf<C, M>> | 'id'
>

/** The type of the model's `id`; for a model without one, Prisma's unique `where`. */
export type Key<C, M extends keyof C> =
  Types.Public.Payload<C[M]> extends { scalars: { id: infer Id } }
    ? Id
    : Types.Public.Args<C[M], 'findUnique'> extends { where: infer Where }
      ? Where
      : never

/** The key where a row can be restored, else a type that names what is missing. */
export type RestoreKey<C, M extends keyof C> =
  HasSoftDelete<MixinsOf<C, M>> extends true ? Key<C, M> : MissingMixin<'softDelete'>

/** Shows up in the compiler's message when a verb needs a mixin the model was not declared with. */
export interface MissingMixin<Name extends string> {
  readonly '~missing mixin': Name
}

/** Prisma's own `select` or `include`. */
export interface Selection<T, S, I> {
  readonly select?: Types.Public.Exact<S, SelectOf<T>>
  readonly include?: Types.Public.Exact<I, IncludeOf<T>>
}

/** Which rows to list, and in which order. */
export interface Listing<P> {
  /** Field names, `-` in front for descending. The key is always the last of them. @default the key */
  readonly orderBy?: OrderBy<P>
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
  readonly orderBy?: OrderBy<P>
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
  readonly orderBy?: OrderBy<P>
}

/** Lets editors complete a nested literal whose type is not known yet. */
type Suggest<F, P> = [keyof F] extends [never] ? OwnFilter<P> : unknown

/** The row that a selection gives. */
export type Found<T, S, I> = Types.Public.Result<T, ArgsOf<T, S, I>, 'findFirstOrThrow'>

// The widest type stands for "not given": a default of `never` would switch completion inside `include: {}` off.
export type SelectOf<T> = NonNullable<ArgumentOf<T, 'select'>>
export type IncludeOf<T> = NonNullable<ArgumentOf<T, 'include'>>

type ArgumentOf<T, K extends string> =
  Types.Public.Args<T, 'findMany'> extends { [P in K]?: infer V } ? V : never
type ArgsOf<T, S, I> = ([SelectOf<T>] extends [S] ? {} : { select: S }) &
  ([IncludeOf<T>] extends [I] ? {} : { include: I })

type DataOf<T, Op extends 'create' | 'update'> =
  Types.Public.Args<T, Op> extends { data: infer D } ? D : never
type Writable<D, Managed> = D extends unknown
  ? { [K in keyof D as K extends Managed ? never : K]: {} extends Pick<D, K> ? D[K] | undefined : D[K] }
  : never

type MixinsOf<C, M> = C extends { readonly $fastkit: { readonly config: infer Config } }
  ? M extends keyof Config
    ? Config[M]
    : {}
  : {}
