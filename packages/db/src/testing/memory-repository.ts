import type {
  BulkOptions,
  BulkVerbs,
  ListOptions,
  Page,
  PageRequest,
  Repository,
  SoftDeleteVerbs,
  SortKey,
} from '@fastkit/contracts'
import { DbError } from '../errors.ts'
import type { Condition } from '../filter/condition.ts'
import { compareRows, matches } from '../filter/memory.ts'
import { parseFilter } from '../filter/parse-filter.ts'
import { parseOrder } from '../filter/parse-order.ts'
import { pageOf, pageWindow, rowWindow } from '../repository/page-window.ts'
import { checkCreate, checkUpdate, type WriteRules } from '../repository/write-rules.ts'
import { type MemoryField, memoryModel } from './memory-model.ts'
import type { MemoryUnitOfWork } from './memory-unit-of-work.ts'

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
  /** Whose transactions the calls join, and undo what they wrote. @default none */
  readonly unitOfWork?: MemoryUnitOfWork
}

/** What a repository in memory can do. */
export interface MemoryRepository<Row, Create, Update, Filter, Key>
  extends Repository<Row, Create, Update, Filter, Key>,
    BulkVerbs<Create, Update, Filter>,
    SoftDeleteVerbs<Row, Key> {}

/**
 * A repository that keeps its rows in memory, for tests: the verbs, filters, orders, pages and errors of the real one,
 * by the same rules. Rows are copied in and out. A key that is left out is counted up, or a UUID.
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
    model: name = 'Row',
    key = 'id' as keyof Row & string,
    unique = [],
    softDelete,
    unitOfWork,
  } = options
  const { metadata, model } = memoryModel(name, fields, key)
  let rows = new Map<unknown, Stored>()
  let lastKey = 0
  const verbs: MemoryRepository<Row, Create, Update, Filter, Key> = {
    get: async (wanted) => copy(live(wanted) ?? null),
    getOrFail: async (wanted) => copy(liveOrFail(wanted)),
    first: async (filter, list) => select(conditionOf(filter), { ...list, limit: 1 })[0] ?? null,
    filter: async (filter, list) => select(conditionOf(filter), list),
    count: async (filter) => select(conditionOf(filter)).length,
    exists: async (filter) => select(conditionOf(filter)).length > 0,
    create: async (data) => copy(insert(data)),
    update: async (wanted, data) => copy(change(liveOrFail(wanted), data)),
    delete: async (wanted) => copy(remove(liveOrFail(wanted))),
    restore: async (wanted) => copy(bringBack(wanted)),
    paginate,
    createMany,
    updateMany: async (filter, data, bulk) => each(bulkCondition(filter, bulk), (row) => change(row, data)),
    deleteMany: async (filter, bulk) => each(bulkCondition(filter, bulk), remove),
  }
  return unitOfWork ? unitOfWork.enlist(verbs, save) : verbs

  function save(): () => void {
    const before = new Map(rows)
    return () => {
      rows = before
    }
  }

  async function paginate(request: PageRequest<Filter, SortKey<Row>> = {}): Promise<Page<Row>> {
    const window = pageWindow(request, 100)
    const { filter, orderBy } = request
    const found = select(conditionOf(filter), orderBy === undefined ? {} : { orderBy })
    return pageOf(found.slice(window.offset, window.offset + window.perPage), found.length, window)
  }

  async function createMany(data: readonly Create[]): Promise<number> {
    const before = new Map(rows)
    try {
      for (const row of data) insert(row)
    } catch (error) {
      rows = before
      throw error
    }
    return data.length
  }

  function insert(data: Create): Stored {
    checkCreate(model, data, rules)
    const given = Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined))
    const empty = Object.fromEntries(Object.keys(fields).map((field) => [field, null]))
    const row: Stored = { ...empty, [key]: nextKey(), ...structuredClone(given) }
    requireUnique(row)
    rows.set(row[key], row)
    return row
  }

  function change(row: Stored, data: Update): Stored {
    checkUpdate(model, data, rules)
    const given = Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined))
    const changed: Stored = { ...row, ...structuredClone(given) }
    requireUnique(changed)
    rows.set(row[key], changed)
    return changed
  }

  function remove(row: Stored): Stored {
    if (softDelete === undefined) {
      rows.delete(row[key])
      return row
    }
    const deleted = { ...row, [softDelete]: new Date() }
    rows.set(row[key], deleted)
    return deleted
  }

  function bringBack(wanted: unknown): Stored {
    const row = rows.get(wanted)
    if (!row || softDelete === undefined || isLive(row)) throw notFound()
    const restored = { ...row, [softDelete]: null }
    rows.set(wanted, restored)
    return restored
  }

  function select(condition: Condition, { orderBy, ...list }: ListOptions<SortKey<Row>> = {}): Row[] {
    const order = parseOrder(metadata, name, orderBy)
    const { limit, offset } = rowWindow(list)
    const found = [...rows.values()]
      .filter((row) => isLive(row) && matches(condition, row))
      .sort(compareRows(order))
    return found.slice(offset, limit === undefined ? undefined : offset + limit).map(copy)
  }

  function each(condition: Condition, act: (row: Stored) => unknown): number {
    const found = [...rows.values()].filter((row) => isLive(row) && matches(condition, row))
    for (const row of found) act(row)
    return found.length
  }

  function conditionOf(filter: object = {}): Condition {
    return parseFilter(metadata, name, filter)
  }

  function bulkCondition(filter: object, { all }: BulkOptions = {}): Condition {
    if (Object.keys(filter).length === 0 && all !== true) {
      throw new DbError('FILTER_REQUIRED', `An empty filter means every ${name}: say { all: true }`)
    }
    return conditionOf(filter)
  }

  function requireUnique(row: Stored): void {
    const taken = unique.find((field) =>
      [...rows.values()].some(
        (other) => other[key] !== row[key] && row[field] !== null && other[field] === row[field],
      ),
    )
    if (taken === undefined) return
    throw new DbError('UNIQUE_VIOLATION', `Another ${name} has the same ${taken}`, {
      params: { model: name, fields: [taken] },
      issues: [{ path: [taken], code: 'UNIQUE', message: 'Is already taken' }],
    })
  }

  function nextKey(): unknown {
    return fields[key] === 'String' ? crypto.randomUUID() : ++lastKey
  }

  function live(wanted: unknown): Stored | undefined {
    const row = rows.get(wanted)
    return row && isLive(row) ? row : undefined
  }

  function liveOrFail(wanted: unknown): Stored {
    const row = live(wanted)
    if (!row) throw notFound()
    return row
  }

  function isLive(row: Stored): boolean {
    return softDelete === undefined || row[softDelete] === null
  }

  function notFound(): DbError {
    return new DbError('NOT_FOUND', `There is no such ${name}`, { params: { model: name } })
  }

  function copy<T extends Stored | null>(row: T): T extends null ? null : Row {
    return structuredClone(row) as never
  }
}

type Stored = Record<string, unknown>

/** Mixins write nothing here, and there are no relations. */
const rules: WriteRules = { managed: new Map(), nested: new Set() }
