import { requireMs } from './require-ms.ts'

/** Something that has begun and will end. */
export interface Work {
  /** Kept by those who wait: where it is among the others. */
  place: number
  /** Who has not finished it. Asked when somebody gives up waiting, so that it costs nothing before. */
  unfinished(): readonly string[] | Promise<readonly string[]>
}

/** Everything that has begun and not ended. */
export interface AtWork {
  begin(work: Work): void
  end(work: Work): void
  /** Waits until nothing is left, at most for a time, and names what is. @throws SignalError `SIGNAL_CONFIG` */
  drain(timeoutMs: number | undefined): Promise<readonly string[]>
}

export function createAtWork(): AtWork {
  const works: Work[] = []
  const waiting = new Set<() => void>()

  return {
    begin(work) {
      work.place = works.push(work) - 1
    },
    end(work) {
      // The last one takes its place: a set would cost more than the rest of a send.
      const last = works.pop() as Work
      if (last !== work) {
        works[work.place] = last
        last.place = work.place
      }
      if (works.length === 0 && waiting.size > 0) for (const wake of waiting) wake()
    },
    async drain(timeoutMs) {
      if (timeoutMs !== undefined) requireMs('timeoutMs', timeoutMs, 0)
      // A send that is calling its receivers, one of them this, has not begun yet.
      await undefined
      if (timeoutMs !== 0) await over(timeoutMs)
      return (await Promise.all(works.map((work) => work.unfinished()))).flat()
    },
  }

  async function over(timeoutMs: number | undefined): Promise<void> {
    let late = false
    let wake = () => {}
    const timer = timeoutMs === undefined ? undefined : setTimeout(giveUp, timeoutMs)
    timer?.unref?.()
    // Again, as what ended may have begun something else.
    while (works.length > 0 && !late) {
      await new Promise<void>((resolve) => {
        wake = resolve
        waiting.add(wake)
      })
      waiting.delete(wake)
    }
    clearTimeout(timer)

    function giveUp(): void {
      late = true
      wake()
    }
  }
}
