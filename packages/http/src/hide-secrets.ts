/**
 * Hides passwords in URLs, values beside names like `password` or `authorization`, credentials after `Bearer` and
 * `Basic`, JWTs, private keys in PEM and tokens with a known beginning, values of SQL statements and of rows that a
 * database complains of, and what lies in folders for secrets, wherever in a text they stand. A secret that nothing
 * announces cannot be seen.
 *
 * Its time grows with the text and no faster: every pattern either takes what it has looked at, or looks at a bounded
 * part.
 */
export function hideSecrets(text: string): string {
  return text
    .replace(pem, hidden)
    .replace(/[^\s"'`<>]+/g, hidePassword)
    .replace(tokens, hidden)
    .replace(rows, hideRow)
    .replace(/\b(bearer|basic)\s+[\w.~+/=-]{4,}/gi, `$1 ${hidden}`)
    .replace(statements, (statement) => statement.replace(/'(?:[^'\n]|'')*'?/g, `'${hidden}'`))
    .replace(folders, `$1${hidden}`)
    .replace(headers, hideValue)
    .replace(named, hideValue)
}

const hidden = '[redacted]'

/**
 * `scheme://user:password@host`, by its last `@`: passwords that nobody has encoded hold `@`, `/` and `#`. A colon
 * before a port, or behind the host, begins none.
 */
function hidePassword(word: string): string {
  const start = word.indexOf('://') + 3
  const end = word.lastIndexOf('@')
  if (start < 3 || end < start) return word
  const [, user, password] = /^([^:/?#]*:)(.*)$/.exec(word.slice(start, end)) ?? []
  if (user === undefined || /^\d{1,5}[/?#]/.test(password as string)) return word
  return word.slice(0, start) + user + hidden + word.slice(end)
}

const pem = /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]{0,40}PRIVATE KEY-----|$)/g

/** Those of GitHub, GitLab, Slack, Stripe and AWS, and JWTs. */
const tokens =
  /(?<![\w-])(?:(?:gh[opsur]_|github_pat_|glpat-|xox[a-z]-|[rs]k_(?:live|test)_|AKIA)[\w-]{8,}|eyJ[\w-]+\.[\w-]+\.[\w-]*)/g

/** What PostgreSQL, and MySQL, say of a row that they do not take. */
const rows = /\b(key \([^)\n]{1,300}\)=|failing row contains |duplicate entry )([^\n]*)/gi

/** The value ends where the last of these words begin: it may hold any of them itself. */
function hideRow(_: string, words: string, rest: string): string {
  const end = Math.max(...["' for key", ') ', ').'].map((words) => rest.lastIndexOf(words)))
  return words + hidden + (end < 0 ? '' : rest.slice(end + 1))
}

/** `password: "x"`, `"apiKey":"x"`, `DB_PASSWORD=x`, `pass=x`. */
const named =
  /((?:(?<![a-z])(?:pass|pwd)(?![a-z])|passwo?r?d|passphrase|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credentials?)[\w-]{0,20}["'`]?\s{0,3}[:=]\s{0,3})("[^"\n]*"?|'[^'\n]*'?|`[^`\n]*`?|[^\s,;&}\])]+)/gi

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
