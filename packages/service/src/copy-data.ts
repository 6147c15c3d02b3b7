/**
 * Copies plain objects and arrays, as deep as they go, and dates: what hooks change must not reach the caller. What has
 * another class, a Decimal for instance, is shared.
 */
export function copyData<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(copyData) as T
  if (value instanceof Date) return new Date(value) as T
  if (!isPlain(value)) return value
  const copy: Record<string, unknown> = {}
  for (const name of Object.keys(value))
    define(copy, name, copyData((value as Record<string, unknown>)[name]))
  return copy as T
}

/** An object literal, or one without a prototype: JSON and parsers make no others. */
export function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value) as unknown
  return prototype === Object.prototype || prototype === null
}

/** `__proto__` is a name like any other in JSON. */
function define(copy: Record<string, unknown>, name: string, value: unknown): void {
  if (name !== '__proto__') copy[name] = value
  else Object.defineProperty(copy, name, { value, enumerable: true, configurable: true, writable: true })
}
