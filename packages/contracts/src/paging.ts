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
