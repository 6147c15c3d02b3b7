import type { AtWork, Work } from './at-work.ts'
import type { SendError, SendResult, SyncSendResult } from './signal.ts'

/** What the sends of one signal have in common. */
export interface SendingContext {
  readonly atWork: AtWork
  onError(receiver: string, error: unknown): void
}

/** What `await` looks at: a promise that has a `then` of its own cannot fool it. */
const { then } = Promise.prototype

/** A send of which not everything was over, and well, when everybody had been called. Receivers are told by their place. */
export class Sending implements Work {
  place = 0
  pending = 0
  delivered: number
  readonly errors: SendError[] = []
  readonly names: readonly string[]
  /** What those returned who are at work, each in the place of its receiver. */
  readonly #calls: (Promise<unknown> | undefined)[]
  readonly #context: SendingContext
  #onEnd: ((result: SendResult) => void) | undefined
  #isAsked = false

  constructor(names: readonly string[], context: SendingContext) {
    this.names = names
    this.delivered = names.length
    this.#calls = new Array<undefined>(names.length)
    this.#context = context
  }

  /** Says that a receiver is done when what it returned has settled. */
  waitFor(at: number, returned: PromiseLike<unknown>): void {
    // Not its own `then`, which may throw, or call back twice.
    const call = Promise.resolve(returned)
    then.call(call, this.#done, this.#ask)
    this.#calls[at] = call
    this.pending++
  }

  fail(at: number, error: unknown): void {
    const receiver = this.names[at] as string
    this.delivered--
    this.errors.push({ receiver, error })
    this.#context.onError(receiver, error)
  }

  /** Says that everybody has been called. */
  begin(onEnd?: (result: SendResult) => void): void {
    this.#onEnd = onEnd
    if (this.pending > 0) this.#context.atWork.begin(this)
    else onEnd?.(this.result())
  }

  result(): SendResult {
    return { delivered: this.delivered, errors: this.errors }
  }

  /** What can be told while some are at work. */
  resultSoFar(): SyncSendResult {
    const { pending, delivered, errors } = this
    return { delivered: delivered - pending, pending, errors: [...errors] }
  }

  /** Asks each call, which answers at once when it has settled. */
  async unfinished(): Promise<readonly string[]> {
    const names = this.#calls.map(async (call, at) => {
      const state = await Promise.race([call, this]).catch(() => {})
      return state === this ? [this.names[at] as string] : []
    })
    return (await Promise.all(names)).flat()
  }

  readonly #done = (): void => {
    if (--this.pending > 0) return
    this.#onEnd?.(this.result())
    this.#context.atWork.end(this)
  }

  /**
   * Who failed is asked when somebody has: to know it beforehand would take a function for each receiver, which costs
   * more than all of the rest.
   */
  readonly #ask = (): void => {
    if (this.#isAsked) return
    this.#isAsked = true
    this.#calls.forEach((call, at) => {
      if (call === undefined) return
      then.call(call, undefined, (error) => {
        this.fail(at, error)
        this.#done()
      })
    })
  }
}
