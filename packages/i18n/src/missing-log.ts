/** A text or a parameter that was asked for and is not there. */
export interface Missing {
  readonly key: string
  /** The catalogue that should have it. */
  readonly locale: string
  /** The catalogue whose text was shown instead; absent when it was the key itself. */
  readonly used?: string
  /** The parameter that was not given, or could not be written, where the text itself is there. */
  readonly param?: string
}

/** What is remembered at most, for each locale: keys may come from outside. */
const maxRemembered = 1000
const maxKeyLength = 500

export interface MissingLog {
  /** Reports once per key, locale and parameter; not at all a key of over 500 characters, or once 1000 are remembered. */
  report(missing: Missing): void
  /** Tells whether a key was reported, and nothing is shown instead of it. */
  isKnown(key: string): boolean
}

/** Remembers what one locale was reported to lack. */
export function createMissingLog(onMissing: (missing: Missing) => void): MissingLog {
  const keys = new Set<string>()
  const params = new Set<string>()
  return { report, isKnown: (key) => keys.has(key) }

  function report(missing: Missing): void {
    const { key, used, param } = missing
    const [seen, id] = used === undefined && param === undefined ? [keys, key] : [params, `${param}\0${key}`]
    if (key.length > maxKeyLength || seen.size >= maxRemembered || seen.has(id)) return
    seen.add(id)
    onMissing(missing)
  }
}
