import type { Logger } from '@fastkit/contracts'
import { EventEmitter } from 'eventemitter3'
import { SignalError } from './errors.ts'
import { limitedCall } from './limited-call.ts'
import { requireMs } from './require-ms.ts'
import type { Connection, ConnectOptions, Receiver, SendResult, SyncSendResult } from './signal.ts'

/** Who is connected, in order. It never changes, so that a send under way is not disturbed: a change makes a new one. */
export interface Snapshot<Payload> {
  /** Each calls its receiver, and returns `skipped` when that has had its one call. */
  readonly calls: readonly Receiver<Payload>[]
  readonly names: readonly string[]
  /** What there is to tell when nothing goes wrong. */
  readonly allWell: SendResult
  readonly allWellSync: SyncSendResult
}

export interface Connections<Payload> {
  /** Where the snapshot of the moment is: a property of a constant object, which is what the engine is fastest at. */
  readonly now: { readonly snapshot: Snapshot<Payload> | undefined }
  /** Makes the snapshot that is missing after a change. */
  renew(): Snapshot<Payload>
  receivers(): readonly Receiver<Payload>[]
  connect(receiver: Receiver<Payload>, options?: ConnectOptions): Connection
  disconnect(receiver: Receiver<Payload>): boolean
}

/** More than these are rather a leak. */
const manyReceivers = 100

export function createConnections<Payload>(signal: string, logger: Logger | undefined): Connections<Payload> {
  /** Keeps who is connected, and in which order. It never emits: a send walks a snapshot, each receiver on its own. */
  const registrations = new EventEmitter<{ sent: [payload: Payload] }>()
  const byReceiver = new Map<Receiver<Payload>, Entry<Payload>>()
  const now: { snapshot: Snapshot<Payload> | undefined } = { snapshot: undefined }
  let warned = false

  return {
    now,
    renew,
    receivers,
    connect,
    disconnect,
  }

  function renew(): Snapshot<Payload> {
    const entries = receivers().map((receiver) => byReceiver.get(receiver) as Entry<Payload>)
    const allWell = { delivered: entries.length, errors: Object.freeze([]) }
    now.snapshot = {
      calls: entries.map(({ call }) => call),
      names: entries.map(({ name }) => name),
      allWell: Object.freeze(allWell),
      allWellSync: Object.freeze({ ...allWell, pending: 0 }),
    }
    return now.snapshot
  }

  function receivers(): Receiver<Payload>[] {
    return registrations.listeners('sent')
  }

  function connect(receiver: Receiver<Payload>, options: ConnectOptions = {}): Connection {
    checkReceiver(receiver)
    checkOptions(options)
    const { abort } = options
    if (abort?.aborted) return connection(() => {})
    const entry = byReceiver.get(receiver) ?? add(receiver, options)
    const leave = () => {
      if (!entry.holders.delete(leave)) return
      abort?.removeEventListener('abort', leave)
      if (entry.holders.size === 0) remove(entry)
    }
    entry.holders.add(leave)
    abort?.addEventListener('abort', leave)
    return connection(leave)
  }

  function disconnect(receiver: Receiver<Payload>): boolean {
    const entry = byReceiver.get(receiver)
    if (entry) end(entry)
    return entry !== undefined
  }

  function end({ holders }: Entry<Payload>): void {
    for (const leave of holders) leave()
  }

  function add(receiver: Receiver<Payload>, options: ConnectOptions): Entry<Payload> {
    const entry: Entry<Payload> = {
      receiver,
      name: options.name ?? (receiver.name || 'anonymous'),
      call: receiver,
      holders: new Set(),
    }
    entry.call = limitedCall(entry, options, () => end(entry))
    byReceiver.set(receiver, entry)
    registrations.on('sent', receiver)
    now.snapshot = undefined
    if (byReceiver.size > manyReceivers && !warned) warn()
    return entry
  }

  function warn(): void {
    warned = true
    try {
      logger?.warn(
        { signal, receivers: byReceiver.size },
        'A signal has many receivers: is a disconnect missing?',
      )
    } catch {
      // The receiver is connected all the same.
    }
  }

  function remove(entry: Entry<Payload>): void {
    byReceiver.delete(entry.receiver)
    registrations.off('sent', entry.receiver)
    now.snapshot = undefined
  }
}

/** A receiver and how it was connected. */
interface Entry<Payload> {
  readonly receiver: Receiver<Payload>
  readonly name: string
  /** What ends each of its connections. */
  readonly holders: Set<() => void>
  call: Receiver<Payload>
}

function connection(disconnect: () => void): Connection {
  return { disconnect, [Symbol.dispose]: disconnect }
}

function checkReceiver(receiver: unknown): void {
  if (typeof receiver !== 'function') throw new SignalError('SIGNAL_CONFIG', 'A receiver is a function')
  if (/GeneratorFunction\]$/.test(Object.prototype.toString.call(receiver))) {
    throw new SignalError(
      'SIGNAL_CONFIG',
      'A generator function cannot receive: nobody would run what it returns',
    )
  }
}

function checkOptions({ timeoutMs, maxInFlight, abort }: ConnectOptions): void {
  if (timeoutMs !== undefined) requireMs('timeoutMs', timeoutMs, 1)
  if (maxInFlight !== undefined && !(Number.isInteger(maxInFlight) && maxInFlight >= 1)) {
    throw new SignalError('SIGNAL_CONFIG', 'maxInFlight is a whole number from 1')
  }
  if (abort !== undefined && typeof abort.aborted !== 'boolean') {
    throw new SignalError('SIGNAL_CONFIG', 'abort is an AbortSignal')
  }
}
