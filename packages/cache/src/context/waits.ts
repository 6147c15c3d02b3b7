import { AsyncLocalStorage } from 'node:async_hooks'

/** Something that loads, and may wait for others that load. */
export interface Waiter {
  /** Absent while it has not waited for any. */
  waitsFor: Set<Waiter> | undefined
  done: boolean
}

export interface Waits {
  /** Runs a function as what `waiter` does. */
  run<W extends Waiter, T>(waiter: W, work: (waiter: W) => T): T
  /**
   * Notes that what runs here waits for `other`, until the promise settles, and returns the promise. Undefined where that
   * would never be, since `other` waits for this, itself or through others.
   */
  during<T>(other: Waiter, promise: Promise<T>): Promise<T> | undefined
}

export function createWaits(): Waits {
  const running = new AsyncLocalStorage<Waiter>()
  return {
    run: (waiter, work) => running.run(waiter, work, waiter),
    during(other, promise) {
      const here = running.getStore()
      if (here === undefined || here.done) return promise
      if (reaches(other, here, new Set())) return undefined
      here.waitsFor ??= new Set()
      const { waitsFor } = here
      waitsFor.add(other)
      const end = () => void waitsFor.delete(other)
      promise.then(end, end)
      return promise
    },
  }
}

function reaches(from: Waiter, to: Waiter, seen: Set<Waiter>): boolean {
  if (from === to) return true
  if (seen.has(from)) return false
  seen.add(from)
  for (const next of from.waitsFor ?? []) if (reaches(next, to, seen)) return true
  return false
}
