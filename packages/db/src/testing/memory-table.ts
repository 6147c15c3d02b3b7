import { DbError } from '../errors.ts'
import type { Condition } from '../filter/condition.ts'
import { matches } from '../filter/memory.ts'
import type { Metadata } from '../metadata/metadata.ts'
import { checkCreate, checkUpdate, type WriteRules } from '../repository/write-rules.ts'
import { type MemoryField, memoryModel } from './memory-model.ts'

export interface MemoryTableOptions {
  readonly fields: Readonly<Record<string, MemoryField>>
  readonly model: string
  readonly key: string
  readonly unique: readonly string[]
  readonly softDelete: string | undefined
  readonly version: string | undefined
}

/** Rows in memory. They are copied on their way in, and a change makes a new one. */
export interface MemoryTable {
  readonly metadata: Metadata
  /** The row with this key, if it is visible. */
  find(key: unknown, visible: Visible): Stored | undefined
  /** Every visible row that matches, in no order. */
  matching(condition: Condition, visible: Visible): Stored[]
  insert(data: object): Stored
  change(row: Stored, data: object): Stored
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
}: MemoryTableOptions): MemoryTable {
  const { metadata, model } = memoryModel(name, fields, key)
  // No other mixin writes here, and there are no relations.
  const managed = version === undefined ? [] : [[version, 'its mixins'] as const]
  const rules: WriteRules = { managed: new Map(managed), nested: new Set() }
  let rows = new Map<unknown, Stored>()
  let lastKey = 0

  return {
    metadata,
    find(wanted, visible) {
      const row = rows.get(wanted)
      return row && isVisible(row, visible) ? row : undefined
    },
    matching: (condition, visible) =>
      [...rows.values()].filter((row) => isVisible(row, visible) && matches(condition, row)),
    insert(data) {
      checkCreate(model, data, rules)
      const empty = Object.fromEntries(Object.keys(fields).map((field) => [field, null]))
      return store({
        ...empty,
        ...(version !== undefined && { [version]: 1 }),
        [key]: nextKey(),
        ...copyOf(data),
      })
    },
    change(row, data) {
      checkUpdate(model, data, rules)
      return store(changed(row, copyOf(data)))
    },
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
    rows.set(row[key], row)
    return row
  }

  function remove(row: Stored): Stored {
    rows.delete(row[key])
    return row
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

  function notFound(): DbError {
    return new DbError('NOT_FOUND', `There is no such ${name}`, { params: { model: name } })
  }
}

/** `undefined` means not given. */
function copyOf(data: object): object {
  return structuredClone(Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined)))
}
