/** Freezes plain objects and arrays, as deep as they go. What has a class, a Date for instance, stays as it is. */
export function deepFreeze(value: unknown): void {
  const left = [value]
  while (left.length > 0) {
    const next = left.pop()
    if (!isPlain(next) || Object.isFrozen(next)) continue
    Object.freeze(next)
    left.push(...Object.values(next))
  }
}

function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false
  const prototype = Object.getPrototypeOf(value) as unknown
  return Array.isArray(value) || prototype === Object.prototype || prototype === null
}
