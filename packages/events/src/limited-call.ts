import { SignalError } from './errors.ts'
import { isThenable } from './is-thenable.ts'
import type { ConnectOptions, Receiver } from './signal.ts'
import { withTimeout } from './with-timeout.ts'

/** What a receiver that was not called seems to return. */
export const skipped: unique symbol = Symbol('skipped')

/** Makes the function that calls a receiver as its options have it: the receiver itself where none asks for more. */
export function limitedCall<Payload>(
  { receiver, name }: { readonly receiver: Receiver<Payload>; readonly name: string },
  { once, timeoutMs, maxInFlight }: ConnectOptions,
  disconnect: () => void,
): Receiver<Payload> {
  let call = receiver
  if (timeoutMs !== undefined) call = timed(call, timeoutMs, name)
  if (maxInFlight !== undefined) call = bounded(call, maxInFlight, name)
  return once ? onlyOnce(call, disconnect) : call
}

function timed<Payload>(call: Receiver<Payload>, timeoutMs: number, name: string): Receiver<Payload> {
  return (payload) => {
    const returned = call(payload)
    return isThenable(returned) ? withTimeout(returned, timeoutMs, name) : returned
  }
}

function bounded<Payload>(call: Receiver<Payload>, maxInFlight: number, name: string): Receiver<Payload> {
  let inFlight = 0
  return (payload) => {
    if (inFlight >= maxInFlight) {
      throw new SignalError(
        'RECEIVER_BUSY',
        `${name} has not finished the ${maxInFlight} calls before this one`,
      )
    }
    let isWaiting = false
    inFlight++
    try {
      const returned = call(payload)
      isWaiting = isThenable(returned)
      return isWaiting ? waitFor(returned) : returned
    } finally {
      if (!isWaiting) inFlight--
    }
  }

  async function waitFor(returned: unknown): Promise<unknown> {
    try {
      return await returned
    } finally {
      inFlight--
    }
  }
}

/** A send under way may come to it although it has been called, and disconnected, by another. */
function onlyOnce<Payload>(call: Receiver<Payload>, disconnect: () => void): Receiver<Payload> {
  let isUsed = false
  return (payload) => {
    if (isUsed) return skipped
    isUsed = true
    disconnect()
    return call(payload)
  }
}
