import type { Connection, ConnectOptions, Signal } from './signal.ts'

/** What was sent while it was recorded. */
export interface SignalRecord extends Disposable {
  /** Everything, in the order it was sent. */
  readonly sent: readonly { readonly signal: string; readonly payload: unknown }[]
  /** The payloads of one of the signals, in the order they were sent. */
  of<Payload, Input>(signal: Signal<Payload, Input>): Payload[]
  /** Forgets what was sent so far. */
  clear(): void
  /** Ends the recording; what was recorded stays. */
  stop(): void
}

/** A signal, of whatever payload. */
export interface AnySignal {
  readonly name: string
  connect(receiver: (payload: unknown) => unknown, options?: ConnectOptions): Connection
}

/**
 * Writes down what signals send, for tests: `using recorded = recordSignals(events)`. Payloads are not copied. Their
 * receivers are called as ever.
 */
export function recordSignals(signals: Readonly<Record<string, AnySignal>>): SignalRecord {
  const sent: { from: unknown; signal: string; payload: unknown }[] = []
  const connections = [...new Set(Object.values(signals))].map((signal) =>
    signal.connect(
      (payload) => {
        sent.push({ from: signal, signal: signal.name, payload })
      },
      { name: 'recordSignals' },
    ),
  )
  const stop = () => {
    for (const connection of connections) connection.disconnect()
  }
  return {
    get sent() {
      return sent.map(({ signal, payload }) => ({ signal, payload }))
    },
    of: (signal) => sent.filter(({ from }) => from === signal).map(({ payload }) => payload as never),
    clear() {
      sent.length = 0
    },
    stop,
    [Symbol.dispose]: stop,
  }
}
