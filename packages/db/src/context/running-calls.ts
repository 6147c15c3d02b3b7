/** The calls of a level that run: one, or several that are alike. */
export interface RunningCalls {
  /** What a call has to wait for before it starts; `undefined`: nothing. */
  blocking(alike: boolean): Promise<void> | undefined
  start(alike: boolean): void
  end(): void
  /** Waits until none runs. */
  idle(): Promise<void>
}

export function createRunningCalls(): RunningCalls {
  let count = 0
  let areAlike = false
  let turn = deferred()
  let whenIdle: (() => void) | undefined

  return {
    blocking: (alike) => (count > 0 && !(alike && areAlike) ? turn.promise : undefined),
    start(alike) {
      if (count++ > 0) return
      areAlike = alike
      turn = deferred()
    },
    end() {
      if (--count > 0) return
      turn.resolve()
      whenIdle?.()
    },
    async idle() {
      if (count === 0) return
      const { promise, resolve } = deferred()
      const before = whenIdle
      whenIdle = () => {
        before?.()
        resolve()
      }
      await promise
      whenIdle = undefined
    },
  }
}

export function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve = () => {}
  const promise = new Promise<void>((done) => {
    resolve = done
  })
  return { promise, resolve }
}
