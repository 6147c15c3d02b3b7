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
  SoftDeleteVerbs,
  SortKey,
  VersionOptions,
} from '@fastkit/contracts'
import { DbError } from '../errors.ts'
import type { Condition } from '../filter/condition.ts'
import { compareRows } from '../filter/memory.ts'
import { parseFilter } from '../filter/parse-filter.ts'
import { parseOrder, type SortStep } from '../filter/parse-order.ts'
import { pageOf, pageWindow, rowWindow } from '../reading/page-window.ts'
import { readMemoryCursorPage } from './memory-cursor-page.ts'
import type { MemoryField } from './memory-model.ts'
import { copyOf, createMemoryTable, type Stored, type Visible } from './memory-table.ts'
import type { Joining, MemoryUnitOfWork } from './memory-unit-of-work.ts'

export interface MemoryRepositoryOptions<Row> {
  /** The columns and their types, `?` where they may be null: `{ id: 'Int', name: 'String', city: 'String?' }`. */
  readonly fields: Readonly<Record<keyof Row & string, MemoryField>>
  /** For messages. @default 'Row' */
  readonly model?: string
  /** @default 'id' */
  readonly key?: keyof Row & string
  /** Columns no two rows may share. @default none */
  readonly unique?: readonly (keyof Row & string)[]
  /** The column that says when a row was deleted. @default rows are removed */
  readonly softDelete?: keyof Row & string
  /** The column that counts the changes of a row, from 1. @default none */
  readonly version?: keyof Row & string
  /** What columns hold that are left out. @default null */
  readonly defaults?: Partial<Row>
  /** The most rows a page may hold, from 1. @default 100 */
  readonly maxPerPage?: number
  /** Whose transactions the calls join, and undo what they wrote. @default none */
  readonly unitOfWork?: MemoryUnitOfWork
}

/** What a repository in memory can do. */
export interface MemoryRepository<Row, Create, Update, Filter, Key>
  extends Repository<Row, Create, Update, Filter, Key>,
    BulkVerbs<Create, Update, Filter>,
    CursorVerbs<Row, Filter>,
    SoftDeleteVerbs<Row, Key> {}

/**
 * A repository that keeps its rows in memory, for tests: the verbs of the contracts, with filters, orders, pages and
 * errors by the rules of the real one. Rows are copied in and out. A key that is left out is counted up, or a UUID.
 */
export function memoryRepository<
  Row extends object,
  Create extends object,
  Update extends object,
  Filter extends object,
  Key = number,
>(options: MemoryRepositoryOptions<Row>): MemoryRepository<Row, Create, Update, Filter, Key> {
  const {
    fields,
    model = 'Row',
    key = 'id' as never,
    unique = [],
    softDelete,
    version,
    defaults = {},
    maxPerPage = 100,
  } = options
  const table = createMemoryTable({ fields, model, key, unique, softDelete, version, defaults })
  const { metadata } = table
  const joining: Joining = options.unitOfWork?.enlist(table.save) ?? ((verbs) => verbs)
  return seeing('live')

  function seeing(visible: Visible): MemoryRepository<Row, Create, Update, Filter, Key> {
    return {
      ...joining(verbsOn(visible)),
      withDeleted: () => seeing('with'),
      onlyDeleted: () => seeing('only'),
    }
  }

  function verbsOn(visible: Visible): Verbs<Row, Create, Update, Filter, Key> {
    return {
      get: async (wanted) => copy(table.find(wanted, visible) ?? null),
      getOrFail: async (wanted) => copy(found(wanted, visible)),
      first: async (filter, list) => copy(select(filter, { ...list, limit: 1 })[0] ?? null),
      filter: async (filter, list) => select(filter, list).map(copy),
      count: async (filter) => select(filter).length,
      exists: async (filter) => select(filter).length > 0,
      create: async (data) => copy(table.insert(data)),
      update: async (wanted, data, of) => {
        const change = table.checkChange(data)
        return copy(table.change(ofVersion(found(wanted, visible), of), change))
      },
      delete: async (wanted, of) => copy(table.delete(ofVersion(deletable(wanted), of))),
      restore: async (wanted) => copy(table.restore(found(wanted, 'only'))),
      forceDelete: async (wanted) => copy(table.remove(found(wanted, 'with'))),
      createMany: async (data) => allOrNone(() => data.map(table.insert).length),
      updateMany: async (filter, data, bulk) => {
        const change = table.checkChange(data)
        return allOrNone(() => many(filter, bulk, visible).map((row) => table.change(row, change)).length)
      },
      deleteMany: async (filter, bulk) => {
        const rows = many(filter, bulk, 'live')
        return visible === 'only' ? 0 : rows.map(table.delete).length
      },
      paginate,
      cursorPaginate,
    }

    /** Deleted rows are deleted already. */
    function deletable(wanted: unknown): Stored {
      if (visible === 'only') throw table.notFound()
      return found(wanted, 'live')
    }

    function select(
      filter: Filter | undefined,
      { orderBy, ...list }: ListOptions<SortKey<Row>> = {},
    ): Stored[] {
      const { limit, offset } = rowWindow(list)
      const rows = sorted(filter, orderOf(orderBy))
      return rows.slice(offset, limit === undefined ? undefined : offset + limit)
    }

    async function paginate(request: PageRequest<Filter, SortKey<Row>> = {}): Promise<Page<Row>> {
      const window = pageWindow(request, maxPerPage)
      const rows = sorted(request.filter, orderOf(request.orderBy))
      return pageOf(rows.slice(window.offset, window.offset + window.perPage).map(copy), rows.length, window)
    }

    async function cursorPaginate({
      cursor,
      filter,
      orderBy,
      ...request
    }: CursorRequest<Filter, SortKey<Row>> = {}): Promise<CursorPage<Row>> {
      const { perPage } = pageWindow(request, maxPerPage)
      const order = orderOf(orderBy)
      const page = { model, order, perPage, cursor, filter: [filter ?? {}, visible] }
      const found = readMemoryCursorPage(sorted(filter, order), page)
      return { ...found, items: found.items.map(copy) }
    }

    function sorted(filter: Filter | undefined, order: readonly SortStep[]): Stored[] {
      return table.matching(conditionOf(filter), visible).sort(compareRows(order))
    }
  }

  function found(wanted: unknown, visible: Visible): Stored {
    const row = table.find(wanted, visible)
    if (!row || (visible === 'only' && softDelete === undefined)) throw table.notFound()
    return row
  }

  function ofVersion(row: Stored, { version: wanted }: VersionOptions = {}): Stored {
    if (wanted === undefined) return row
    if (version === undefined) throw new DbError('MIXIN_CONFIG', `${model} was not declared with a version`)
    if (row[version] === wanted) return row
    throw new DbError('VERSION_CONFLICT', `Another change to this ${model} came first`, { params: { model } })
  }

  function many(filter: Filter, { all }: BulkOptions = {}, visible: Visible): Stored[] {
    if (Object.keys(filter).length === 0 && all !== true) {
      throw new DbError('FILTER_REQUIRED', `An empty filter means every ${model}: say { all: true }`)
    }
    return table.matching(conditionOf(filter), visible)
  }

  function allOrNone<T>(write: () => T): T {
    const restore = table.save()
    try {
      return write()
    } catch (error) {
      restore()
      throw error
    }
  }

  function conditionOf(filter: object = {}): Condition {
    return parseFilter(metadata, model, filter)
  }

  function orderOf(orderBy: SortKey<Row> | readonly SortKey<Row>[] | undefined): readonly SortStep[] {
    return parseOrder(metadata, model, orderBy)
  }

  function copy<T extends Stored | null>(row: T): T extends null ? null : Row {
    return (row &&
      Object.fromEntries(Object.entries(row).map(([name, value]) => [name, copyOf(value)]))) as never
  }
}

/** All of it that is asynchronous. */
type Verbs<Row, Create, Update, Filter, Key> = Omit<
  MemoryRepository<Row, Create, Update, Filter, Key>,
  'withDeleted' | 'onlyDeleted'
>
