import { DbError } from '../errors.ts'
import type { Condition } from '../filter/condition.ts'
import { addDecimals } from '../filter/decimal.ts'
import { isPlainObject } from '../filter/json.ts'
import { matches } from '../filter/memory.ts'
import type { Metadata } from '../metadata/metadata.ts'
import { whereKey } from '../repository/key.ts'
import { checkedChange, checkedRow, type WriteRules } from '../repository/write-rules.ts'
import { type MemoryField, memoryModel } from './memory-model.ts'

export interface MemoryTableOptions {
  readonly fields: Readonly<Record<string, MemoryField>>
  readonly model: string
  readonly key: string
  readonly unique: readonly string[]
  readonly softDelete: string | undefined
  readonly version: string | undefined
  readonly defaults: object
}

/** Rows in memory. They are copied on their way in, and a change makes a new one. */
export interface MemoryTable {
  readonly metadata: Metadata
  /** The row with this key, if it is visible. */
  find(key: unknown, visible: Visible): Stored | undefined
  /** Every visible row that matches, in no order. */
  matching(condition: Condition, visible: Visible): Stored[]
  insert(data: object): Stored
  /** Checks a change before any row is looked for. */
  checkChange(data: object): Stored
  change(row: Stored, change: Stored): Stored
  /** Marks the row as deleted, or removes it where the table does not mark. */
  delete(row: Stored): Stored
  restore(row: Stored): Stored
  remove(row: Stored): Stored
  /** Remembers all rows, and returns what brings them back. */
  save(): () => void
  notFound(): DbError
}

export type Stored = Readonly<Record<string, unknown>>

/** Which rows there are, where they are deleted softly: those not deleted, all, or only the deleted ones. */
export type Visible = 'live' | 'with' | 'only'

export function createMemoryTable({
  fields,
  model: name,
  key,
  unique,
  softDelete,
  version,
  defaults,
}: MemoryTableOptions): MemoryTable {
  const { metadata, model } = memoryModel(name, fields, key)
  // No other mixin writes here, and there are no relations.
  const managed = [version, softDelete].flatMap((field) =>
    field === undefined ? [] : [[field, 'its mixins'] as const],
  )
  const rules: WriteRules = { managed: new Map(managed), nested: new Set() }
  let rows = new Map<string, Stored>()
  let lastKey = 0

  return {
    metadata,
    find(wanted, visible) {
      const where = whereKey(model, wanted)
      const row = where && rows.get(String(where[key]))
      return row && isVisible(row, visible) ? row : undefined
    },
    matching: (condition, visible) =>
      [...rows.values()].filter((row) => isVisible(row, visible) && matches(condition, row)),
    insert(data) {
      const given = checkedRow(model, data, rules)
      const empty = Object.fromEntries(Object.keys(fields).map((field) => [field, null]))
      const row: Stored = {
        ...empty,
        ...structuredClone(defaults),
        ...(version !== undefined && { [version]: 1 }),
        [key]: given[key] ?? nextKey(),
        ...applied(empty, given),
      }
      if (rows.has(String(row[key]))) throw taken(key)
      return store(row)
    },
    checkChange: (data) => checkedChange(model, data, rules),
    change: (row, change) => store(changed(row, applied(row, change))),
    delete: (row) =>
      softDelete === undefined ? remove(row) : store(changed(row, { [softDelete]: new Date() })),
    restore: (row) => store(changed(row, { [softDelete as string]: null })),
    remove,
    save() {
      const before = new Map(rows)
      return () => {
        rows = before
      }
    },
    notFound,
  }

  function isVisible(row: Stored, visible: Visible): boolean {
    if (softDelete === undefined || visible === 'with') return true
    return (row[softDelete] === null) === (visible === 'live')
  }

  function changed(row: Stored, changes: object): Stored {
    return { ...row, ...changes, ...(version !== undefined && { [version]: Number(row[version]) + 1 }) }
  }

  function store(row: Stored): Stored {
    requireUnique(row)
    rows.set(String(row[key]), row)
    return row
  }

  function remove(row: Stored): Stored {
    rows.delete(String(row[key]))
    return row
  }

  function requireUnique(row: Stored): void {
    const field = unique.find((name) =>
      [...rows.values()].some(
        (other) => other[key] !== row[key] && row[name] !== null && same(other[name], row[name]),
      ),
    )
    if (field !== undefined) throw taken(field)
  }

  function taken(field: string): DbError {
    return new DbError('UNIQUE_VIOLATION', `Another ${name} has the same ${field}`, {
      params: { model: name, fields: [field] },
      issues: [{ path: [field], code: 'UNIQUE', message: 'Is already taken' }],
    })
  }

  function nextKey(): unknown {
    if (fields[key] === 'String') return crypto.randomUUID()
    lastKey += 1
    return fields[key] === 'BigInt' ? BigInt(lastKey) : lastKey
  }

  function notFound(): DbError {
    return new DbError('NOT_FOUND', `There is no such ${name}`, { params: { model: name } })
  }
}

/** What data makes of a row: `undefined` means not given, `{ set }`, `{ increment }` and so on are Prisma's. */
function applied(row: Stored, data: Stored): Stored {
  const given = Object.entries(data).filter(([, value]) => value !== undefined)
  return Object.fromEntries(given.map(([name, value]) => [name, copyOf(result(row[name], value))]))
}

/** Decimals are never changed, and cannot be cloned. */
export function copyOf<T>(value: T): T {
  return isDecimal(value) ? value : structuredClone(value)
}

function isDecimal(value: unknown): boolean {
  return typeof (value as { toDecimalPlaces?: unknown } | null)?.toDecimalPlaces === 'function'
}

function result(old: unknown, value: unknown): unknown {
  if (!isPlainObject(value)) return value
  const [[word, by] = ['', undefined], ...more] = Object.entries(value)
  const calculate = operations[word]
  if (!calculate || more.length > 0) return value
  if (word !== 'set' && old === null) return null
  const decimal = word === 'increment' && (isDecimal(old) || typeof old === 'string')
  return decimal ? addDecimals(old, by) : calculate(old as number, by as number)
}

/** They work on bigints as they do on numbers, of which TypeScript knows nothing. */
const operations: Readonly<Record<string, (old: number, by: number) => unknown>> = {
  set: (_, by) => by,
  increment: (old, by) => old + by,
  decrement: (old, by) => old - by,
  multiply: (old, by) => old * by,
  divide: (old, by) => old / by,
}

function same(one: unknown, other: unknown): boolean {
  return one instanceof Date ? one.getTime() === Number(other) : one === other
}
