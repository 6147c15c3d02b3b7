import type { BulkOptions, Page } from '@fastkit/contracts'
import { DbError } from '../errors.ts'
import { translatePrismaError } from '../prisma-errors.ts'
import { type ModelInfo, modelsOf } from '../prisma-internals.ts'
import { compileOrder } from './order.ts'
import { pageOf, pageWindow, rowWindow } from './page.ts'
import { isValueOf } from './value.ts'
import { compileWhere } from './where.ts'
import { checkCreate, checkUpdate, managedFields } from './write.ts'

interface Options {
  readonly maxPerPage?: number
}

interface Selection {
  readonly select?: unknown
  readonly include?: unknown
}

interface Listing extends Selection {
  readonly orderBy?: string | readonly string[]
  readonly limit?: number
  readonly offset?: number
}

interface Paging extends Selection {
  readonly page?: number
  readonly perPage?: number
  readonly filter?: object
  readonly orderBy?: string | readonly string[]
}

/** What a repository does, without its types: one method per verb, one Prisma call each. */
export class ModelQueries {
  readonly #client: () => object
  readonly #key: string
  readonly #options: Options
  readonly #model: ModelInfo
  readonly #managed: ReadonlySet<string>

  constructor(client: () => object, key: string, options: Options) {
    const models = modelsOf(client())
    const model = models.get(key)
    if (!model) {
      throw new DbError(
        'UNKNOWN_MODEL',
        `There is no model "${key}"; there are: ${[...models.keys()].join(', ')}`,
      )
    }
    this.#client = client
    this.#key = key
    this.#options = options
    this.#model = model
    this.#managed = managedFields(client(), key)
  }

  /** The same queries on another client. */
  on(client: () => object): ModelQueries {
    return new ModelQueries(client, this.#key, this.#options)
  }

  async get(key: unknown, selection: Selection = {}): Promise<unknown> {
    const where = this.#unique(key)
    return where === undefined
      ? null
      : this.#run((rows) => rows.findUnique({ where, ...selected(selection) }))
  }

  async getOrFail(key: unknown, selection: Selection = {}): Promise<unknown> {
    const row = await this.get(key, selection)
    if (row === null) throw this.#notFound()
    return row
  }

  async first(filter: object = {}, options: Listing = {}): Promise<unknown> {
    const [row = null] = await this.filter(filter, { ...options, limit: 1 })
    return row
  }

  async filter(filter: object, options: Listing = {}): Promise<unknown[]> {
    const where = this.#where(filter)
    const orderBy = compileOrder(this.#model, options.orderBy)
    const { skip, take } = rowWindow(options)
    if (take === 0) return []
    return this.#run((rows) => rows.findMany({ where, orderBy, skip, take, ...selected(options) }))
  }

  async count(filter: object = {}): Promise<number> {
    const where = this.#where(filter)
    return this.#run((rows) => rows.count({ where }))
  }

  async exists(filter: object = {}): Promise<boolean> {
    const where = this.#where(filter)
    return (await this.#run((rows) => rows.findFirst({ where, select: this.#oneColumn }))) !== null
  }

  async create(data: object): Promise<unknown> {
    checkCreate(this.#model, data, this.#managed)
    return this.#run((rows) => rows.create({ data }))
  }

  async update(key: unknown, data: object): Promise<unknown> {
    checkUpdate(this.#model, data, this.#managed)
    const where = this.#unique(key)
    if (where === undefined) throw this.#notFound()
    return this.#run((rows) => rows.update({ where, data }))
  }

  async delete(key: unknown): Promise<unknown> {
    const where = this.#unique(key)
    if (where === undefined) throw this.#notFound()
    return this.#run((rows) => rows.delete({ where }))
  }

  async createMany(data: readonly object[]): Promise<number> {
    for (const row of data) checkCreate(this.#model, row, this.#managed)
    if (data.length === 0) return 0
    return (await this.#run((rows) => rows.createMany({ data }))).count
  }

  async updateMany(filter: object, data: object, options?: BulkOptions): Promise<number> {
    checkUpdate(this.#model, data, this.#managed)
    const where = this.#bulkWhere(filter, options)
    return (await this.#run((rows) => rows.updateMany({ where, data }))).count
  }

  async deleteMany(filter: object, options?: BulkOptions): Promise<number> {
    const where = this.#bulkWhere(filter, options)
    return (await this.#run((rows) => rows.deleteMany({ where }))).count
  }

  async restore(key: unknown): Promise<unknown> {
    const { restore } = this.#rows
    if (!restore) throw new DbError('MIXIN_CONFIG', `${this.#model.name} was not declared with soft delete`)
    const where = this.#unique(key)
    if (where === undefined) throw this.#notFound()
    return this.#run((rows) => restore.call(rows, { where }))
  }

  async paginate(request: Paging = {}): Promise<Page<unknown>> {
    const where = this.#where(request.filter ?? {})
    const orderBy = compileOrder(this.#model, request.orderBy)
    const window = pageWindow(request, this.#options.maxPerPage ?? 100)
    const [items, total] = await Promise.all([
      this.#run((rows) =>
        rows.findMany({ where, orderBy, skip: window.offset, take: window.perPage, ...selected(request) }),
      ),
      this.#run((rows) => rows.count({ where })),
    ])
    return pageOf(items, total, window)
  }

  get #rows(): Delegate {
    return (this.#client() as Record<string, Delegate>)[this.#key] as Delegate
  }

  #where(filter: object): object {
    return compileWhere(this.#model, filter as Record<string, unknown>)
  }

  /** Guards against the filter that turned out empty, and the table with it. */
  #bulkWhere(filter: object, { all }: BulkOptions = {}): object {
    if (Object.keys(filter).length === 0 && all !== true) {
      throw new DbError(
        'FILTER_REQUIRED',
        `An empty filter means every ${this.#model.name}: say { all: true }`,
      )
    }
    return this.#where(filter)
  }

  /** A key that the column cannot even hold belongs to no row: `undefined`. */
  #unique(key: unknown): object | undefined {
    if (typeof key === 'object' && key !== null) return key
    const id = this.#model.fields.get('id')
    if (!id) throw new DbError('UNKNOWN_FIELD', `${this.#model.name} has no "id": give its key as an object`)
    return isValueOf(id, key, this.#model.enums) ? { id: key } : undefined
  }

  get #oneColumn(): object {
    const [first] = [...this.#model.fields.values()].filter(({ kind }) => kind === 'scalar')
    return { [first?.name ?? 'id']: true }
  }

  #notFound(): DbError {
    const model = this.#model.name
    return new DbError('NOT_FOUND', `There is no such ${model}`, { params: { model } })
  }

  async #run<R>(query: (rows: Delegate) => Promise<R>): Promise<R> {
    try {
      return await query(this.#rows)
    } catch (error) {
      throw translatePrismaError(error, this.#model)
    }
  }
}

/** Prisma's operations, as far as they are called here. */
interface Delegate {
  findUnique(args: object): Promise<unknown>
  findFirst(args: object): Promise<unknown>
  findMany(args: object): Promise<unknown[]>
  count(args: object): Promise<number>
  create(args: object): Promise<unknown>
  update(args: object): Promise<unknown>
  delete(args: object): Promise<unknown>
  createMany(args: object): Promise<{ count: number }>
  updateMany(args: object): Promise<{ count: number }>
  deleteMany(args: object): Promise<{ count: number }>
  /** Only on models with soft delete. */
  restore?(args: object): Promise<unknown>
}

function selected({ select, include }: Selection): object {
  return { ...(select !== undefined && { select }), ...(include !== undefined && { include }) }
}
