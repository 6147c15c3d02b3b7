import type { BulkOptions, CursorPage, Page } from '@fastkit/contracts'
import { translateDatabaseError } from '../database-errors/translate-database-error.ts'
import { DbError } from '../errors.ts'
import type { Condition } from '../filter/condition.ts'
import type { Selection } from '../filter/find-by-keys.ts'
import { parseFilter } from '../filter/parse-filter.ts'
import { parseOrder } from '../filter/parse-order.ts'
import { fits } from '../filter/value.ts'
import type { FieldMetadata } from '../metadata/metadata.ts'
import { metadataOf } from '../metadata/metadata-of.ts'
import { readCursorPage } from '../paging/cursor-page.ts'
import { errorModelOf } from './error-model.ts'
import { pageOf, pageWindow, rowWindow } from './page.ts'
import { bulkWhere, countRows, type Rows, readRows, type Source } from './read-rows.ts'
import { checkCreate, checkUpdate, mixinFields } from './write.ts'

interface Options {
  readonly maxPerPage?: number
  readonly cursorSecret?: string
}

interface Selecting {
  readonly select?: unknown
  readonly include?: unknown
}

interface Listing extends Selecting {
  readonly orderBy?: string | readonly string[]
  readonly limit?: number
  readonly offset?: number
}

interface Paging extends Selecting {
  readonly page?: number
  readonly perPage?: number
  readonly filter?: object
  readonly orderBy?: string | readonly string[]
}

interface CursorPaging extends Selecting {
  readonly cursor?: string | null
  readonly perPage?: number
  readonly filter?: object
  readonly orderBy?: string | readonly string[]
}

/** What a repository does, without its types: one method per verb. */
export class ModelQueries {
  readonly #client: () => object
  readonly #key: string
  readonly #options: Options
  readonly #source: Source
  readonly #managed: ReadonlySet<string>

  constructor(client: () => object, key: string, options: Options) {
    const metadata = metadataOf(client())
    const model = metadata.delegates.get(key)
    if (!model) {
      const known = [...metadata.delegates.keys()].join(', ')
      throw new DbError('UNKNOWN_MODEL', `There is no model "${key}"; there are: ${known}`)
    }
    const { softDelete, managed } = mixinFields(client())
    this.#client = client
    this.#key = key
    this.#options = options
    this.#source = { metadata, model, softDelete }
    this.#managed = managed.get(key) ?? new Set()
  }

  /** The same queries on another client. */
  on(client: () => object): ModelQueries {
    return new ModelQueries(client, this.#key, this.#options)
  }

  async get(key: unknown, selection: Selecting = {}): Promise<unknown> {
    const where = this.#unique(key)
    return where === undefined
      ? null
      : this.#run((rows) => rows.findUnique({ where, ...selected(selection) }))
  }

  async getOrFail(key: unknown, selection: Selecting = {}): Promise<unknown> {
    const row = await this.get(key, selection)
    if (row === null) throw this.#notFound()
    return row
  }

  async first(filter: object = {}, options: Listing = {}): Promise<unknown> {
    const [row = null] = await this.filter(filter, { ...options, limit: 1 })
    return row
  }

  async filter(filter: object, options: Listing = {}): Promise<object[]> {
    const condition = this.#condition(filter)
    const order = this.#order(options.orderBy)
    const { limit, offset } = rowWindow(options)
    if (limit === 0) return []
    const request = { condition, order, limit, offset, selection: selected(options) }
    return this.#run((_, client) => readRows(client, this.#source, request))
  }

  async count(filter: object = {}): Promise<number> {
    const condition = this.#condition(filter)
    return this.#run((_, client) => countRows(client, this.#source, condition))
  }

  async exists(filter: object = {}): Promise<boolean> {
    const select = Object.fromEntries(this.#source.model.key.map((name) => [name, true]))
    return (await this.first(filter, { select })) !== null
  }

  async create(data: object): Promise<unknown> {
    checkCreate(this.#source.model, data, this.#managed)
    return this.#run((rows) => rows.create({ data }))
  }

  async update(key: unknown, data: object): Promise<unknown> {
    checkUpdate(this.#source.model, data, this.#managed)
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
    for (const row of data) checkCreate(this.#source.model, row, this.#managed)
    if (data.length === 0) return 0
    return (await this.#run((rows) => rows.createMany({ data }))).count
  }

  async updateMany(filter: object, data: object, options?: BulkOptions): Promise<number> {
    checkUpdate(this.#source.model, data, this.#managed)
    const condition = this.#bulkCondition(filter, options)
    return this.#run(async (rows, client) => {
      const where = await bulkWhere(client, this.#source, condition)
      return (await rows.updateMany({ where, data })).count
    })
  }

  async deleteMany(filter: object, options?: BulkOptions): Promise<number> {
    const condition = this.#bulkCondition(filter, options)
    return this.#run(async (rows, client) => {
      const where = await bulkWhere(client, this.#source, condition)
      return (await rows.deleteMany({ where })).count
    })
  }

  async restore(key: unknown): Promise<unknown> {
    const { model } = this.#source
    if (!this.#source.softDelete.has(model.name)) {
      throw new DbError('MIXIN_CONFIG', `${model.name} was not declared with soft delete`)
    }
    const where = this.#unique(key)
    if (where === undefined) throw this.#notFound()
    return this.#run((rows) => rows.restore({ where }))
  }

  async paginate(request: Paging = {}): Promise<Page<unknown>> {
    const condition = this.#condition(request.filter ?? {})
    const order = this.#order(request.orderBy)
    const window = pageWindow(request, this.#options.maxPerPage ?? 100)
    const { perPage: limit, offset } = window
    const selection = selected(request)
    return this.#run(async (_, client) => {
      const [items, total] = await Promise.all([
        readRows(client, this.#source, { condition, order, limit, offset, selection }),
        countRows(client, this.#source, condition),
      ])
      return pageOf(items, total, window)
    })
  }

  async cursorPaginate(request: CursorPaging = {}): Promise<CursorPage<object>> {
    const { cursor, filter = {}, orderBy, perPage: asked } = request
    const { perPage } = pageWindow(
      { ...(asked !== undefined && { perPage: asked }) },
      this.#options.maxPerPage ?? 100,
    )
    const page = {
      condition: this.#condition(filter),
      order: this.#order(orderBy),
      perPage,
      cursor,
      filter,
      selection: selected(request),
      secret: this.#options.cursorSecret,
    }
    return this.#run((_, client) => readCursorPage(client, this.#source, page))
  }

  #condition(filter: object): Condition {
    return parseFilter(this.#source.metadata, this.#source.model.name, filter)
  }

  #order(orderBy: string | readonly string[] | undefined) {
    return parseOrder(this.#source.metadata, this.#source.model.name, orderBy)
  }

  /** Guards against the filter that turned out empty, and the table with it. */
  #bulkCondition(filter: object, { all }: BulkOptions = {}): Condition {
    if (Object.keys(filter).length === 0 && all !== true) {
      throw new DbError(
        'FILTER_REQUIRED',
        `An empty filter means every ${this.#source.model.name}: say { all: true }`,
      )
    }
    return this.#condition(filter)
  }

  /** A key that the column cannot even hold belongs to no row: `undefined`. */
  #unique(key: unknown): object | undefined {
    const { name, key: names, fields } = this.#source.model
    if (typeof key === 'object' && key !== null) return key
    const [only, ...more] = names
    if (only === undefined || more.length > 0) {
      throw new DbError('UNKNOWN_FIELD', `The key of ${name} is an object: ${names.join(', ')}`)
    }
    return fits(fields.get(only) as FieldMetadata, key, false) ? { [only]: key } : undefined
  }

  #notFound(): DbError {
    const { name } = this.#source.model
    return new DbError('NOT_FOUND', `There is no such ${name}`, { params: { model: name } })
  }

  async #run<R>(query: (rows: Delegate, client: object) => Promise<R>): Promise<R> {
    const client = this.#client()
    try {
      return await query((client as Record<string, Delegate>)[this.#key] as Delegate, client)
    } catch (error) {
      throw translateDatabaseError(error, errorModelOf(this.#source.model))
    }
  }
}

/** Prisma's operations, as far as they are called here. */
interface Delegate extends Rows {
  findUnique(args: object): Promise<unknown>
  create(args: object): Promise<unknown>
  update(args: object): Promise<unknown>
  delete(args: object): Promise<unknown>
  createMany(args: object): Promise<{ count: number }>
  updateMany(args: object): Promise<{ count: number }>
  deleteMany(args: object): Promise<{ count: number }>
  /** Only on models with soft delete. */
  restore(args: object): Promise<unknown>
}

/** Its shape is Prisma's own, which the types have checked. */
function selected({ select, include }: Selecting): Selection {
  return { ...(select !== undefined && { select }), ...(include !== undefined && { include }) } as Selection
}
