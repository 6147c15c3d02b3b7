import type { StandardSchemaV1 } from '@standard-schema/spec'
import { createConnections } from './connections.ts'
import { createDispatch } from './dispatch.ts'
import { SignalError } from './errors.ts'
import { isThenable } from './is-thenable.ts'
import type { Receiver, SchemaOptions, SendResult, Signal, SignalOptions, SyncSendResult } from './signal.ts'

/**
 * Makes a signal: `createSignal<{ invoiceId: number }>('invoice.paid')`, or with a `schema` that says the type.
 *
 * Keeps nothing beside itself: what holds the signal holds its receivers.
 *
 * @throws SignalError `SIGNAL_CONFIG` without a name
 */
export function createSignal<Input, Payload>(
  name: string,
  options: SchemaOptions<Input, Payload>,
): Signal<Payload, Input>
export function createSignal<Payload = void>(name: string, options?: SignalOptions): Signal<Payload>
export function createSignal(
  name: string,
  { schema, ...options }: SignalOptions & Partial<SchemaOptions<unknown, unknown>> = {},
): Signal<unknown> {
  if (typeof name !== 'string' || name === '') throw new SignalError('SIGNAL_CONFIG', 'A signal needs a name')
  const connections = createConnections<unknown>(name, options.logger)
  const { connect, disconnect } = connections
  const dispatch = createDispatch(name, connections, options)

  return {
    name,
    get receivers() {
      return connections.receivers()
    },
    connect,
    disconnect,
    connectedTo,
    send: schema ? (payload) => sendChecked(schema, payload) : dispatch.send,
    sendSync: schema ? (payload) => sendCheckedSync(schema, payload) : dispatch.sendSync,
    drain: dispatch.drain,
  }

  async function connectedTo<T>(receiver: Receiver<unknown>, work: () => T): Promise<Awaited<T>> {
    using _ = connect(receiver)
    return await work()
  }

  async function sendChecked(checkedBy: StandardSchemaV1, payload: unknown): Promise<SendResult> {
    const receivers = connections.now.snapshot ?? connections.renew()
    try {
      const checked = checkedBy['~standard'].validate(payload)
      const value = accepted(isThenable(checked) ? await dispatch.during(checked) : checked)
      return await dispatch.sendTo(receivers, value)
    } catch (error) {
      return dispatch.refuse(error)
    }
  }

  function sendCheckedSync(checkedBy: StandardSchemaV1, payload: unknown): SyncSendResult {
    try {
      const checked = checkedBy['~standard'].validate(payload)
      if (!isThenable(checked)) return dispatch.sendSync(accepted(checked))
      checked.then(undefined, () => {})
      throw new SignalError('SIGNAL_PAYLOAD', `The schema of ${name} is async: use send`)
    } catch (error) {
      return { ...dispatch.refuse(error), pending: 0 }
    }
  }

  /** Names the fields, never their values. */
  function accepted(checked: StandardSchemaV1.Result<unknown>): unknown {
    if (checked.issues === undefined) return checked.value
    const fields = checked.issues.map(({ path = [], message }) => {
      const at = path.map((part) => String(typeof part === 'object' ? part.key : part)).join('.')
      return at === '' ? message : at
    })
    throw new SignalError(
      'SIGNAL_PAYLOAD',
      `A payload of ${name} does not fit its schema: ${fields.join(', ')}`,
    )
  }
}
