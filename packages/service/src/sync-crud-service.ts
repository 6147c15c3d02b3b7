import type {
  ListOptions,
  Page,
  PageRequest,
  SortKey,
  SyncRepository,
  SyncUnitOfWork,
} from '@fastkit/contracts'
import { createEngine, type Engine } from './engine.ts'
import {
  type CallOptions,
  engineSettings,
  type Once,
  type OnceOptions,
  type PreviousOperation,
  type SharedOptions,
  type WriteOptions,
} from './options.ts'
import { type ResponseOption, syncResponder } from './respond.ts'
import { driveSync } from './steps.ts'
import { SyncCrudHooks } from './sync-hooks.ts'
import { noTransactions } from './transactions.ts'

export type SyncCrudServiceOptions<Row, Create, Update, View, Filter, Key> = Omit<
  SharedOptions<Row, Key>,
  'transaction'
> & {
  readonly repository: SyncRepository<Row, Create, Update, Filter, Key>
  /** Whose transactions the hooks run in. @default each statement is committed at once */
  readonly unitOfWork?: SyncUnitOfWork
} & ResponseOption<Row, View>

/**
 * `CrudService` over a repository that is not async: the same engine, the same rules and the same order of hooks, which
 * are not async either. The rows of a batch are handled one by one, all or none, `maxBatch` of them at most. There is no
 * `restore`, `cursorPaginate` or verb without hooks, as a `SyncRepository` has none of these.
 */
export class SyncCrudService<
  Row,
  Create extends object,
  Update extends object,
  View = Row,
  Filter = Partial<Row>,
  Key = number,
> extends SyncCrudHooks<Row, Create, Update, Key> {
  /** The operations for which `context.previous` is loaded, within the transaction. */
  static readonly needsPrevious: readonly PreviousOperation[] = []

  protected readonly repository: SyncRepository<Row, Create, Update, Filter, Key>
  readonly #engine: Engine
  /** Turns a row into what callers see, as each verb does: for verbs of your own. */
  protected readonly respond: (row: Row) => View

  constructor(options: SyncCrudServiceOptions<Row, Create, Update, View, Filter, Key>) {
    super()
    const { repository, response, unitOfWork, onEffectError } = options
    const { needsPrevious } = this.constructor as typeof SyncCrudService
    this.repository = repository
    this.respond = syncResponder(response)
    this.#engine = createEngine({
      repository,
      hooks: this,
      noHooks: SyncCrudHooks.prototype,
      drive: driveSync,
      transactions: unitOfWork ?? noTransactions(driveSync, onEffectError),
      ...engineSettings(options, needsPrevious),
    })
  }

  get(key: Key): View | null {
    const row = this.repository.get(key)
    return row === null ? null : this.respond(row)
  }

  getOrFail(key: Key): View {
    return this.respond(this.repository.getOrFail(key))
  }

  first(filter?: Filter, options?: ListOptions<SortKey<Row>>): View | null {
    const row = this.repository.first(filter, options)
    return row === null ? null : this.respond(row)
  }

  filter(filter: Filter, options?: ListOptions<SortKey<Row>>): View[] {
    return this.repository.filter(filter, options).map(this.respond)
  }

  paginate(request?: PageRequest<Filter, SortKey<Row>>): Page<View> {
    const page = this.repository.paginate(request)
    return { ...page, items: page.items.map(this.respond) }
  }

  count(filter?: Filter): number {
    return this.repository.count(filter)
  }

  exists(filter?: Filter): boolean {
    return this.repository.exists(filter)
  }

  create(input: Create, { signal }: CallOptions = {}): View {
    return this.respond(this.#engine.write({ operation: 'create', input, signal }) as Row)
  }

  createOnce(input: Create, { by, same, signal }: OnceOptions<Row, Create>): Once<View> {
    const { row, created } = this.#engine.createOnce(input, { by, same, signal }) as Once<Row>
    return { row: this.respond(row), created }
  }

  update(id: Key, input: Update, { version, signal }: WriteOptions = {}): View {
    return this.respond(this.#engine.write({ operation: 'update', id, input, version, signal }) as Row)
  }

  delete(id: Key, { version, signal }: WriteOptions = {}): View {
    return this.respond(this.#engine.write({ operation: 'delete', id, version, signal }) as Row)
  }

  createMany(inputs: readonly Create[], { signal }: CallOptions = {}): number {
    return this.#engine.writeMany({ operation: 'createMany', input: inputs, signal }) as number
  }

  updateMany(
    filter: Filter,
    input: Update,
    { all, signal }: { readonly all?: true } & CallOptions = {},
  ): number {
    return this.#engine.writeMany({ operation: 'updateMany', filter, input, all, signal }) as number
  }

  deleteMany(filter: Filter, { all, signal }: { readonly all?: true } & CallOptions = {}): number {
    return this.#engine.writeMany({ operation: 'deleteMany', filter, all, signal }) as number
  }
}
