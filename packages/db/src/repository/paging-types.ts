import type { CheckFilter, OrderKeys, OwnFilter } from './filter.ts'

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

/** Lets editors complete a nested literal whose type is not known yet. */
type Suggest<F, P> = [keyof F] extends [never] ? OwnFilter<P> : unknown
