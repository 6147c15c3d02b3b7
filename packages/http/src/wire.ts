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
  return JSON.stringify(value, needsReplacer(value, 0) ? replacer : undefined)
}

// biome-ignore lint/suspicious/noExplicitAny: any function at all
type Callable = (...args: any) => unknown

/** A function with `this`: bytes with a `toJSON` of their own, like Buffer's, have been changed in `value` already. */
function replacer(this: unknown, key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString()
  const original = (this as Record<string, unknown>)[key]
  return original instanceof Uint8Array ? toBase64(original) : value
}

/** Whether there is something in it that JSON would write otherwise, or that cannot be told without writing it. */
function needsReplacer(value: unknown, depth: number): boolean {
  if (typeof value === 'bigint') return true
  if (typeof value !== 'object' || value === null) return false
  if (depth > maxPlainDepth || value instanceof Uint8Array) return true
  if (Array.isArray(value)) return value.some((item) => needsReplacer(item, depth + 1))
  if (typeof (value as { toJSON?: unknown }).toJSON === 'function') return !(value instanceof Date)
  for (const key in value) if (needsReplacer((value as Record<string, unknown>)[key], depth + 1)) return true
  return false
}

/** Deeper than answers are; a cycle ends here, and JSON.stringify names it. */
const maxPlainDepth = 20
