import { toBase64 } from './base64.ts'

/**
 * What arrives as JSON: dates as ISO 8601, bigints and decimals as strings, bytes as base64, functions not at all. Of
 * maps, sets, promises and bare ArrayBuffers nothing arrives but `{}`.
 */
export type Wire<T> = T extends string | number | boolean | null | undefined
  ? T
  : T extends bigint | Uint8Array
    ? string
    : T extends { toJSON(): infer J }
      ? J
      : T extends readonly unknown[]
        ? { [I in keyof T]: WireItem<T[I]> }
        : T extends Callable | symbol
          ? never
          : T extends Opaque
            ? Record<string, never>
            : T extends object
              ? { [K in keyof T as T[K] extends Callable | symbol ? never : K]: Wire<T[K]> }
              : unknown

/** The same where a value cannot be left out, in lists and as the whole: `undefined` arrives as `null`. */
export type WireItem<T> = undefined extends T ? Wire<Exclude<T, undefined>> | null : Wire<T>

/** Writes a value as JSON, in the way `Wire` says. @throws TypeError on a cycle */
export function toJson(value: unknown): string {
  // A replacer makes JSON.stringify several times slower, and most answers do without.
  const text = plainJson(value)
  return text === undefined || mayHoldBytes(text) ? JSON.stringify(value, replacer) : text
}

/** JSON looks at their own properties, of which they have none. */
type Opaque = ReadonlyMap<unknown, unknown> | ReadonlySet<unknown> | PromiseLike<unknown> | ArrayBuffer

// biome-ignore lint/suspicious/noExplicitAny: any function at all
type Callable = (...args: any) => unknown

/** A function with `this`: bytes with a `toJSON` of their own, like Buffer's, have been changed in `value` already. */
function replacer(this: unknown, key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString()
  const original = (this as Record<string, unknown>)[key]
  return original instanceof Uint8Array ? toBase64(original) : value
}

/** `undefined` where JSON has no word for a value: a bigint, or a cycle, of which the replacer's turn complains again. */
function plainJson(value: unknown): string | undefined {
  try {
    return JSON.stringify(value)
  } catch {
    return undefined
  }
}

/** What JSON makes of bytes, of none, of some and of a Buffer. Other values may look the same, at no harm. */
function mayHoldBytes(text: string): boolean {
  // The last by its rare first letter: whole lists of objects are searched.
  return text.includes('{}') || text.includes('{"0":') || text.includes('Buffer","data":[')
}
