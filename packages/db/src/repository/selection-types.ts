import type { Types } from '@prisma/client/runtime/client'
import type { WithAllTexts } from '../mixins/translatable/in-locale.ts'
import type { LocaleOf } from './mixin-requirements.ts'

/** A row as the repository returns it when nothing is selected or included. */
export type Row<C, M extends keyof C> = Types.Public.Result<C[M], {}, 'findFirstOrThrow'>

/** Prisma's own `select` or `include`. */
export interface Selection<T, S, I> extends InLocale<T> {
  readonly select?: Types.Public.Exact<S, SelectOf<T>>
  readonly include?: Types.Public.Exact<I, IncludeOf<T>>
}

/** Which texts, where there are several. */
export interface InLocale<T> {
  /** The locale texts are read, written and compared in. @default that of the repository, `in('de')`, else the current one */
  readonly locale?: LocaleOf<T>
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

/** The row that a selection gives. */
export type SelectedRow<T, S, I> =
  T extends AllTexts<infer Config, infer Locale extends string>
    ? WithAllTexts<OneOf<T, S, I>, Types.Public.Payload<T>, Config, Locale>
    : OneOf<T, S, I>

/** Marks the delegate of a repository that reads all texts. */
export interface AllTexts<Config, Locale> {
  readonly '~all locales': { readonly config: Config; readonly locale: Locale }
}

// The widest type stands for "not given": a default of `never` would switch completion inside `include: {}` off.
export type SelectOf<T> = NonNullable<ArgumentOf<T, 'select'>>

export type IncludeOf<T> = NonNullable<ArgumentOf<T, 'include'>>

/** Prisma's `_count`, `_sum`, `_avg`, `_min` and `_max`. */
export type Functions<T> = Pick<
  Types.Public.Args<T, 'aggregate'>,
  Extract<keyof Types.Public.Args<T, 'aggregate'>, `_${string}`>
>

export type AggregateOf<T, A> = Types.Public.Result<T, A, 'aggregate'>

type OneOf<T, S, I> = Types.Public.Result<T, ArgsOf<T, S, I>, 'findFirstOrThrow'>

type ArgsOf<T, S, I> = ([SelectOf<T>] extends [S] ? {} : { select: S }) &
  ([IncludeOf<T>] extends [I] ? {} : { include: I })

type ArgumentOf<T, K extends string> =
  Types.Public.Args<T, 'findMany'> extends { [P in K]?: infer V } ? V : never
