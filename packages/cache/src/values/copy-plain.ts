import { tooLarge } from '../errors.ts'

/** Returns a frozen copy of a value that JSON can write and read without loss, or undefined for any other. */
export function copyPlain(value: unknown, maxBytes: number): { value: unknown; bytes: number } | undefined {
  if (typeof value !== 'object' || value === null) return copyScalar(value, maxBytes)
  const copying: Copying = { root: value, bytes: 0, maxBytes, seen: undefined }
  const copy = copyObject(value, copying)
  return copy && { value: copy, bytes: copying.bytes }
}

function copyScalar(value: unknown, maxBytes: number): { value: unknown; bytes: number } | undefined {
  if (!isPlainScalar(value)) return undefined
  const bytes = sizeOf(value)
  if (bytes > maxBytes) throw tooLarge(maxBytes)
  return { value, bytes }
}

interface Copying {
  readonly root: object
  bytes: number
  readonly maxBytes: number
  /** Absent while there is nothing but the root. */
  seen: Set<object> | undefined
}

function copyObject(value: object, copying: Copying): object | undefined {
  count(copying, 16)
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype === Array.prototype && Array.isArray(value)) return copyArray(value, copying)
  if (prototype !== Object.prototype) return undefined
  if (Object.getOwnPropertySymbols(value).length > 0) return undefined
  const copy: Record<string, unknown> = { ...value }
  for (const key of Object.keys(copy)) {
    if (key === '__proto__' || key === 'toJSON') return undefined
    const child = copy[key]
    const plain = copyChild(child, copying)
    if (plain === undefined) return undefined
    count(copying, key.length)
    if (plain !== child) copy[key] = plain
  }
  return Object.freeze(copy)
}

function copyArray(value: readonly unknown[], copying: Copying): object | undefined {
  const copy: unknown[] = []
  // A hole reads as undefined, which is not plain.
  for (let at = 0; at < value.length; at++) {
    const plain = copyChild(value[at], copying)
    if (plain === undefined) return undefined
    copy.push(plain)
  }
  return Object.keys(value).length === value.length ? Object.freeze(copy) : undefined
}

function copyChild(value: unknown, copying: Copying): unknown {
  if (typeof value === 'object' && value !== null) {
    return isFirst(value, copying) ? copyObject(value, copying) : undefined
  }
  if (!isPlainScalar(value)) return undefined
  count(copying, sizeOf(value))
  return value
}

/** What occurs twice, or within itself, is not plain. */
function isFirst(value: object, copying: Copying): boolean {
  copying.seen ??= new Set([copying.root])
  const { seen } = copying
  if (seen.has(value) || seen.size > 1_000_000) return false
  seen.add(value)
  return true
}

function isPlainScalar(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0)
  return typeof value === 'string' || typeof value === 'boolean' || value === null
}

function sizeOf(value: unknown): number {
  return typeof value === 'string' ? 16 + value.length : 8
}

function count(copying: Copying, bytes: number): void {
  copying.bytes += bytes
  if (copying.bytes > copying.maxBytes) throw tooLarge(copying.maxBytes)
}
