/** Which keys were changed since a moment; moments are numbers that grow. */
export interface Changes {
  /** The moment of now. */
  latest(): number
  note(key: string): void
  noteAll(): void
  noteTags(): void
  since(key: string, at: number): boolean
  ofTagsSince(at: number): boolean
}

/** Remembers the last 10,000 keys; of others it says that they were changed. */
export function createChanges(): Changes {
  const byKey = new Map<string, number>()
  let count = 0
  let all = 0
  let tags = 0
  /** Whether anybody has asked for a moment since everything changed: nobody else can miss a change of one key. */
  let isWatched = false
  return { latest, note, noteAll, noteTags, since, ofTagsSince: (at) => tags > at }

  function latest(): number {
    isWatched = true
    return count
  }

  function note(key: string): void {
    if (!isWatched) return
    if (byKey.size >= 10_000) noteAll()
    byKey.set(key, ++count)
  }

  function noteAll(): void {
    byKey.clear()
    all = ++count
    isWatched = false
  }

  function noteTags(): void {
    tags = ++count
  }

  function since(key: string, at: number): boolean {
    return all > at || (byKey.get(key) ?? 0) > at
  }
}
