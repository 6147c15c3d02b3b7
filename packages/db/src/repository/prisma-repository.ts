import type { BulkOptions, CursorPage, Page, Slice, VersionOptions } from '@fastkit/contracts'
import type { Types } from '@prisma/client/runtime/client'
import type { PrismaUnitOfWork } from '../context/unit-of-work.ts'
import type { ModelName } from '../mixins/mixin-types.ts'
import type { PurgeArgs } from '../mixins/soft-delete-methods.ts'
import type { Create, Increments, Update } from './data-types.ts'
import type { CheckFilter, FilterShape } from './filter.ts'
import type { Key, PublishableKey, SoftDeletedKey, UniqueKey } from './key-types.ts'
import type { ConfigOf, LocaleOf, RequiresPublishable, RequiresSoftDelete } from './mixin-requirements.ts'
import type { RepositoryOptions, UntypedOptions } from './options.ts'
import type { CursorPaging, Iterating, Listing, Paging } from './paging-types.ts'
import { runVerb } from './run.ts'
import type {
  AggregateOf,
  AllTexts,
  Functions,
  IncludeOf,
  InLocale,
  Matching,
  SelectedRow,
  Selection,
  SelectOf,
} from './selection-types.ts'
import {
  createTarget,
  inLocale,
  inPublication,
  onClient,
  type Target,
  targetOfCall,
  withVisibility,
} from './target.ts'
import { aggregate } from './verbs/aggregate.ts'
import { deleteMany, updateMany } from './verbs/bulk.ts'
import { create, createMany, createManyAndReturn } from './verbs/create.ts'
import { increment } from './verbs/increment.ts'
import { iterate } from './verbs/iterate.ts'
import { missingTranslations } from './verbs/missing-translations.ts'
import { count, cursorPaginate, exists, first, get, getOrFail, list, paginate } from './verbs/read.ts'
import { forceDelete, purge, remove, restore } from './verbs/remove.ts'
import { publish, update } from './verbs/update.ts'
import { getOrCreate, upsert } from './verbs/upsert.ts'

/**
 * The rows of one model, by plain verbs. Extend it for queries of your own; with options that narrow what may be
 * written, name their type: `extends PrismaRepository<Db, 'invoice', typeof options>`.
 *
 * Holds no state and may be shared by any number of requests. The typed face of `verbs/`, where the work is.
 */
export class PrismaRepository<
  C extends object,
  M extends ModelName<C>,
  O extends RepositoryOptions<C, M> = {},
  T = C[M],
  P = Types.Public.Payload<T>,
> {
  readonly model: M
  private readonly target: Target

  constructor(source: C | PrismaUnitOfWork<C>, model: M, options?: O & RepositoryOptions<C, M>) {
    const client = isUnitOfWork<C>(source) ? () => source.client : () => source
    this.model = model
    this.target = createTarget(client, model, (options ?? {}) as UntypedOptions)
  }

  /** The client that queries run on: of the transaction, inside `run`. */
  protected get client(): C {
    return this.target.client() as C
  }

  /** Prisma's own delegate, for whatever the verbs do not say. Knows nothing of the repository's options. */
  protected get delegate(): C[M] {
    return this.client[this.model]
  }

  /** The same repository on another client, `tx` of a `$transaction` for instance. */
  using(client: Pick<C, M>): this {
    return this.copy({ target: onClient(this.target, client) })
  }

  /** The same repository, deleted rows included. */
  withDeleted(..._missing: RequiresSoftDelete<C, M>): this {
    return this.copy({ target: withVisibility(this.target, 'with') })
  }

  /** The same repository, of deleted rows only. */
  onlyDeleted(..._missing: RequiresSoftDelete<C, M>): this {
    return this.copy({ target: withVisibility(this.target, 'only') })
  }

  /** The same repository, of rows only whose moment of publication has come. */
  published(..._missing: RequiresPublishable<C, M>): this {
    return this.copy({ target: inPublication(this.target, 'published') })
  }

  /** The same repository, of rows only that have no such moment. */
  drafts(..._missing: RequiresPublishable<C, M>): this {
    return this.copy({ target: inPublication(this.target, 'drafts') })
  }

  /** The same repository, of rows only whose moment is still to come. */
  scheduled(..._missing: RequiresPublishable<C, M>): this {
    return this.copy({ target: inPublication(this.target, 'scheduled') })
  }

  /**
   * The same repository in another locale than the current one; in `'all'` it reads maps of all texts, related rows'
   * too, while it still filters and sorts by those of the current one.
   */
  in(locale: LocaleOf<T>): this
  in(locale: 'all'): PrismaRepository<C, M, O, T & AllTexts<ConfigOf<C>, LocaleOf<T>>, P>
  in(locale: unknown): unknown {
    return this.copy({ target: inLocale(this.target, locale as string) })
  }

  /** Runs a verb in the locale and scope of the moment. */
  private on(verb: (target: Target) => Promise<unknown>, options?: object): Promise<never> {
    return runVerb(this.target, verb, options) as Promise<never>
  }

  private copy(changes: object): this {
    return Object.assign(Object.create(Object.getPrototypeOf(this)), this, changes)
  }

  /** Returns the row with this key, or `null`. One statement, shared with other `get`s of the same tick. */
  get<const S extends SelectOf<T> = SelectOf<T>, const I extends IncludeOf<T> = IncludeOf<T>>(
    key: Key<C, M>,
    selection?: Selection<T, S, I>,
  ): Promise<SelectedRow<T, S, I> | null> {
    return this.on((target) => get(target, key, selection), selection)
  }

  /** Returns the row with this key. @throws DbError `NOT_FOUND` */
  getOrFail<const S extends SelectOf<T> = SelectOf<T>, const I extends IncludeOf<T> = IncludeOf<T>>(
    key: Key<C, M>,
    selection?: Selection<T, S, I>,
  ): Promise<SelectedRow<T, S, I>> {
    return this.on((target) => getOrFail(target, key, selection), selection)
  }

  /** Returns the first row that matches, or `null`. */
  first<
    const F extends FilterShape<P> = {},
    const S extends SelectOf<T> = SelectOf<T>,
    const I extends IncludeOf<T> = IncludeOf<T>,
  >(
    filter?: F & CheckFilter<F, P>,
    options?: Selection<T, S, I> & Omit<Listing<P>, 'limit'> & Matching<T>,
  ): Promise<SelectedRow<T, S, I> | null> {
    return this.on((target) => first(target, filter, options as never), options)
  }

  /** Returns every row that matches, in the order asked for; `{}` matches all. */
  filter<
    const F extends FilterShape<P>,
    const S extends SelectOf<T> = SelectOf<T>,
    const I extends IncludeOf<T> = IncludeOf<T>,
  >(
    filter: F & CheckFilter<F, P>,
    options?: Selection<T, S, I> & Listing<P> & Matching<T>,
  ): Promise<SelectedRow<T, S, I>[]> {
    return this.on((target) => list(target, filter, options as never), options)
  }

  /**
   * Walks over every row that matches, reading them by batches: two statements each, however many rows there are. Rows
   * that come or go meanwhile make no other come twice, or not at all.
   */
  iterate<
    const F extends FilterShape<P>,
    const S extends SelectOf<T> = SelectOf<T>,
    const I extends IncludeOf<T> = IncludeOf<T>,
  >(
    filter: F & CheckFilter<F, P>,
    options?: Selection<T, S, I> & Iterating<P> & Matching<T>,
  ): AsyncGenerator<SelectedRow<T, S, I>, void> {
    return iterate(targetOfCall(this.target, options as object), filter, options as never) as never
  }

  /**
   * Returns every row that lacks the text of some translatable field in one of these locales, whatever is read instead.
   * In the order asked for.
   *
   * @throws DbError `LOCALE_UNKNOWN`
   */
  missingTranslations<const S extends SelectOf<T> = SelectOf<T>, const I extends IncludeOf<T> = IncludeOf<T>>(
    required: readonly LocaleOf<T>[],
    options?: Selection<T, S, I> & Listing<P> & Matching<T>,
  ): Promise<SelectedRow<T, S, I>[]> {
    return this.on((target) => missingTranslations(target, required as never, options as never), options)
  }

  count<const F extends FilterShape<P> = {}>(
    filter?: F & CheckFilter<F, P>,
    options?: Matching<T>,
  ): Promise<number> {
    return this.on((target) => count(target, filter, options as never), options)
  }

  /** Tells whether any row matches. Reads one key at most. */
  exists<const F extends FilterShape<P> = {}>(
    filter?: F & CheckFilter<F, P>,
    options?: Matching<T>,
  ): Promise<boolean> {
    return this.on((target) => exists(target, filter, options as never), options)
  }

  /**
   * Calculates over every row that matches, in Prisma's words: `aggregate({ city: 'Bonn' }, { _avg: { rating: true } })`.
   * One statement where Prisma can say the filter; otherwise one finds the keys first, and one follows for every 500 rows.
   */
  aggregate<const F extends FilterShape<P>, const A extends Functions<T>>(
    filter: F & CheckFilter<F, P>,
    functions: Types.Public.Exact<A, Functions<T>>,
  ): Promise<AggregateOf<T, A>> {
    return this.on((target) => aggregate(target, filter, functions as never))
  }

  /**
   * Returns one page and the number of all rows that match, read by two statements at once. With `count: false` it is
   * one statement, and nobody knows the number. A page past the end is empty.
   *
   * @throws DbError `PAGE_BOUNDS`
   */
  paginate<
    const F extends FilterShape<P> = {},
    const S extends SelectOf<T> = SelectOf<T>,
    const I extends IncludeOf<T> = IncludeOf<T>,
    const Count extends boolean = true,
  >(
    request?: Selection<T, S, I> & Paging<P, F> & Matching<T> & { readonly count?: Count },
  ): Promise<Count extends false ? Slice<SelectedRow<T, S, I>> : Page<SelectedRow<T, S, I>>> {
    return this.on((target) => paginate(target, request as never), request)
  }

  /**
   * Returns the page a cursor leads to, both ways, by two statements however far in. Rows that come or go meanwhile
   * move no other onto another page.
   *
   * @throws DbError `CURSOR_INVALID` before any query for a cursor that was changed, or of another list; `PAGE_BOUNDS`
   */
  cursorPaginate<
    const F extends FilterShape<P> = {},
    const S extends SelectOf<T> = SelectOf<T>,
    const I extends IncludeOf<T> = IncludeOf<T>,
  >(
    request?: Selection<T, S, I> & CursorPaging<P, F> & Matching<T>,
  ): Promise<CursorPage<SelectedRow<T, S, I>>> {
    return this.on((target) => cursorPaginate(target, request as never), request)
  }

  /** @throws DbError `UNIQUE_VIOLATION`, `FOREIGN_KEY_VIOLATION`, `UNKNOWN_FIELD`, `MANAGED_FIELD`, `FIELD_NOT_WRITABLE` */
  create<const S extends SelectOf<T> = SelectOf<T>, const I extends IncludeOf<T> = IncludeOf<T>>(
    data: Create<C, M, O>,
    selection?: Selection<T, S, I>,
  ): Promise<SelectedRow<T, S, I>> {
    return this.on((target) => create(target, data, selection), selection)
  }

  /** Creates rows, all or none, and returns how many. One statement; none for an empty list. */
  createMany(data: readonly Create<C, M, O>[]): Promise<number> {
    return this.on((target) => createMany(target, data))
  }

  /** Creates rows, all or none, and returns them. One statement; on MySQL one for each row. */
  createManyAndReturn(
    data: readonly Create<C, M, O>[],
  ): Promise<SelectedRow<T, SelectOf<T>, IncludeOf<T>>[]> {
    return this.on((target) => createManyAndReturn(target, data))
  }

  /**
   * Returns the row with this key, `{ email }`, or creates it and tells so. Of several calls at once, one creates.
   *
   * @throws DbError what `create` throws; `UNIQUE_VIOLATION` also when the key is taken by a row nobody sees: one that
   *   was deleted softly, or that another transaction committed after this one, on MySQL, had begun
   */
  getOrCreate<const S extends SelectOf<T> = SelectOf<T>, const I extends IncludeOf<T> = IncludeOf<T>>(
    key: UniqueKey<C, M>,
    create: Create<C, M, O>,
    selection?: Selection<T, S, I>,
  ): Promise<{ row: SelectedRow<T, S, I>; created: boolean }> {
    return this.on((target) => getOrCreate(target, key, create, selection), selection)
  }

  /** Changes the row with this key, `{ email }`, or creates it. @throws DbError what `getOrCreate` throws */
  upsert<const S extends SelectOf<T> = SelectOf<T>, const I extends IncludeOf<T> = IncludeOf<T>>(
    key: UniqueKey<C, M>,
    data: { readonly create: Create<C, M, O>; readonly update: Update<C, M, O> },
    selection?: Selection<T, S, I>,
  ): Promise<SelectedRow<T, S, I>> {
    return this.on((target) => upsert(target, key, data, selection), selection)
  }

  /**
   * Changes the fields given, no others, and returns the row. One statement; more with texts of several locales, a
   * `version` on MySQL, a scope that foreign keys must stay within, or a slug.
   *
   * @throws DbError `NOT_FOUND`, and what `create` throws; `VERSION_CONFLICT` when the row is in another version than
   *   the one given
   */
  update<const S extends SelectOf<T> = SelectOf<T>, const I extends IncludeOf<T> = IncludeOf<T>>(
    key: Key<C, M>,
    data: Update<C, M, O>,
    options?: Selection<T, S, I> & VersionOptions,
  ): Promise<SelectedRow<T, S, I>> {
    return this.on((target) => update(target, key, data, options as never), options)
  }

  /** Publishes the row, now or `at` a moment to come. @throws DbError `NOT_FOUND`, `FIELD_VALUE` */
  publish(
    key: PublishableKey<C, M>,
    { at, ...options }: { readonly at?: Date } & VersionOptions = {},
  ): Promise<SelectedRow<T, SelectOf<T>, IncludeOf<T>>> {
    return this.on((target) => publish(target, key, at, options as never), options)
  }

  /** Makes the row a draft again. @throws DbError `NOT_FOUND` */
  unpublish(
    key: PublishableKey<C, M>,
    options?: VersionOptions,
  ): Promise<SelectedRow<T, SelectOf<T>, IncludeOf<T>>> {
    return this.on((target) => publish(target, key, null, options as never), options)
  }

  /**
   * Adds to numbers, or takes away from them, in the database itself, so that no change made at the same time is lost:
   * `increment(id, { stock: -2 })`. Null stays null. One statement; more for decimals on MySQL.
   *
   * @throws DbError `NOT_FOUND`, and what `create` throws
   */
  increment<const S extends SelectOf<T> = SelectOf<T>, const I extends IncludeOf<T> = IncludeOf<T>>(
    key: Key<C, M>,
    amounts: Increments<P>,
    selection?: Selection<T, S, I>,
  ): Promise<SelectedRow<T, S, I>> {
    return this.on((target) => increment(target, key, amounts as never, selection), selection)
  }

  /**
   * Changes every row that matches, and returns how many. One statement where Prisma can say the filter; otherwise one
   * finds the keys first, and one follows for every 500 rows, all or none.
   *
   * @throws DbError `FILTER_REQUIRED` for a filter that names nothing, without `{ all: true }`
   */
  updateMany<const F extends FilterShape<P>>(
    filter: F & CheckFilter<F, P>,
    data: Update<C, M, O>,
    options?: BulkOptions & InLocale<T>,
  ): Promise<number> {
    return this.on((target) => updateMany(target, filter, data, options), options)
  }

  /**
   * Deletes the row, softly where the model was declared so, and returns it.
   *
   * @throws DbError `NOT_FOUND`; `VERSION_CONFLICT` when the row is in another version than the one given
   */
  delete<const S extends SelectOf<T> = SelectOf<T>, const I extends IncludeOf<T> = IncludeOf<T>>(
    key: Key<C, M>,
    options?: Selection<T, S, I> & VersionOptions,
  ): Promise<SelectedRow<T, S, I>> {
    return this.on((target) => remove(target, key, options as never), options)
  }

  /**
   * Deletes every row that matches, softly where the model was declared so, and returns how many. Statements as in
   * `updateMany`.
   *
   * @throws DbError `FILTER_REQUIRED` for a filter that names nothing, without `{ all: true }`
   */
  deleteMany<const F extends FilterShape<P>>(
    filter: F & CheckFilter<F, P>,
    options?: BulkOptions & InLocale<T>,
  ): Promise<number> {
    return this.on((target) => deleteMany(target, filter, options), options)
  }

  /**
   * Brings a softly deleted row back, and those that were deleted with it.
   *
   * @throws DbError `NOT_FOUND` when no deleted row has this key; `UNIQUE_VIOLATION` when a live row has taken its place
   */
  restore<const S extends SelectOf<T> = SelectOf<T>, const I extends IncludeOf<T> = IncludeOf<T>>(
    key: SoftDeletedKey<C, M>,
    selection?: Selection<T, S, I>,
  ): Promise<SelectedRow<T, S, I>> {
    return this.on((target) => restore(target, key, selection), selection)
  }

  /** Removes a row from the database, deleted softly or not, and returns it. @throws DbError `NOT_FOUND` */
  forceDelete<const S extends SelectOf<T> = SelectOf<T>, const I extends IncludeOf<T> = IncludeOf<T>>(
    key: SoftDeletedKey<C, M>,
    selection?: Selection<T, S, I>,
  ): Promise<SelectedRow<T, S, I>> {
    return this.on((target) => forceDelete(target, key, selection), selection)
  }

  /**
   * Removes the rows from the database that were deleted before a moment, and returns how many. One statement.
   *
   * @throws DbError `FIELD_VALUE` without a valid date
   */
  purge(before: PurgeArgs, ..._missing: RequiresSoftDelete<C, M>): Promise<number> {
    return this.on((target) => purge(target, before))
  }
}

/** A client has models by any name, but a model has no `afterCommit` that can be called. */
function isUnitOfWork<C>(source: C | PrismaUnitOfWork<C>): source is PrismaUnitOfWork<C> {
  return typeof (source as Partial<PrismaUnitOfWork<C>>).afterCommit === 'function'
}
