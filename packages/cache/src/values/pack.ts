import { parse, stringify } from 'devalue'
import { CacheError, tooLarge } from '../errors.ts'
import { copyPlain } from './copy-plain.ts'

/**
 * A value as stores keep it: nobody can change it. Plain JSON values are frozen copies of themselves, which all readers
 * share; anything else is `Encoded` and read anew by each.
 */
export type Packed = unknown

/** The text of a value that is more than JSON: dates, maps, sets, bigints, bytes, undefined, NaN, cycles. */
export class Encoded {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

/** How values of a class are kept, which would be refused otherwise. */
export interface CacheType {
  is(value: unknown): boolean
  /** Takes a value that `is` is true of; returns anything that can be cached. */
  pack(value: never): unknown
  /** Takes what `pack` returned. */
  unpack(packed: never): unknown
}

export type CacheTypes = Readonly<Record<string, CacheType>>

/** A packed value, and about what it takes. */
export interface Measured {
  readonly value: Packed
  readonly bytes: number
}

export interface Codec {
  /**
   * @throws CacheError `CACHE_VALUE_UNSUPPORTED` for functions, symbols, promises, class instances that are not declared
   * as types, subclasses and properties of arrays, dates, maps and the like, keys named `__proto__`, and what throws when
   * it is read; `CACHE_VALUE_TOO_LARGE` beyond `maxBytes`, about.
   */
  pack(value: unknown, maxBytes: number): Measured
  unpack(packed: Packed): unknown
}

export function createCodec(types: CacheTypes = {}): Codec {
  const entries = Object.entries(types)
  const reducers = {
    Buffer: (value: unknown) => isBuffer(value) && [new Uint8Array(value)],
    ...Object.fromEntries(entries.map(([name, type]) => [name, reducer(type)])),
    '': refuseInexact,
  }
  const revivers = {
    Buffer: ([bytes]: [Uint8Array<ArrayBuffer>]) => Buffer.from(bytes.buffer),
    ...Object.fromEntries(entries.map(([name, type]) => [name, ([packed]: [never]) => type.unpack(packed)])),
  }
  return { pack, unpack }

  function pack(value: unknown, maxBytes: number): Measured {
    try {
      const plain = copyPlain(value, maxBytes)
      if (plain) return plain
      const text = stringify(value, reducers)
      if (text.length > maxBytes) throw tooLarge(maxBytes)
      return { value: new Encoded(text), bytes: text.length }
    } catch (error) {
      throw error instanceof CacheError ? error : unsupported(error)
    }
  }

  function unpack(packed: Packed): unknown {
    return packed instanceof Encoded ? parse(packed.text, revivers) : packed
  }
}

/** In an array, since devalue takes a falsy answer for "not this type". */
function reducer(type: CacheType): (value: unknown) => false | [unknown] {
  return (value) => type.is(value) && [type.pack(value as never)]
}

function isBuffer(value: unknown): value is Buffer {
  return typeof Buffer !== 'undefined' && Buffer.isBuffer(value)
}

/** Of a subclass, or of properties beside the items, nothing would be left. */
function refuseInexact(value: unknown): false {
  if (typeof value !== 'object' || value === null) return false
  const tag = Object.prototype.toString.call(value).slice(8, -1)
  if (tag === 'Object') return false
  const { name } = value.constructor ?? {}
  if (name !== tag) throw new TypeError(`It is of class ${name}`)
  const last = ArrayBuffer.isView(value) ? undefined : Object.keys(value).at(-1) // items come first
  const isItem = last === undefined || ((tag === 'Array' || tag === 'String') && /^\d+$/.test(last))
  if (!isItem) throw new TypeError(`It is of class ${name}, and has a property ${last}`)
  return false
}

function unsupported(cause: unknown): CacheError {
  const { path = '', message } = (cause ?? {}) as { path?: string; message?: string }
  return new CacheError(
    'CACHE_VALUE_UNSUPPORTED',
    `The value${path === '' ? '' : ` at ${path}`} cannot be cached: ${message ?? String(cause)}`,
    { cause },
  )
}
