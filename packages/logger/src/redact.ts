/**
 * Makes a function that hides the values of sensitive keys, at any depth, without changing what it is given. Keys are
 * compared without case, `-` and `_`: `apiKey` covers `API_KEY` and `api-key`.
 *
 * pino's own `redact` takes paths, and makes a line twenty times slower once they have wildcards; see
 * benchmarks/logger.
 */
export function redactor(keys: Iterable<string>): <T>(value: T) => T {
  const sensitive = new Set([...keys].map(normalise))
  const known = new Map<string, boolean>()
  return <T>(value: T) => hide(value, []) as T

  /** `open` are the objects around this one: one list for the whole walk, since every line pays for it. */
  function hide(value: unknown, open: object[]): unknown {
    const items = Array.isArray(value)
    if (!items && !isPlain(value)) return value
    if (open.includes(value)) return '[circular]'
    if (open.length >= maxDepth) return '[too deep]' // beyond some depth nothing is looked at, so nothing is shown
    open.push(value)
    const hidden = items ? hideItems(value, open) : hideFields(value, open)
    open.pop()
    return hidden
  }

  function hideItems(items: unknown[], open: object[]): unknown[] {
    const hidden = items.map((item) => hide(item, open))
    return hidden.some((item, at) => item !== items[at]) ? hidden : items
  }

  function hideFields(fields: Record<string, unknown>, open: object[]): Record<string, unknown> {
    const keys = Object.keys(fields)
    const hidden: unknown[] = []
    let changed = false
    for (const key of keys) {
      const before = read(fields, key)
      const after = isSensitive(key) && before !== undefined && before !== null ? censor : hide(before, open)
      if (after !== before || before === unreadable) changed = true
      hidden.push(after)
    }
    return changed ? Object.fromEntries(keys.map((key, at) => [key, hidden[at]])) : fields
  }

  function isSensitive(key: string): boolean {
    const seen = known.get(key)
    if (seen !== undefined) return seen
    const answer = sensitive.has(normalise(key))
    if (known.size < maxKnown) known.set(key, answer)
    return answer
  }
}

/** What is hidden unless a logger says more. */
export const sensitiveKeys: readonly string[] = [
  'accessToken',
  'apiKey',
  'authorization',
  'clientSecret',
  'connectionString',
  'cookie',
  'creditCard',
  'cvc',
  'cvv',
  'databaseUrl',
  'dsn',
  'idToken',
  'passphrase',
  'passwd',
  'password',
  'passwordHash',
  'privateKey',
  'proxyAuthorization',
  'pwd',
  'refreshToken',
  'secret',
  'sessionId',
  'setCookie',
  'signingKey',
  'ssn',
  'token',
  'xApiKey',
]

/** Hides passwords in URLs, wherever in a line they stand: in messages and stacks, too. */
export function hideUrlPasswords(line: string): string {
  return line.includes('://') ? line.replace(/(:\/\/[^/\s:@"\\]*:)[^/\s@"\\]*(?=@)/g, `$1${censor}`) : line
}

const censor = '[redacted]'
const unreadable = '[unreadable]'
const maxDepth = 8
/** Names of keys are few in a program, but may come from data: the memory of them is bounded. */
const maxKnown = 1000

function normalise(key: string): string {
  return key.replace(/[-_]/g, '').toLowerCase()
}

function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/** A getter may throw, and a line must not be lost for it. */
function read(value: Record<string, unknown>, key: string): unknown {
  try {
    return value[key]
  } catch {
    return unreadable
  }
}
