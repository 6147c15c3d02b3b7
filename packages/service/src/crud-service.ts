import type {
  BulkOptions,
  BulkVerbs,
  CursorPage,
  CursorRequest,
  CursorVerbs,
  ListOptions,
  Page,
  PageRequest,
  Repository,
  SortKey,
  UnitOfWork,
} from '@fastkit/contracts'
import { createEngine, type Engine } from './engine.ts'
import { ServiceError } from './errors.ts'
import { CrudHooks } from './hooks.ts'
import {
  type CallOptions,
  engineSettings,
  type Once,
  type OnceOptions,
  type PreviousOperation,
  type SharedOptions,
  type WriteOptions,
} from './options.ts'
import { listResponder, type ResponseOption, responder } from './respond.ts'
import { driveAsync } from './steps.ts'
import { noTransactions } from './transactions.ts'

export type CrudServiceOptions<Row, Create, Update, View, Filter, Key> = SharedOptions<Row, Key> & {
  /** Where the rows are. What it can do beyond the ten verbs, the service can do. */
  readonly repository: ServiceRepository<Row, Create, Update, Filter, Key>
  /** Whose transactions the hooks run in. @default each statement is committed at once */
  readonly unitOfWork?: UnitOfWork
} & ResponseOption<Row, View>

/** Any repository; bulk verbs, cursors and `restore` are there or not. */
export type ServiceRepository<Row, Create, Update, Filter, Key> = Repository<
  Row,
  Create,
  Update,
  Filter,
  Key
> &
  Partial<BulkVerbs<Create, Update, Filter>> &
  Partial<CursorVerbs<Row, Filter>> &
  Partial<Restoring<Row>>

/** One that cannot restore may say so in the type of the key. */
interface Restoring<Row> {
  restore(key: never): Promise<Row>
}

/**
 * The rules of one entity: the verbs of its repository, with hooks around each write. Extend it, and override hooks;
 * their order is in the table of `Hooks`.
 *
 * Knows no database and no HTTP. Holds no state and may be shared by any number of requests. Without hooks that need
 * more, each verb is the repository's statement and no other. Which hooks there are is found out once, at the first
 * call of an operation.
 */
export class CrudService<
  Row,
  Create extends object,
  Update extends object,
  View = Row,
  Filter = Partial<Row>,
  Key = number,
> extends CrudHooks<Row, Create, Update, Key> {
  /** The operations for which `context.previous` is loaded, within the transaction. */
  static readonly needsPrevious: readonly PreviousOperation[] = []

  protected readonly repository: ServiceRepository<Row, Create, Update, Filter, Key>
  readonly #engine: Engine
  /** Turns a row into what callers see, as each verb does: for verbs of your own. */
  protected readonly respond: (row: Row) => View | Promise<View>
  readonly #respondAll: (rows: Row[]) => View[] | Promise<View[]>

  constructor(options: CrudServiceOptions<Row, Create, Update, View, Filter, Key>) {
    super()
    const { repository, response, unitOfWork, onEffectError } = options
    const { needsPrevious } = this.constructor as typeof CrudService
    this.repository = repository
    this.respond = responder(response)
    this.#respondAll = listResponder(response)
    this.#engine = createEngine({
      repository,
      hooks: this,
      noHooks: CrudHooks.prototype,
      drive: driveAsync,
      transactions: (unitOfWork as never) ?? noTransactions(driveAsync, onEffectError),
      runOptions: options.transaction,
      ...engineSettings(options, needsPrevious),
    })
  }

  /** Returns the row, or `null` when it is not there. */
  async get(key: Key): Promise<View | null> {
    const row = await this.repository.get(key)
    return row === null ? null : this.respond(row)
  }

  /** Returns the row. @throws AppError of kind `not_found` */
  async getOrFail(key: Key): Promise<View> {
    return this.respond(await this.repository.getOrFail(key))
  }

  async first(filter?: Filter, options?: ListOptions<SortKey<Row>>): Promise<View | null> {
    const row = await this.repository.first(filter, options)
    return row === null ? null : this.respond(row)
  }

  async filter(filter: Filter, options?: ListOptions<SortKey<Row>>): Promise<View[]> {
    return this.#respondAll(await this.repository.filter(filter, options))
  }

  async paginate(request?: PageRequest<Filter, SortKey<Row>>): Promise<Page<View>> {
    const page = await this.repository.paginate(request)
    return { ...page, items: await this.#respondAll(page.items) }
  }

  /** @throws ServiceError `NO_CURSOR` over a repository without cursors */
  async cursorPaginate(request?: CursorRequest<Filter, SortKey<Row>>): Promise<CursorPage<View>> {
    const { repository } = this
    if (!repository.cursorPaginate) throw new ServiceError('NO_CURSOR', 'This repository has no cursors')
    const page = await repository.cursorPaginate(request)
    return { ...page, items: await this.#respondAll(page.items) }
  }

  async count(filter?: Filter): Promise<number> {
    return this.repository.count(filter)
  }

  async exists(filter?: Filter): Promise<boolean> {
    return this.repository.exists(filter)
  }

  async create(input: Create, { signal }: CallOptions = {}): Promise<View> {
    return this.respond((await this.#engine.write({ operation: 'create', input, signal })) as Row)
  }

  /**
   * Creates the row, or returns the one that has the same value in a unique column: the same request again does not make
   * another row, nor run a hook. Of several at once, in any number of processes, one creates.
   *
   * Within a transaction the attempt is a savepoint. Where the row is there and cannot be seen, deleted for instance, the
   * repository's `UNIQUE_VIOLATION` is thrown.
   *
   * @throws ServiceError `VALIDATION_FAILED` without a value, `IDEMPOTENCY_MISMATCH` when `same` says no
   */
  async createOnce(input: Create, { by, same, signal }: OnceOptions<Row, Create>): Promise<Once<View>> {
    const { row, created } = (await this.#engine.createOnce(input, { by, same, signal })) as Once<Row>
    return { row: await this.respond(row), created }
  }

  /** Changes the fields given, no others. @throws AppError of kind `not_found`, or as the repository's `version` has it */
  async update(id: Key, input: Update, { version, signal }: WriteOptions = {}): Promise<View> {
    return this.respond(
      (await this.#engine.write({ operation: 'update', id, input, version, signal })) as Row,
    )
  }

  /** @throws AppError of kind `not_found`, or as the repository's `version` has it */
  async delete(id: Key, { version, signal }: WriteOptions = {}): Promise<View> {
    return this.respond((await this.#engine.write({ operation: 'delete', id, version, signal })) as Row)
  }

  /**
   * Brings a deleted row back.
   *
   * @throws AppError of kind `not_found`; ServiceError `NO_RESTORE` over rows that stay deleted
   */
  async restore(id: Key, { signal }: CallOptions = {}): Promise<View> {
    if (!this.repository.restore) throw new ServiceError('NO_RESTORE', 'This repository cannot restore rows')
    return this.respond((await this.#engine.write({ operation: 'restore', id, signal })) as Row)
  }

  /**
   * Creates rows, all or none, and returns how many. Each has its hooks: all are validated before any is written. One
   * statement, or one for each row where hooks want to see them, or the repository has no bulk verbs.
   *
   * @throws ServiceError `BATCH_TOO_LARGE` for more than `maxBatch` rows that are handled one by one, because of hooks, or
   *   of a repository without bulk verbs
   */
  async createMany(inputs: readonly Create[], { signal }: CallOptions = {}): Promise<number> {
    return (await this.#engine.writeMany({ operation: 'createMany', input: inputs, signal })) as number
  }

  /**
   * Changes every row that matches, all or none, and returns how many. One statement, unless rows are handled one by one,
   * because of hooks, or of a repository without bulk verbs: then they are loaded, each has its hooks and its `previous`,
   * and is written by itself.
   *
   * @throws ServiceError `FILTER_REQUIRED` for an empty filter without `{ all: true }`, `BATCH_TOO_LARGE` for more than
   *   `maxBatch` rows that are handled one by one
   */
  async updateMany(
    filter: Filter,
    input: Update,
    { all, signal }: BulkOptions & CallOptions = {},
  ): Promise<number> {
    return (await this.#engine.writeMany({ operation: 'updateMany', filter, input, all, signal })) as number
  }

  /** Removes every row that matches. @throws ServiceError as `updateMany` */
  async deleteMany(filter: Filter, { all, signal }: BulkOptions & CallOptions = {}): Promise<number> {
    return (await this.#engine.writeMany({ operation: 'deleteMany', filter, all, signal })) as number
  }

  /** The repository's `createMany`: one statement, and no hook. @throws ServiceError `NO_BULK` without one */
  async createManyWithoutHooks(inputs: readonly Create[]): Promise<number> {
    if (!this.repository.createMany) throw noBulk()
    return this.repository.createMany(inputs)
  }

  /** The repository's `updateMany`: one statement, and no hook. @throws ServiceError `NO_BULK` without one */
  async updateManyWithoutHooks(filter: Filter, input: Update, options?: BulkOptions): Promise<number> {
    if (!this.repository.updateMany) throw noBulk()
    return this.repository.updateMany(filter, input, options)
  }

  /** The repository's `deleteMany`: one statement, and no hook. @throws ServiceError `NO_BULK` without one */
  async deleteManyWithoutHooks(filter: Filter, options?: BulkOptions): Promise<number> {
    if (!this.repository.deleteMany) throw noBulk()
    return this.repository.deleteMany(filter, options)
  }
}

function noBulk(): ServiceError {
  return new ServiceError('NO_BULK', 'This repository has no bulk verbs')
}
