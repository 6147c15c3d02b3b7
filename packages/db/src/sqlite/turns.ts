/** One at a time, in the order they asked. */
export interface Turns {
  /**
   * Resolves when it is the caller's turn, with the function that ends it. A second call of that does nothing.
   *
   * @throws what `late` makes, after `waitMs` or when the turns are closed
   */
  take(): Promise<() => void>
  /** Sends everybody who waits away. Who has the turn keeps it. */
  close(): void
}

export interface TurnsOptions {
  readonly waitMs: number
  /** Makes the error for somebody who waited in vain. */
  readonly late: () => Error
}

export function createTurns({ waitMs, late }: TurnsOptions): Turns {
  const waiting = new Set<Waiter>()
  let taken = false
  return { take, close }

  function take(): Promise<() => void> {
    if (!taken) {
      taken = true
      return Promise.resolve(ending())
    }
    return new Promise((resolve, reject) => {
      const timer = setTimeout(refuse, waitMs)
      const waiter = { admit, refuse }
      waiting.add(waiter)

      function admit(): void {
        clearTimeout(timer)
        waiting.delete(waiter)
        resolve(ending())
      }

      function refuse(): void {
        clearTimeout(timer)
        waiting.delete(waiter)
        reject(late())
      }
    })
  }

  function ending(): () => void {
    let ended = false
    return () => {
      if (ended) return
      ended = true
      const [next] = waiting
      if (next) next.admit()
      else taken = false
    }
  }

  function close(): void {
    for (const waiter of [...waiting]) waiter.refuse()
  }
}

interface Waiter {
  admit(): void
  refuse(): void
}
