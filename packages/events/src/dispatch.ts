import { createAtWork } from './at-work.ts'
import type { Connections, Snapshot } from './connections.ts'
import { deepFreeze } from './deep-freeze.ts'
import { SignalError } from './errors.ts'
import { isThenable } from './is-thenable.ts'
import { skipped } from './limited-call.ts'
import { Sending, type SendingContext } from './sending.ts'
import type { Receiver, SendResult, SignalOptions, SyncSendResult } from './signal.ts'

/** How often a signal may be sent within sends of itself. */
const maxDepth = 16

export interface Dispatch<Payload> {
  send(payload: Payload): Promise<SendResult>
  /** The same to those who were connected before. */
  sendTo(receivers: Snapshot<Payload>, payload: Payload): Promise<SendResult>
  sendSync(payload: Payload): SyncSendResult
  /** The result of a send that reaches nobody. */
  refuse(error: unknown): SendResult
  /** Has `drain` wait for what has to come before a send. */
  during<T>(work: PromiseLike<T>): Promise<T>
  drain(timeoutMs?: number): Promise<readonly string[]>
}

export function createDispatch<Payload>(
  signal: string,
  connections: Connections<Payload>,
  { logger, sequential = false, freeze = false }: SignalOptions,
): Dispatch<Payload> {
  const { now, renew } = connections
  const atWork = createAtWork()
  const within = { depth: 0 }
  const context: SendingContext = {
    atWork,
    onError: (receiver, err) => report({ signal, receiver, err }, 'A receiver of a signal failed'),
  }

  const sendTo = sequential ? sendInTurn : sendAtOnce
  return { send, sendTo, sendSync, refuse, during, drain: atWork.drain }

  function send(payload: Payload): Promise<SendResult> {
    return sendTo(now.snapshot ?? renew(), payload)
  }

  function sendAtOnce(snapshot: Snapshot<Payload>, payload: Payload): Promise<SendResult> {
    if (within.depth >= maxDepth) return Promise.resolve(refuse(recursion()))
    const sending = start(snapshot, payload)
    if (sending === undefined) return Promise.resolve(snapshot.allWell)
    return new Promise((resolve) => sending.begin(resolve))
  }

  function sendSync(payload: Payload): SyncSendResult {
    const snapshot = now.snapshot ?? renew()
    if (within.depth >= maxDepth) return { ...refuse(recursion()), pending: 0 }
    const sending = start(snapshot, payload)
    if (sending === undefined) return snapshot.allWellSync
    sending.begin()
    return sending.resultSoFar()
  }

  /**
   * Calls everybody. What they throw or return is none of the others' business.
   *
   * @returns nothing when all are done, and well
   */
  function start({ calls, names }: Snapshot<Payload>, payload: Payload): Sending | undefined {
    let sending: Sending | undefined
    if (freeze) deepFreeze(payload)
    within.depth++
    for (let at = 0; at < calls.length; at++) {
      const call = calls[at] as Receiver<Payload>
      try {
        const returned = call(payload)
        if (returned === undefined) continue
        if (isThenable(returned)) {
          sending ??= new Sending(names, context)
          sending.waitFor(at, returned)
        } else if (returned === skipped) {
          sending ??= new Sending(names, context)
          sending.delivered--
        }
      } catch (error) {
        try {
          sending ??= new Sending(names, context)
          sending.fail(at, error)
        } catch (full) {
          // Of the stack. Here only: a `finally` around the loop costs more than the rest of a send.
          within.depth--
          throw full
        }
      }
    }
    within.depth--
    return sending
  }

  async function sendInTurn({ calls, names }: Snapshot<Payload>, payload: Payload): Promise<SendResult> {
    if (within.depth >= maxDepth) return refuse(recursion())
    if (freeze) deepFreeze(payload)
    const sending = new Sending(names, context)
    let at = 0
    const work = { place: 0, unfinished: () => names.slice(at) }
    atWork.begin(work)
    try {
      for (; at < calls.length; at++) {
        try {
          const returned = callWithin(calls[at] as Receiver<Payload>, payload)
          if (isThenable(returned)) await returned
          else if (returned === skipped) sending.delivered--
        } catch (error) {
          sending.fail(at, error)
        }
      }
      return sending.result()
    } finally {
      atWork.end(work)
    }
  }

  function callWithin(call: Receiver<Payload>, payload: Payload): unknown {
    within.depth++
    try {
      return call(payload)
    } finally {
      within.depth--
    }
  }

  function refuse(error: unknown): SendResult {
    report({ signal, err: error }, 'A signal could not be sent')
    return { delivered: 0, errors: [{ receiver: null, error }] }
  }

  function recursion(): SignalError {
    return new SignalError('SIGNAL_RECURSION', `${signal} was sent within ${maxDepth} sends of itself`)
  }

  /** A logger that fails must not keep the other receivers from their call. */
  function report(fields: object, message: string): void {
    try {
      logger?.error(fields, message)
    } catch {
      // The error is in the result as well.
    }
  }

  async function during<T>(before: PromiseLike<T>): Promise<T> {
    const work = { place: 0, unfinished: () => [`the schema of ${signal}`] }
    atWork.begin(work)
    try {
      return await before
    } finally {
      atWork.end(work)
    }
  }
}
