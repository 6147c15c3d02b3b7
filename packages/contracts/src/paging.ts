/** One page of a list whose length nobody counted. */
export interface Slice<T> {
  readonly items: T[]
  /** From 1. */
  readonly page: number
  readonly perPage: number
  readonly hasNext: boolean
  readonly hasPrev: boolean
}

/** One page of a counted list. */
export interface Page<T> extends Slice<T> {
  readonly total: number
  /** 0 when nothing matches. */
  readonly totalPages: number
}

/** One page of a list that is walked from row to row. */
export interface CursorPage<T> {
  readonly items: T[]
  readonly perPage: number
  readonly hasNext: boolean
  /** Leads to the next page; `null` on the last. */
  readonly nextCursor: string | null
  readonly hasPrev?: boolean
  /** Leads to the page before; `null` on the first. */
  readonly prevCursor?: string | null
}

/** Which page to read, by a cursor of the page before or after it. */
export interface CursorRequest<Filter, Sort extends string = string> {
  /** @default the first page; an empty one counts as none */
  readonly cursor?: string | null
  /** From 1 up to the repository's maximum. @default 20 */
  readonly perPage?: number
  /** The same on every page. */
  readonly filter?: Filter
  /** The same on every page. @default the key */
  readonly orderBy?: Sort | readonly Sort[]
}

/** Which page to read. `Sort` lists the names to sort by, `'name' | '-name'`. */
export interface PageRequest<Filter, Sort extends string = string> {
  /** From 1. @default 1 */
  readonly page?: number
  /** From 1 up to the repository's maximum. @default 20 */
  readonly perPage?: number
  readonly filter?: Filter
  /** Field names, `-` in front for descending. The key is always the last of them. @default the key */
  readonly orderBy?: Sort | readonly Sort[]
}
