/**
 * Hides passwords in URLs, values beside names like `password` or `authorization`, credentials after `Bearer` and
 * `Basic`, values of SQL statements, and what lies in folders for secrets, wherever in a text they stand. A secret that
 * nothing announces cannot be seen.
 */
export function hideSecrets(text: string): string {
  return text
    .replace(/(:\/\/[^/\s:@"']*:)[^/\s"'?#]*(?=@)/g, `$1${hidden}`)
    .replace(/\b(bearer|basic)\s+[\w.~+/=-]{4,}/gi, `$1 ${hidden}`)
    .replace(statements, (statement) => statement.replace(/'(?:[^'\n]|'')*'?/g, `'${hidden}'`))
    .replace(folders, `$1${hidden}`)
    .replace(headers, hideValue)
    .replace(named, hideValue)
}

const hidden = '[redacted]'

/** `password: "x"`, `"apiKey":"x"`, `DB_PASSWORD=x`. */
const named =
  /((?:passwo?r?d|passphrase|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credentials?)[\w-]{0,20}["'`]?\s{0,3}[:=]\s{0,3})("[^"\n]*"?|'[^'\n]*'?|`[^`\n]*`?|[^\s,;&}\])]+)/gi

/** To the end of the line: where a statement ends, only a parser could tell. */
const statements =
  /\b(?:select\s[^\n]{1,300}?\sfrom|insert\s+into|update\s+\S{1,100}\s+set|delete\s+from|values\s*\()[^\n]*/gi

/** `/run/secrets/db_password`, `~/.ssh/id_ed25519`. */
const folders = /(\/(?:secrets?|private|credentials?|\.ssh|\.aws|\.kube)\/)[^\s"'`,;)]+/gi

/** Values of these, Drizzle's `params` among them, hold spaces and semicolons: what is not in quotes goes to the end of the line. */
const headers = /((?:authorization|cookie|^params)["'`]?\s{0,3}[:=]\s{0,3})("[^"\n]*"?|'[^'\n]*'?|[^\n]+)/gim

function hideValue(_: string, name: string, value: string): string {
  const quote = /^["'`]/.exec(value)?.[0] ?? ''
  return `${name}${quote}${hidden}${quote}`
}
