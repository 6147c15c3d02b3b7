import type { StoreChange } from '../shared-store.ts'
import { everything } from './change.ts'

/** Changes that Redis has not been told yet. Until it has, nothing there can be believed. */
export interface Debts {
  add(change: StoreChange): void
  owing(): boolean
  /** Tells Redis what it has missed. False when that failed. */
  pay(): Promise<boolean>
  close(): void
}

/** Tries every half second, and whenever somebody wants to use Redis. More than a thousand changes become one of all. */
export function createDebts(apply: (change: StoreChange) => Promise<void>): Debts {
  let owed: readonly StoreChange[] = []
  let paying: Promise<boolean> | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let closed = false
  return {
    add(change) {
      // An object of its own: while one is being paid, another of the same is still due.
      owed = owed.length < 1000 ? [...owed, { ...change }] : [{ ...everything }]
      payLater()
    },
    owing: () => owed.length > 0,
    pay,
    close() {
      closed = true
      clearTimeout(timer)
    },
  }

  function pay(): Promise<boolean> {
    paying ??= payAll().finally(() => {
      paying = undefined
    })
    return paying
  }

  async function payAll(): Promise<boolean> {
    while (owed.length > 0) {
      const due = owed
      try {
        // One after the other: a server that has just come back has enough to do.
        for (const change of merged(due)) await apply(change)
      } catch {
        payLater()
        return false
      }
      // What was added meanwhile is still due.
      owed = owed.filter((change) => !due.includes(change))
    }
    return true
  }

  function payLater(): void {
    if (timer !== undefined || closed) return
    timer = setTimeout(async () => {
      timer = undefined
      await pay()
    }, 500)
    timer.unref()
  }
}

/** The same in few: all keys together, and all tags. */
function merged(changes: readonly StoreChange[]): StoreChange[] {
  const keys = changes.flatMap((change) => ('keys' in change ? change.keys : []))
  const tags = changes.flatMap((change) => ('tags' in change ? change.tags : []))
  const others = changes.filter((change) => !('keys' in change || 'tags' in change))
  return [
    ...(keys.length > 0 ? [{ keys: [...new Set(keys)] }] : []),
    ...(tags.length > 0 ? [{ tags: [...new Set(tags)] }] : []),
    ...others,
  ]
}
