/** Deeper JSON is refused: databases and `JSON.stringify` give up at depths of their own. */
const maxDepth = 100

/** Tells whether a value is JSON that every database stores as it is: no NUL, no lone surrogate, nothing lost. */
export function isJson(value: unknown, depth = 0): boolean {
  if (depth > maxDepth) return false
  switch (typeof value) {
    case 'string':
      return isStorable(value)
    case 'number':
      return Number.isFinite(value)
    case 'boolean':
      return true
    case 'object':
      if (value === null) return depth > 0
      if (Array.isArray(value)) return value.every((item) => isJson(item, depth + 1))
      if (!isPlainObject(value)) return false
      return Object.entries(value).every(([key, item]) => isStorable(key) && isJson(item, depth + 1))
    default:
      return false
  }
}

export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || prototype === Object.prototype
}

/** PostgreSQL stores no NUL, and a lone surrogate is no UTF-8 at all. */
export function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0')
}
