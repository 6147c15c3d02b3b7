import { DbError } from '../errors.ts'
import type { CursorValue } from '../filter/cursor-value.ts'
import { isSealOf, seal } from '../node/seal.ts'

/** A place in an ordered list: next to a row, on one side of it. */
export interface Position {
  readonly side: 'after' | 'before'
  /** The row's values, one for each step of the order. */
  readonly values: readonly CursorValue[]
}

/** What a cursor belongs to. In any other list it is refused. */
export interface CursorList {
  readonly model: string
  readonly order: readonly string[]
  readonly filter: unknown
  /** Signs cursors, so that nobody can make one. Without it they are only protected against being changed by accident. */
  readonly secret?: string | undefined
}

/** Writes a cursor as text for URLs. */
export function encodeCursor({ side, values }: Position, list: CursorList): string {
  const payload = Buffer.from(JSON.stringify([version, side, values])).toString('base64url')
  return `${payload}.${seal(sealed(payload, list), list.secret)}`
}

/** Reads a cursor back. @throws DbError `CURSOR_INVALID` for anything but one of this list, unchanged */
export function decodeCursor(text: string, list: CursorList): Position {
  const [, payload, given] = /^([\w-]{1,4000})\.([\w-]{43})$/.exec(text) ?? []
  if (payload === undefined || given === undefined) throw invalidCursor()
  if (!isSealOf(given, sealed(payload, list), list.secret)) throw invalidCursor()
  const position = readPosition(Buffer.from(payload, 'base64url').toString())
  if (position?.values.length !== list.order.length) throw invalidCursor()
  return position
}

/** Without a secret, anybody can seal anything. */
function readPosition(text: string): Position | undefined {
  const content: unknown = parsed(text)
  if (!Array.isArray(content) || content.length !== 3) return undefined
  const [wrote, side, values] = content
  if (wrote !== version || (side !== 'after' && side !== 'before') || !Array.isArray(values)) return undefined
  return values.every(isCursorValue) ? { side, values } : undefined
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isCursorValue(value: unknown): value is CursorValue {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value)
}

export function invalidCursor(): DbError {
  return new DbError('CURSOR_INVALID', 'This cursor does not belong to this list')
}

const version = 1

/** Everything a cursor depends on. */
function sealed(payload: string, { model, order, filter }: CursorList): string {
  return [payload, model, order.join(), canonical(filter)].join('\n')
}

/** JSON without regard to the order of keys, in which a date and its text are not the same. */
function canonical(value: unknown): string {
  return JSON.stringify(value, function (this: Record<string, unknown>, key: string, part: unknown) {
    const original = this[key]
    if (typeof original === 'bigint') return { bigint: String(original) }
    if (original instanceof Date) return { date: part }
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return part
    return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
  })
}
