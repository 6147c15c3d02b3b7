import type { UnitOfWork } from '@fastkit/contracts'
import { SignalError } from './errors.ts'
import type { SendError, Signal } from './signal.ts'

/** Sends of a signal that wait for the commit. */
export interface TransactionalSignal<Input> {
  readonly name: string
  /** Resolves at once inside a transaction; outside, when all receivers are done. Never rejects. */
  send(payload: Input): Promise<void>
  /** The same for callers that are not async. */
  sendSync(payload: Input): void
}

/**
 * Sends of a signal that go out when the transaction at hand has been committed, and never if it is not; outside of one,
 * at once. The signal itself goes on sending at once.
 *
 * Nobody is left to take the result: errors are reported to the unit of work, `RECEIVERS_FAILED`, as of any other
 * effect. The payload is kept until then as it is, not copied.
 */
export function transactional<Payload, Input>(
  signal: Signal<Payload, Input>,
  unitOfWork: Pick<UnitOfWork, 'afterCommit'>,
): TransactionalSignal<Input> {
  const { name } = signal
  const send = (payload: Input) =>
    unitOfWork.afterCommit(async () => {
      const { errors } = await signal.send(payload)
      if (errors.length > 0) throw failure(name, errors)
    })
  return { name, send, sendSync: (payload) => void send(payload) }
}

function failure(signal: string, errors: readonly SendError[]): SignalError {
  const names = errors.map(({ receiver }) => receiver ?? 'nobody was called')
  const cause = errors.length === 1 ? errors[0]?.error : new AggregateError(errors.map(({ error }) => error))
  return new SignalError('RECEIVERS_FAILED', `Receivers of ${signal} failed: ${names.join(', ')}`, { cause })
}
