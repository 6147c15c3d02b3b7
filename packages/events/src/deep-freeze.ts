/**
 * Freezes plain objects and arrays, as deep as they go, without calling a getter. What has a class, a Date for instance,
 * stays as it is, and so does what refuses, as a proxy may.
 */
export function deepFreeze(value: unknown): void {
  const left = [value]
  const seen = new Set<unknown>()
  while (left.length > 0) {
    const next = left.pop()
    try {
      // What is frozen already need not be so within.
      if (!isPlain(next) || seen.has(next)) continue
      seen.add(next)
      Object.freeze(next)
      const properties = Object.values(Object.getOwnPropertyDescriptors(next))
      for (const property of properties) left.push(property.value)
    } catch {
      // It is sent as it is.
    }
  }
}

function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false
  const prototype = Object.getPrototypeOf(value) as unknown
  return Array.isArray(value) || prototype === Object.prototype || prototype === null
}
