import { toBase64 } from './base64.ts'

/** What arrives as JSON: dates as ISO 8601, bigints and decimals as strings, bytes as base64, functions not at all. */
export type Wire<T> = T extends string | number | boolean | null | undefined
  ? T
  : T extends bigint | Uint8Array
    ? string
    : T extends { toJSON(): infer J }
      ? J
      : T extends readonly unknown[]
        ? { [I in keyof T]: Wire<T[I]> }
        : T extends Callable | symbol
          ? never
          : T extends object
            ? { [K in keyof T as T[K] extends Callable | symbol ? never : K]: Wire<T[K]> }
            : unknown

/** Writes a value as JSON, in the way `Wire` says. @throws TypeError on a cycle */
export function toJson(value: unknown): string {
  // A replacer makes JSON.stringify several times slower, and most answers do without.
  const text = plainJson(value)
  return text === undefined || mayHoldBytes(text) ? JSON.stringify(value, replacer) : text
}

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
