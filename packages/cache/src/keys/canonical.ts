import { CacheError } from '../errors.ts'

/**
 * Writes values as text that is equal for equal values and differs for all others: `1` and `'1'`, null and undefined,
 * a date and its text. The order of keys in objects, maps and sets does not matter, -0 is 0, and undefined at the end of
 * the list is as if left out. The text has no control characters.
 *
 * @throws CacheError `CACHE_KEY_INVALID` for functions, symbols, class instances, cycles, or beyond 64 levels.
 */
export function canonical(values: readonly unknown[]): string {
  let { length } = values
  while (length > 0 && values[length - 1] === undefined) length--
  if (length === 1) return write(values[0], 0)
  let text = ''
  for (let at = 0; at < length; at++) text += at === 0 ? write(values[at], 0) : `,${write(values[at], 0)}`
  return text
}

function write(value: unknown, depth: number): string {
  switch (typeof value) {
    case 'string':
      return quoted(value)
    case 'number':
      return String(value) // -0 becomes 0
    case 'boolean':
    case 'undefined':
      return String(value)
    case 'bigint':
      return `${value}n`
    case 'object':
      return value === null ? 'null' : writeObject(value, depth + 1)
    default:
      throw refused(`a ${typeof value}`)
  }
}

/** JSON leaves some control characters as they are, which tags must not have. */
function quoted(text: string): string {
  if (isPlain(text)) return `"${text}"`
  const json = JSON.stringify(text)
  return clean.test(json) ? json : json.replace(/\p{Cc}/gu, escaped)
}

/** Tells whether JSON only puts it between quotes: short ASCII, as most keys are. */
function isPlain(text: string): boolean {
  if (text.length > 100) return false
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code < 0x20 || code > 0x7e || code === 0x22 || code === 0x5c) return false
  }
  return true
}

const clean = /^\P{Cc}*$/u

/** Of those, JSON leaves U+007F to U+009F. */
function escaped(control: string): string {
  return `\\u00${control.charCodeAt(0).toString(16)}`
}

function writeObject(value: object, depth: number): string {
  if (depth > 64) throw refused('a cycle, or more than 64 levels,')
  const prototype: unknown = Object.getPrototypeOf(value)
  if (Array.isArray(value) && prototype === Array.prototype) return `[${writeArray(value, depth)}]`
  if (prototype === Object.prototype || prototype === null) return `{${writeFields(value, depth)}}`
  if (prototype === Date.prototype) return `Date(${(value as Date).getTime()})`
  if (prototype === Map.prototype) return `Map{${writeMap(value as Map<unknown, unknown>, depth)}}`
  if (prototype === Set.prototype) return `Set{${writeSorted(value as Set<unknown>, depth)}}`
  if (ArrayBuffer.isView(value) && binary.has(prototype)) return writeBytes(value)
  if (prototype === ArrayBuffer.prototype)
    return writeBytes(new Uint8Array(value as ArrayBuffer), 'ArrayBuffer')
  throw refused(`an instance of ${value.constructor?.name || 'a class'}`)
}

/** A hole is nothing at all, and so differs from undefined. */
function writeArray(value: readonly unknown[], depth: number): string {
  if (Object.getOwnPropertySymbols(value).length > 0) throw refused('a symbol')
  let holes = 0
  const texts = Array.from(value, (child, at) => {
    if (at in value) return write(child, depth)
    holes++
    return ''
  })
  if (Object.keys(value).length > value.length - holes) throw refused('a list with fields of its own')
  return value.length > 0 && !(value.length - 1 in value) ? `${texts.join()},` : texts.join()
}

function writeFields(value: object, depth: number): string {
  if (Object.getOwnPropertySymbols(value).length > 0) throw refused('a symbol')
  const fields = value as Readonly<Record<string, unknown>>
  const keys = Object.keys(fields).sort()
  return keys.map((key) => `${quoted(key)}:${write(fields[key], depth)}`).join()
}

function writeMap(value: ReadonlyMap<unknown, unknown>, depth: number): string {
  const pairs = Array.from(value, ([key, child]) => `${write(key, depth)}:${write(child, depth)}`)
  return pairs.sort().join()
}

function writeSorted(value: ReadonlySet<unknown>, depth: number): string {
  return Array.from(value, (child) => write(child, depth))
    .sort()
    .join()
}

const binary = new Set<unknown>(
  [Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array]
    .map((type): unknown => type.prototype)
    .concat(Float64Array.prototype, BigInt64Array.prototype, BigUint64Array.prototype, DataView.prototype),
)

function writeBytes(value: ArrayBufferView, name: string = value.constructor.name): string {
  const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
  return `${name}(${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')})`
}

function refused(what: string): CacheError {
  const message = `A key cannot be made from ${what}; say with \`key\` what tells the calls apart`
  return new CacheError('CACHE_KEY_INVALID', message)
}
