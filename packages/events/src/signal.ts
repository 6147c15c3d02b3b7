import type { Logger } from '@fastkit/contracts'
import type { StandardSchemaV1 } from '@standard-schema/spec'

/**
 * Something that happens, and those who want to hear of it. Its identity is the object: two signals of one name have
 * nothing in common.
 */
export interface Signal<Payload, Input = Payload> {
  /** For logs and records. */
  readonly name: string
  /** Those connected, in the order they are called. A copy. */
  readonly receivers: readonly Receiver<Payload>[]
  /**
   * Has a receiver called with every payload sent from now on, a send that is under way not included.
   *
   * A receiver that is connected already is not called twice: the options of its first connection hold, and it stays
   * until all of its connections have been ended.
   *
   * @throws SignalError `SIGNAL_CONFIG` for what cannot be a receiver or an option
   */
  connect(receiver: Receiver<Payload>, options?: ConnectOptions): Connection
  /** Ends all connections of a receiver, from the next send on, and tells whether there were any. */
  disconnect(receiver: Receiver<Payload>): boolean
  /** Connects a receiver while some work runs, and returns what that returns. A connection from before stays. */
  connectedTo<T>(receiver: Receiver<Payload>, work: () => T): Promise<Awaited<T>>
  /**
   * Calls all receivers and waits for them. Never rejects, so that it need not be awaited: what receivers throw is in
   * the result, and goes to the logger once.
   */
  send(payload: Input): Promise<SendResult>
  /**
   * The same without waiting, for callers that are not async. Receivers that are async go on by themselves: how they
   * end goes to the logger, and `drain` waits for them.
   */
  sendSync(payload: Input): SyncSendResult
  /**
   * Waits until no receiver is at work any more, those of sends that begin meanwhile included, and returns the names
   * of those still at work after `timeoutMs`, one for each call: none means that nothing was lost. A receiver that waits
   * for it waits for itself.
   *
   * @param timeoutMs 0 only looks. @default no limit
   */
  drain(timeoutMs?: number): Promise<readonly string[]>
}

/** Called with what was sent. The send waits for what it returns, when that can be awaited. */
export type Receiver<Payload> = (payload: Payload) => unknown

export interface ConnectOptions {
  /** What errors and `drain` call it. @default the function's name */
  readonly name?: string
  /** Whether it is disconnected before its first call, so that there is no second one. @default false */
  readonly once?: boolean
  /** Ends the connection. One that is aborted already never begins. @default nothing does */
  readonly abort?: AbortSignal
  /**
   * After this a call counts as failed, `RECEIVER_TIMEOUT`, and as over: neither `send` nor `drain` waits for it any more,
   * and `maxInFlight` does not count it, though the receiver may go on.
   *
   * @default never
   */
  readonly timeoutMs?: number
  /** Calls that may be unfinished; others fail at once, `RECEIVER_BUSY`. From 1. @default no limit */
  readonly maxInFlight?: number
}

/** Ends with `disconnect`, or with its scope: `using _ = signal.connect(…)`. */
export interface Connection extends Disposable {
  /** Ends it, from the next send on. What is at work goes on. Costs a step for each receiver of the signal. */
  disconnect(): void
}

export interface SendResult {
  /** How many receivers were called and did not fail. */
  readonly delivered: number
  readonly errors: readonly SendError[]
}

export interface SyncSendResult extends SendResult {
  /** How many receivers are still at work. */
  readonly pending: number
}

export interface SendError {
  /** `null` where the send itself was refused: a payload that does not fit, or a recursion. */
  readonly receiver: string | null
  /** What the receiver threw, as it is. */
  readonly error: unknown
}

export interface SignalOptions {
  /** Hears of every error once, with the names of signal and receiver. @default nobody */
  readonly logger?: Logger
  /** Whether `send` waits for each receiver before it calls the next. @default they run side by side */
  readonly sequential?: boolean
  /** Whether payloads are frozen, deeply, before the first receiver sees them: for development and tests. @default false */
  readonly freeze?: boolean
}

export interface SchemaOptions<Input, Payload> extends SignalOptions {
  /**
   * Checks what is sent; receivers get what it returns. What does not fit reaches nobody, `SIGNAL_PAYLOAD`. One that
   * is async works with `send` only.
   */
  readonly schema: StandardSchemaV1<Input, Payload>
}
