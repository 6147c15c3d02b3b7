export { createSignal } from './create-signal.ts'
export type { SignalErrorCode } from './errors.ts'
export { codes, SignalError } from './errors.ts'
export type { AnySignal, SignalRecord } from './record-signals.ts'
export { recordSignals } from './record-signals.ts'
export type {
  Connection,
  ConnectOptions,
  Receiver,
  SchemaOptions,
  SendError,
  SendResult,
  Signal,
  SignalOptions,
  SyncSendResult,
} from './signal.ts'
export type { TransactionalSignal } from './transactional.ts'
export { transactional } from './transactional.ts'
