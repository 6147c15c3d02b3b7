import { stdSerializers } from 'pino'
import { isSensitive } from './sensitive-keys.ts'

/**
 * Makes a function that hides the values of sensitive keys, at any depth, in plain objects, lists, errors and instances
 * of classes, without changing what it is given. Never throws.
 *
 * pino's own `redact` takes paths, and makes a line fifty times slower once they have wildcards: `pnpm bench logger.ts`.
 */
export function redactor(keys: Iterable<string>): <T>(value: T) => T {
  const sensitive = isSensitive(keys)
  return <T>(value: T) => {
    try {
      return hide(value, { open: [], left: maxNodes }) as T
    } catch {
      return unreadable as T // a Proxy, say, that throws whatever it is asked
    }
  }

  function hide(value: unknown, walk: Walk): unknown {
    if (typeof value !== 'object' || value === null || isLeaf(value)) return value
    if (walk.open.includes(value)) return '[circular]'
    // Beyond these bounds nothing is looked at, so nothing is shown.
    if (walk.open.length >= maxDepth) return '[too deep]'
    if (--walk.left < 0) return '[too large]'
    walk.open.push(value)
    const hidden = hideInside(value, walk)
    walk.open.pop()
    return hidden
  }

  function hideInside(value: object, walk: Walk): unknown {
    if (value instanceof Error) return hideFields({ ...stdSerializers.err(value) }, walk)
    const { toJSON } = value as { toJSON?: unknown }
    if (typeof toJSON === 'function') return hide(toJSON.call(value), walk)
    return Array.isArray(value) ? hideItems(value, walk) : hideFields(value as Fields, walk)
  }

  function hideItems(items: unknown[], walk: Walk): unknown[] {
    const hidden = items.map((item) => hide(item, walk))
    return hidden.some((item, at) => item !== items[at]) ? hidden : items
  }

  function hideFields(fields: Fields, walk: Walk): Fields {
    const keys = Object.keys(fields)
    const hidden: unknown[] = []
    let changed = false
    for (const key of keys) {
      const before = read(fields, key)
      const after = before !== undefined && before !== null && sensitive(key) ? censor : hide(before, walk)
      if (after !== before || before === unreadable) changed = true
      hidden.push(after)
    }
    return changed ? Object.fromEntries(keys.map((key, at) => [key, hidden[at]])) : fields
  }
}

/** Hides passwords in URLs, and secrets in their queries, wherever in a line they stand. */
export function hideUrlSecrets(line: string): string {
  const withoutPasswords = line.includes('://') ? line.replace(/[^\s"\\]+/g, hidePassword) : line
  if (!line.includes('=')) return withoutPasswords
  return withoutPasswords.replace(
    /([?&][\w-]*(?:password|token|api_?key|secret)=)[^&\s"\\#]+/gi,
    `$1${censor}`,
  )
}

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
  return word.slice(0, start) + user + censor + word.slice(end)
}

type Fields = Record<string, unknown>

/** One walk for the whole line, since every line pays for it: the objects around, and how many more may be looked at. */
interface Walk {
  readonly open: object[]
  left: number
}

const censor = '[redacted]'
const unreadable = '[unreadable]'
const maxDepth = 8
const maxNodes = 10_000

/** What JSON writes by itself, and has nothing inside to hide. */
function isLeaf(value: object): boolean {
  return value instanceof Date || ArrayBuffer.isView(value)
}

/** A getter may throw, and a line must not be lost for it. */
function read(fields: Fields, key: string): unknown {
  try {
    return fields[key]
  } catch {
    return unreadable
  }
}
