import type { CursorPage } from '@fastkit/contracts'
import type { CursorValue } from '../filter/cursor-value.ts'
import { compareRows } from '../filter/memory.ts'
import type { SortStep } from '../filter/parse-order.ts'
import { decodeCursor, type Position } from '../reading/cursor.ts'
import { cursorList, cursorPage } from '../reading/cursor-page.ts'
import type { Stored } from './memory-table.ts'

export interface MemoryCursorRequest {
  readonly model: string
  readonly order: readonly SortStep[]
  readonly perPage: number
  readonly cursor: string | null | undefined
  readonly filter: unknown
}

/** The page next to a cursor, out of all rows in their order. */
export function readMemoryCursorPage(
  rows: readonly Stored[],
  { model, order, perPage, cursor, filter }: MemoryCursorRequest,
): CursorPage<Stored> {
  const list = cursorList(model, { order, filter, secret: undefined })
  const from = cursor ? decodeCursor(cursor, list) : undefined
  const beyond = rows.filter((row) => isBeyond(row, order, from))
  const found = from?.side === 'before' ? beyond.slice(-perPage) : beyond.slice(0, perPage)
  const values = found.map((row) => order.map((step) => valueOfStep(step, row)))
  return cursorPage({ rows: found, values, hasMore: beyond.length > perPage }, { perPage, from, list })
}

function isBeyond(row: Stored, order: readonly SortStep[], from: Position | undefined): boolean {
  if (!from) return true
  const there = Object.fromEntries(
    order.map((step, at) => [step.field.name, storedValue(step, from.values[at] as CursorValue)]),
  )
  const compared = compareRows(order)(row, there)
  return from.side === 'after' ? compared > 0 : compared < 0
}

function valueOfStep({ field }: SortStep, row: Stored): CursorValue {
  const value = row[field.name] ?? null
  if (value instanceof Date) return value.toISOString()
  const plain = typeof value !== 'object' && typeof value !== 'bigint'
  return plain || value === null ? (value as CursorValue) : String(value)
}

function storedValue({ field }: SortStep, value: CursorValue): unknown {
  if (value === null) return null
  if (field.type === 'DateTime') return new Date(value as string)
  return field.type === 'BigInt' ? BigInt(value as string) : value
}
