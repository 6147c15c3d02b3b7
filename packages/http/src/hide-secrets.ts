/**
 * Hides passwords in URLs, values beside names like `password` or `authorization`, and credentials after `Bearer` and
 * `Basic`, wherever in a text they stand. A secret that nothing announces cannot be seen.
 */
export function hideSecrets(text: string): string {
  return text
    .replace(/(:\/\/[^/\s:@"']*:)[^/\s"'?#]*(?=@)/g, `$1${hidden}`)
    .replace(/\b(bearer|basic)\s+[\w.~+/=-]{4,}/gi, `$1 ${hidden}`)
    .replace(headers, hideValue)
    .replace(named, hideValue)
}

const hidden = '[redacted]'

/** `password: "x"`, `"apiKey":"x"`, `DB_PASSWORD=x`. */
const named =
  /((?:passwo?r?d|passphrase|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credentials?)[\w-]{0,20}["'`]?\s{0,3}[:=]\s{0,3})("[^"\n]*"?|'[^'\n]*'?|`[^`\n]*`?|[^\s,;&}\])]+)/gi

/** Values of these hold spaces and semicolons: what is not in quotes goes to the end of the line. */
const headers = /((?:authorization|cookie)["'`]?\s{0,3}[:=]\s{0,3})("[^"\n]*"?|'[^'\n]*'?|[^\n]+)/gi

function hideValue(_: string, name: string, value: string): string {
  const quote = /^["'`]/.exec(value)?.[0] ?? ''
  return `${name}${quote}${hidden}${quote}`
}
