/** `{total, currency, EUR}` in a text: the parameter `total`, in the format `currency` with the style `EUR`. */
export interface Placeholder {
  readonly name: string
  readonly format?: string
  readonly style?: string
  /** As it is written, which is also what is shown while there is no value. */
  readonly source: string
}

/** `{{` and `}}` stand for single braces. A name is a word: no path into an object, no width, no number. */
const token = /\{\{|\}\}|\{([\p{L}_][\p{L}\p{N}_]*)(?:,([^{}]*))?\}/gu

const tokenOrStray = new RegExp(`${token.source}|(?<stray>\\{[^{}]*\\}?|\\})`, 'gu')

/** Splits a text into literal pieces and placeholders, in one pass. Braces that are neither are literal. */
export function parseText(text: string): (string | Placeholder)[] {
  if (!/[{}]/.test(text)) return [text]
  const pieces: (string | Placeholder)[] = []
  let [literal, end] = ['', 0]
  for (const { 0: source, 1: name, 2: rest, index } of text.matchAll(token)) {
    literal += text.slice(end, index)
    end = index + source.length
    if (name === undefined) {
      literal += source.charAt(0)
      continue
    }
    if (literal !== '') pieces.push(literal)
    literal = ''
    pieces.push({ name, source, ...formatIn(rest) })
  }
  literal += text.slice(end)
  return literal === '' && pieces.length > 0 ? pieces : [...pieces, literal]
}

/** Finds braces that are literal without being written `{{` or `}}`, with what they hold: `{user.name}`, `{0}`. */
export function strayBraces(text: string): string[] {
  return [...text.matchAll(tokenOrStray)].flatMap(({ groups }) => groups?.['stray'] ?? [])
}

function formatIn(rest: string | undefined): Pick<Placeholder, 'format' | 'style'> {
  if (rest === undefined) return {}
  const [format = '', ...style] = rest.split(',').map((each) => each.trim())
  return style.length === 0 ? { format } : { format, style: style.join(',') }
}
