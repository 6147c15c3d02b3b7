import type { BulkOptions, CursorPage, Page } from '@fastkit/contracts'
import type { Types } from '@prisma/client/runtime/client'
import type { PrismaUnitOfWork } from '../context/unit-of-work.ts'
import type { ModelName } from '../mixins/config.ts'
import type { CheckFilter, FilterShape } from './filter.ts'
import { ModelQueries } from './model-queries.ts'
import type {
  Create,
  CursorPaging,
  Found,
  IncludeOf,
  Key,
  Listing,
  Paging,
  RestoreKey,
  Row,
  Selection,
  SelectOf,
  Update,
} from './types.ts'

export interface RepositoryOptions {
  /** The most rows a page may hold. @default 100 */
  readonly maxPerPage?: number
  /** Signs cursors, so that clients cannot make their own. @default they can */
  readonly cursorSecret?: string
}

/**
 * The rows of one model, by plain verbs. Extend it for queries of your own.
 *
 * Holds no state and may be shared by any number of requests. The typed face of `ModelQueries`: nothing runs here.
 */
export class PrismaRepository<
  C extends object,
  M extends ModelName<C>,
  T = C[M],
  P = Types.Public.Payload<T>,
> {
  readonly model: M
  private readonly source: C | PrismaUnitOfWork<C>
  private readonly queries: ModelQueries

  constructor(source: C | PrismaUnitOfWork<C>, model: M, options: RepositoryOptions = {}) {
    this.source = source
    this.model = model
    this.queries = new ModelQueries(() => this.client, model, options)
  }

  /** The client that queries run on: of the transaction, inside `run`. */
  protected get client(): C {
    return isUnitOfWork<C>(this.source) ? this.source.client : this.source
  }

  /** Prisma's own delegate, for whatever the verbs do not say. */
  protected get delegate(): C[M] {
    return this.client[this.model]
  }

  /** The same repository on another client, `tx` of a `$transaction` for instance. */
  using(client: Pick<C, M>): this {
    const copy = Object.assign(Object.create(Object.getPrototypeOf(this)), this, { source: client })
    return Object.assign(copy, { queries: this.queries.on(() => client) })
  }

  /** Returns the row with this key, or `null`. */
  get<const S extends SelectOf<T> = SelectOf<T>, const I extends IncludeOf<T> = IncludeOf<T>>(
    key: Key<C, M>,
    selection?: Selection<T, S, I>,
  ): Promise<Found<T, S, I> | null> {
    return this.queries.get(key, selection) as never
  }

  /** Returns the row with this key. @throws DbError `NOT_FOUND` */
  getOrFail<const S extends SelectOf<T> = SelectOf<T>, const I extends IncludeOf<T> = IncludeOf<T>>(
    key: Key<C, M>,
    selection?: Selection<T, S, I>,
  ): Promise<Found<T, S, I>> {
    return this.queries.getOrFail(key, selection) as never
  }

  /** Returns the first row that matches, or `null`. */
  first<
    const F extends FilterShape<P> = {},
    const S extends SelectOf<T> = SelectOf<T>,
    const I extends IncludeOf<T> = IncludeOf<T>,
  >(
    filter?: F & CheckFilter<F, P>,
    options?: Selection<T, S, I> & Omit<Listing<P>, 'limit'>,
  ): Promise<Found<T, S, I> | null> {
    return this.queries.first(filter, options) as never
  }

  /** Returns every row that matches, in the order asked for; `{}` matches all. */
  filter<
    const F extends FilterShape<P>,
    const S extends SelectOf<T> = SelectOf<T>,
    const I extends IncludeOf<T> = IncludeOf<T>,
  >(filter: F & CheckFilter<F, P>, options?: Selection<T, S, I> & Listing<P>): Promise<Found<T, S, I>[]> {
    return this.queries.filter(filter, options) as never
  }

  count<const F extends FilterShape<P> = {}>(filter?: F & CheckFilter<F, P>): Promise<number> {
    return this.queries.count(filter)
  }

  /** Tells whether any row matches. Reads one key at most. */
  exists<const F extends FilterShape<P> = {}>(filter?: F & CheckFilter<F, P>): Promise<boolean> {
    return this.queries.exists(filter)
  }

  /** @throws DbError `UNIQUE_VIOLATION`, `FOREIGN_KEY_VIOLATION`, `UNKNOWN_FIELD`, `MANAGED_FIELD` */
  create(data: Create<C, M>): Promise<Row<C, M>> {
    return this.queries.create(data) as never
  }

  /**
   * Changes the fields given, no others, and returns the row. One statement.
   *
   * @throws DbError `NOT_FOUND`, and what `create` throws
   */
  update(key: Key<C, M>, data: Update<C, M>): Promise<Row<C, M>> {
    return this.queries.update(key, data) as never
  }

  /** Deletes the row, softly where the model was declared so, and returns it. @throws DbError `NOT_FOUND` */
  delete(key: Key<C, M>): Promise<Row<C, M>> {
    return this.queries.delete(key) as never
  }

  /** Creates rows, all or none, and returns how many. One statement; none for an empty list. */
  createMany(data: readonly Create<C, M>[]): Promise<number> {
    return this.queries.createMany(data)
  }

  /**
   * Changes every row that matches, in one statement, and returns how many.
   *
   * @throws DbError `FILTER_REQUIRED` for a filter that names nothing, without `{ all: true }`
   */
  updateMany<const F extends FilterShape<P>>(
    filter: F & CheckFilter<F, P>,
    data: Update<C, M>,
    options?: BulkOptions,
  ): Promise<number> {
    return this.queries.updateMany(filter, data, options)
  }

  /**
   * Deletes every row that matches, softly where the model was declared so, in one statement; returns how many.
   *
   * @throws DbError `FILTER_REQUIRED` for a filter that names nothing, without `{ all: true }`
   */
  deleteMany<const F extends FilterShape<P>>(
    filter: F & CheckFilter<F, P>,
    options?: BulkOptions,
  ): Promise<number> {
    return this.queries.deleteMany(filter, options)
  }

  /** Brings a softly deleted row back. @throws DbError `NOT_FOUND` when no deleted row has this key */
  restore(key: RestoreKey<C, M>): Promise<Row<C, M>> {
    return this.queries.restore(key) as never
  }

  /**
   * Returns one page and the number of all rows that match, read by two statements at once. A page past the end
   * is empty.
   *
   * @throws DbError `PAGE_BOUNDS`
   */
  paginate<
    const F extends FilterShape<P> = {},
    const S extends SelectOf<T> = SelectOf<T>,
    const I extends IncludeOf<T> = IncludeOf<T>,
  >(request?: Selection<T, S, I> & Paging<P, F>): Promise<Page<Found<T, S, I>>> {
    return this.queries.paginate(request) as never
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
  >(request?: Selection<T, S, I> & CursorPaging<P, F>): Promise<CursorPage<Found<T, S, I>>> {
    return this.queries.cursorPaginate(request) as never
  }
}

/** A client has models by any name, but a model has no `afterCommit` that can be called. */
function isUnitOfWork<C>(source: C | PrismaUnitOfWork<C>): source is PrismaUnitOfWork<C> {
  return typeof (source as Partial<PrismaUnitOfWork<C>>).afterCommit === 'function'
}
