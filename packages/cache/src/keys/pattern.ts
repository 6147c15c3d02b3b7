import { CacheError } from '../errors.ts'

/** A pattern whose literal parts may contain stars: `pattern\`user:${id}:*\``. */
export interface CachePattern {
  readonly parts: readonly string[]
}

/** The parts of `*`. */
export const anyKey: readonly string[] = ['', '']

/** Makes a pattern in which only the stars of the template are wildcards, whatever the values contain. */
export function pattern(texts: TemplateStringsArray, ...values: readonly (string | number)[]): CachePattern {
  const parts = ['']
  for (const [at, text] of texts.entries()) {
    const [first = '', ...others] = text.split('*')
    parts.push(`${parts.pop()}${first}`, ...others)
    if (at < values.length) parts.push(`${parts.pop()}${values[at]}`)
  }
  return { parts }
}

/**
 * Returns the literal parts of a pattern; between them there may be anything.
 *
 * @throws CacheError `CACHE_KEY_INVALID` for what is no pattern.
 */
export function partsOf(pattern: string | CachePattern): readonly string[] {
  const parts = typeof pattern === 'string' ? pattern.split('*') : pattern?.parts
  if (!Array.isArray(parts))
    throw new CacheError('CACHE_KEY_INVALID', 'A pattern is text, or made with `pattern`')
  return parts
}

/** Returns the group that a pattern covers when it covers one and nothing else: `name:*`. */
export function groupIn([first = '', last, ...others]: readonly string[]): string | undefined {
  return last === '' && others.length === 0 && /^[^:]+:$/.test(first) ? first.slice(0, -1) : undefined
}

/** Tells whether a key consists of these parts with anything between them. */
export function matches(key: string, parts: readonly string[]): boolean {
  const first = parts[0] as string
  if (!key.startsWith(first)) return false
  const last = parts.length - 1
  const end = parts[last] as string
  if (last < 1) return key === first
  let from = first.length
  for (let place = 1; place < last; place++) {
    const part = parts[place] as string
    const at = key.indexOf(part, from)
    if (at === -1) return false
    from = at + part.length
  }
  return key.length - end.length >= from && key.endsWith(end)
}
