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

export interface Codec {
  /**
   * @throws CacheError `CACHE_VALUE_UNSUPPORTED` for functions, symbols, promises, class instances that are not declared
   * as types, and keys named `__proto__`; `CACHE_VALUE_TOO_LARGE` beyond `maxBytes`, about.
   */
  pack(value: unknown, maxBytes: number): { readonly value: Packed; readonly bytes: number }
  unpack(packed: Packed): unknown
}

export function createCodec(types: CacheTypes = {}): Codec {
  const entries = Object.entries(types)
  const reducers = Object.fromEntries(entries.map(([name, type]) => [name, reducer(type)]))
  const revivers = Object.fromEntries(
    entries.map(([name, type]) => [name, ([packed]: [never]) => type.unpack(packed)]),
  )
  return { pack, unpack }

  function pack(value: unknown, maxBytes: number) {
    const plain = copyPlain(value, maxBytes)
    if (plain) return plain
    const text = encode(value)
    if (text.length > maxBytes) throw tooLarge(maxBytes)
    return { value: new Encoded(text), bytes: text.length }
  }

  function unpack(packed: Packed): unknown {
    return packed instanceof Encoded ? parse(packed.text, revivers) : packed
  }

  function encode(value: unknown): string {
    try {
      return stringify(value, reducers)
    } catch (cause) {
      const path = (cause as { path?: string }).path ?? ''
      const message = `The value${path === '' ? '' : ` at ${path}`} cannot be cached: ${reason(cause)}`
      throw new CacheError('CACHE_VALUE_UNSUPPORTED', message, { cause })
    }
  }
}

/** In an array, since devalue takes a falsy answer for "not this type". */
function reducer(type: CacheType): (value: unknown) => false | [unknown] {
  return (value) => type.is(value) && [type.pack(value as never)]
}

function reason(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}
