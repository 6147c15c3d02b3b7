import { DbError } from '../errors.ts'
import type { CursorValue } from '../filter/cursor-value.ts'

/** A place in an ordered list: next to a row, on one side of it. */
export interface Position {
  readonly side: 'after' | 'before'
  /** The row's values, one for each step of the order. */
  readonly values: readonly CursorValue[]
}

/** What a cursor belongs to. In any other list it is refused. */
export interface CursorScope {
  readonly model: string
  readonly order: readonly string[]
  readonly filter: unknown
  /** Signs cursors, so that nobody can make one. Without it they are only protected against being changed by accident. */
  readonly secret?: string | undefined
}

/** Writes a cursor as text for URLs. */
export async function encodeCursor(cursor: Position, scope: CursorScope): Promise<string> {
  const payload = base64Url(encoder.encode(JSON.stringify([version, cursor.side, cursor.values])))
  return `${payload}.${await sealOf(payload, scope)}`
}

/** Reads a cursor back. @throws DbError `CURSOR_INVALID` for anything but one of this list, unchanged */
export async function decodeCursor(text: string, scope: CursorScope): Promise<Position> {
  const [, payload, seal] = /^([\w-]{1,4000})\.([\w-]{43})$/.exec(text) ?? []
  if (payload === undefined || seal !== (await sealOf(payload, scope))) throw invalidCursor()
  const [wrote, side, values] = JSON.parse(decoder.decode(fromBase64Url(payload)))
  if (wrote !== version || values.length !== scope.order.length) throw invalidCursor()
  return { side, values }
}

export function invalidCursor(): DbError {
  return new DbError('CURSOR_INVALID', 'This cursor does not belong to this list')
}

const version = 1
const encoder = new TextEncoder()
const decoder = new TextDecoder()

/** 256 bits over everything a cursor depends on. Compared as a whole, and without a secret worth nothing to guess. */
async function sealOf(payload: string, { model, order, filter, secret }: CursorScope): Promise<string> {
  const content = encoder.encode([payload, model, order.join(), canonical(filter)].join('\n'))
  if (secret === undefined) return base64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', content)))
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', encoder.encode(secret), algorithm, false, ['sign'])
  return base64Url(new Uint8Array(await crypto.subtle.sign(algorithm, key, content)))
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

function base64Url(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

function fromBase64Url(text: string): Uint8Array {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(binary, (letter) => letter.charCodeAt(0))
}
