import { ConfigError } from './errors.ts'

/**
 * Reads the text of a `.env` file.
 *
 * - `KEY=value`, also with `export ` in front, and with blanks around `=`; the last of two wins.
 * - Without quotes the value ends at the line's end, or at a `#` after a blank, and blanks around it are dropped.
 * - `'single'` and `` `back` `` quotes take everything as it is, `"double"` ones know `\n \r \t \" \\ \$`; all may
 *   span lines. Nothing but a comment may follow.
 * - `$NAME` is not replaced.
 * - A byte order mark and CRLF are understood.
 *
 * @throws ConfigError `DOTENV_SYNTAX` with the line of what cannot be understood, and without its text
 */
export function parseDotEnv(source: string): Map<string, string> {
  const text = source.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n')
  const values = new Map<string, string>()
  let at = 0
  while (at < text.length) {
    const [blank] = matchAt(text, at, /[ \t]*(#[^\n]*)?(\n|$)/y) ?? []
    if (blank !== undefined) {
      at += blank.length
      continue
    }
    const [start, key] = matchAt(text, at, /[ \t]*(?:export[ \t]+)?([A-Za-z_]\w*)[ \t]*=[ \t]*/y) ?? []
    if (start === undefined || key === undefined) throw syntaxError(text, at, 'must be KEY=value')
    const { value, end } = readValue(text, at + start.length, at)
    values.set(key, value)
    at = end
  }
  return values
}

function readValue(text: string, at: number, keyAt: number): { value: string; end: number } {
  const quote = text[at]
  if (quote === '"' || quote === "'" || quote === '`') return readQuoted(text, at, quote)
  // `#` begins a comment only after a blank: COLOR=#fff is a colour. The blank may be the one after `=`.
  const spaced = /\s/.test(text[at - 1] ?? '') && at > keyAt
  const [line = ''] = matchAt(text, at, /[^\n]*/y) ?? []
  const comment = spaced && line.startsWith('#') ? 0 : line.search(/[ \t]#/)
  return { value: (comment < 0 ? line : line.slice(0, comment)).trim(), end: at + line.length + 1 }
}

function readQuoted(text: string, at: number, quote: string): { value: string; end: number } {
  let close = at + 1
  while (close < text.length && text[close] !== quote) close += quote === '"' && text[close] === '\\' ? 2 : 1
  if (close >= text.length) throw syntaxError(text, at, `has a ${quote} that is never closed`)
  const [rest] = matchAt(text, close + 1, /[ \t]*(#[^\n]*)?(\n|$)/y) ?? []
  if (rest === undefined) throw syntaxError(text, close, `goes on after the closing ${quote}`)
  const value = text.slice(at + 1, close)
  return { value: quote === '"' ? replaceEscapes(value) : value, end: close + 1 + rest.length }
}

function replaceEscapes(value: string): string {
  return value.replace(/\\([nrt"\\$])/g, (_, letter: string) => escapes[letter] ?? letter)
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' }

function matchAt(text: string, at: number, sticky: RegExp): RegExpExecArray | null {
  sticky.lastIndex = at
  return sticky.exec(text)
}

function syntaxError(text: string, at: number, what: string): ConfigError {
  return new ConfigError('DOTENV_SYNTAX', `line ${text.slice(0, at).split('\n').length} ${what}`)
}
