import type { Page, PageRequest } from './paging.ts'
import type { ListOptions, VersionOptions } from './repository.ts'
import type { SortKey } from './sort.ts'

/** The verbs of `Repository`, by the same rules, for drivers that are not async. */
export interface SyncRepository<Row, Create, Update, Filter, Key = number | string> {
  get(key: Key): Row | null
  getOrFail(key: Key): Row
  first(filter?: Filter, options?: ListOptions<SortKey<Row>>): Row | null
  filter(filter: Filter, options?: ListOptions<SortKey<Row>>): Row[]
  count(filter?: Filter): number
  exists(filter?: Filter): boolean
  create(data: Create): Row
  update(key: Key, data: Update, options?: VersionOptions): Row
  delete(key: Key, options?: VersionOptions): Row
  paginate(request?: PageRequest<Filter, SortKey<Row>>): Page<Row>
}
