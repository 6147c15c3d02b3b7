import type { ListOptions, Page, PageRequest, Repository, SoftDeleteVerbs, SortKey } from '@fastkit/contracts'
import type { StandardSchemaV1 } from '@standard-schema/spec'
import { ServiceError } from './errors.ts'
import { CrudHooks, type HookContext } from './hooks.ts'
import { responder } from './respond.ts'

export type CrudServiceOptions<Row, Create, Update, View, Filter, Key> = {
  /** Where the rows are. One with `restore` makes the service's `restore` work. */
  readonly repository: ServiceRepository<Row, Create, Update, Filter, Key>
} & ResponseOption<Row, View>

/** Any repository; `restore` is there or not. */
export type ServiceRepository<Row, Create, Update, Filter, Key> = Repository<
  Row,
  Create,
  Update,
  Filter,
  Key
> &
  Partial<SoftDeleteVerbs<Row, Key>>

/** A view that is less than the row needs the schema that makes it so. */
type ResponseOption<Row, View> = [Row] extends [View]
  ? [View] extends [Row]
    ? { readonly response?: StandardSchemaV1<unknown, View> }
    : RequiredResponse<View>
  : RequiredResponse<View>

interface RequiredResponse<View> {
  /** What callers get to see of a row, as any Standard Schema. */
  readonly response: StandardSchemaV1<unknown, View>
}

/**
 * The rules of one entity: the verbs of its repository, with hooks around each write. Extend it, and override hooks.
 *
 * Knows no database and no HTTP. Holds no state and may be shared by any number of requests. Each verb is the
 * repository's statement and no other.
 */
export class CrudService<
  Row,
  Create extends object,
  Update extends object,
  View = Row,
  Filter = Partial<Row>,
  Key = number,
> extends CrudHooks<Row, Create, Update, Key> {
  protected readonly repository: ServiceRepository<Row, Create, Update, Filter, Key>
  readonly #respond: (row: Row) => Promise<View>

  constructor({ repository, response }: CrudServiceOptions<Row, Create, Update, View, Filter, Key>) {
    super()
    this.repository = repository
    this.#respond = responder(response)
  }

  /** Returns the row, or `null` when it is not there. */
  async get(key: Key): Promise<View | null> {
    const row = await this.repository.get(key)
    return row === null ? null : this.#respond(row)
  }

  /** Returns the row. @throws AppError of kind `not_found` */
  async getOrFail(key: Key): Promise<View> {
    return this.#respond(await this.repository.getOrFail(key))
  }

  async first(filter?: Filter, options?: ListOptions<SortKey<Row>>): Promise<View | null> {
    const row = await this.repository.first(filter, options)
    return row === null ? null : this.#respond(row)
  }

  async filter(filter: Filter, options?: ListOptions<SortKey<Row>>): Promise<View[]> {
    return Promise.all((await this.repository.filter(filter, options)).map(this.#respond))
  }

  async paginate(request?: PageRequest<Filter, SortKey<Row>>): Promise<Page<View>> {
    const page = await this.repository.paginate(request)
    return { ...page, items: await Promise.all(page.items.map(this.#respond)) }
  }

  async count(filter?: Filter): Promise<number> {
    return this.repository.count(filter)
  }

  async exists(filter?: Filter): Promise<boolean> {
    return this.repository.exists(filter)
  }

  async create(input: Create): Promise<View> {
    const context: HookContext<Key, Create> = { operation: 'create', input }
    const given = { ...input }
    await this.validateCreate(given, context)
    const data = requireData(await this.beforeCreate(given, context), 'beforeCreate')
    const row = await this.repository.create(data)
    await this.afterCreate(row, context)
    return this.#respond(row)
  }

  /** Changes the fields given, no others. @throws AppError of kind `not_found` */
  async update(key: Key, input: Update): Promise<View> {
    const context: HookContext<Key, Update> = { operation: 'update', key, input }
    const given = { ...input }
    await this.validateUpdate(given, context)
    const data = requireData(await this.beforeUpdate(given, context), 'beforeUpdate')
    const row = await this.repository.update(key, data)
    await this.afterUpdate(row, context)
    return this.#respond(row)
  }

  /** @throws AppError of kind `not_found` */
  async delete(key: Key): Promise<View> {
    const context: HookContext<Key, never> = { operation: 'delete', key }
    await this.validateDelete(context)
    await this.beforeDelete(context)
    const row = await this.repository.delete(key)
    await this.afterDelete(row, context)
    return this.#respond(row)
  }

  /** Brings a deleted row back. @throws AppError of kind `not_found`; ServiceError `NO_RESTORE` over rows that stay deleted */
  async restore(key: Key): Promise<View> {
    const { repository } = this
    if (!repository.restore) throw new ServiceError('NO_RESTORE', 'This repository cannot restore rows')
    const context: HookContext<Key, never> = { operation: 'restore', key }
    await this.validateRestore(context)
    await this.beforeRestore(context)
    const row = await repository.restore(key)
    await this.afterRestore(row, context)
    return this.#respond(row)
  }
}

/** A hook that forgets to return would write nothing at all, or fail deep inside the repository. */
function requireData<T extends object>(data: T, hook: string): T {
  if (typeof data === 'object' && data !== null && !Array.isArray(data) && !(data instanceof Date))
    return data
  throw new ServiceError('HOOK_RESULT', `${hook} must return the data to write`)
}
