/**
 * Copies the fields that a caller gave, in an object of whatever class: what hooks change must not reach the caller.
 * Plain objects and arrays are copied as deep as they go, and dates. What else has a class, a Decimal for instance, is
 * shared.
 */
export function copyInput<T>(input: T): T {
  return typeof input === 'object' && input !== null ? (copyFields(input) as T) : input
}

/** An object literal, or one without a prototype: JSON and parsers make no others. */
export function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value) as unknown
  return prototype === Object.prototype || prototype === null
}

function copyData(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(copyData)
  if (value instanceof Date) return new Date(value)
  return isPlain(value) ? copyFields(value) : value
}

function copyFields(value: object): object {
  const copy: Record<string, unknown> = {}
  for (const name of Object.keys(value))
    define(copy, name, copyData((value as Record<string, unknown>)[name]))
  return copy
}

/** `__proto__` is a name like any other in JSON. */
function define(copy: Record<string, unknown>, name: string, value: unknown): void {
  if (name !== '__proto__') copy[name] = value
  else Object.defineProperty(copy, name, { value, enumerable: true, configurable: true, writable: true })
}
