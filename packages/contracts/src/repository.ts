import type { CursorPage, CursorRequest, Page, PageRequest } from './paging.ts'
import type { SortKey } from './sort.ts'

/** Which rows to list, and in which order. `Sort` lists the names to sort by, `'name' | '-name'`. */
export interface ListOptions<Sort extends string = string> {
  /** Field names, `-` in front for descending. The key is always the last of them. @default the key */
  readonly orderBy?: Sort | readonly Sort[]
  /** 0 gives no rows. @default no limit */
  readonly limit?: number
  /** Rows skipped. @default 0 */
  readonly offset?: number
}

/**
 * The ten verbs a service needs of its data. A fake needs no more.
 *
 * Filters are plain data, `{ name__startswith: 'A', createdAt__gte: date }`. Methods, not properties: a repository
 * that takes more than a service asks for still fits.
 */
export interface Repository<Row, Create, Update, Filter, Key = number | string> {
  /** Returns the row, or `null` when it is not there. */
  get(key: Key): Promise<Row | null>
  /** Returns the row. @throws AppError of kind `not_found` */
  getOrFail(key: Key): Promise<Row>
  first(filter?: Filter, options?: ListOptions<SortKey<Row>>): Promise<Row | null>
  filter(filter: Filter, options?: ListOptions<SortKey<Row>>): Promise<Row[]>
  count(filter?: Filter): Promise<number>
  exists(filter?: Filter): Promise<boolean>
  create(data: Create): Promise<Row>
  /**
   * Changes the fields given, no others.
   *
   * @throws AppError of kind `not_found`; `VERSION_CONFLICT` when the row is in another version than the one given
   */
  update(key: Key, data: Update, options?: VersionOptions): Promise<Row>
  /** Removes the row and returns it as it was last. @throws AppError as `update` does */
  delete(key: Key, options?: VersionOptions): Promise<Row>
  paginate(request?: PageRequest<Filter, SortKey<Row>>): Promise<Page<Row>>
}

export interface VersionOptions {
  /** The version the row was read in, where rows have one: in any other, it is not changed. @default whichever */
  readonly version?: number | undefined
}

/** Many rows at once. Each returns how many rows it was. */
export interface BulkVerbs<Create, Update, Filter> {
  createMany(data: readonly Create[]): Promise<number>
  /** Changes every row that matches. A filter that names nothing needs `{ all: true }`. */
  updateMany(filter: Filter, data: Update, options?: BulkOptions): Promise<number>
  /** Removes every row that matches. A filter that names nothing needs `{ all: true }`. */
  deleteMany(filter: Filter, options?: BulkOptions): Promise<number>
}

export interface BulkOptions {
  /** Says that all rows are meant. */
  readonly all?: true
}

/** Walking a list from row to row. */
export interface CursorVerbs<Row, Filter> {
  cursorPaginate(request?: CursorRequest<Filter, SortKey<Row>>): Promise<CursorPage<Row>>
}

/** What a repository over soft-deleted rows can do besides. */
export interface SoftDeleteVerbs<Row, Key = number | string> {
  /** Brings a deleted row back. @throws AppError of kind `not_found` when no deleted row has this key */
  restore(key: Key): Promise<Row>
  /** Removes a row for good, deleted or not, and returns it. @throws AppError of kind `not_found` */
  forceDelete(key: Key): Promise<Row>
  /** The same repository, deleted rows included. */
  withDeleted(): this
  /** The same repository, of deleted rows only. */
  onlyDeleted(): this
}
