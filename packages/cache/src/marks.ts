/** Stands for a group or a tag as it is now. When that is invalidated the mark ends, and with it all that bears it. */
export interface Mark {
  valid: boolean
  /** Shared by all rows that bear this mark alone and are never served stale: one object, however many they are. */
  readonly alone: Scope
}

/** What decides whether a row still counts. Shared among rows where it can be. */
export interface Scope {
  readonly marks: readonly Mark[]
  readonly staleMs: number
}

export interface Marks {
  /** The mark of today; the same for as long as anybody holds it. */
  get(name: string): Mark
  end(name: string): void
}

/** Keeps no more marks than are held by entries and loads. */
export function createMarks(): Marks {
  const byName = new Map<string, WeakRef<Mark>>()
  const forgotten = new FinalizationRegistry<string>((name) => {
    if (byName.get(name)?.deref() === undefined) byName.delete(name)
  })
  return { get, end }

  function get(name: string): Mark {
    const known = byName.get(name)?.deref()
    if (known) return known
    const marks: Mark[] = []
    const mark: Mark = { valid: true, alone: { marks, staleMs: 0 } }
    marks.push(mark)
    byName.set(name, new WeakRef(mark))
    forgotten.register(mark, name)
    return mark
  }

  function end(name: string): void {
    const mark = byName.get(name)?.deref()
    if (mark) mark.valid = false
    byName.delete(name)
  }
}
