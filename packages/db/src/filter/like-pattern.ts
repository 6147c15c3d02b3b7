/** A pattern of `like`: text that stands for itself, `%` for any text, `_` for one character. */
export type PatternPart = { readonly text: string } | '%' | '_'

/** Reads a pattern. A backslash takes the meaning from the character after it. */
export function patternParts(pattern: string): PatternPart[] {
  return [...pattern.matchAll(/\\(.)|(%)|(_)|([^\\%_]+|\\)/gsu)].map(([, escaped, any, one, text]) =>
    any ? '%' : one ? '_' : { text: escaped ?? text ?? '' },
  )
}

/** Writes a pattern for LIKE … ESCAPE '!': a backslash would mean different things to different databases. */
export function likePattern(parts: readonly PatternPart[]): string {
  return parts.map((part) => (typeof part === 'string' ? part : part.text.replace(/[!%_]/g, '!$&'))).join('')
}

/** Writes a pattern for SQLite's GLOB, whose wildcards no escape helps but a class of their own. */
export function globPattern(parts: readonly PatternPart[]): string {
  return parts
    .map((part) => (part === '%' ? '*' : part === '_' ? '?' : part.text.replace(/[*?[]/g, '[$&]')))
    .join('')
}

/** Writes a pattern as a regular expression, one code point for each `_`. */
export function patternExpression(parts: readonly PatternPart[]): RegExp {
  const source = parts.map((part) =>
    part === '%' ? '.*' : part === '_' ? '.' : part.text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'),
  )
  return new RegExp(`^${source.join('')}$`, 'su')
}
