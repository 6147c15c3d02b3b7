import type { Actor } from '@fastkit/contracts'

export type Operation = 'create' | 'update' | 'delete' | 'restore'
export type BatchOperation = 'createMany' | 'updateMany' | 'deleteMany'

/** What every hook may know of the call it belongs to. One object for all hooks of a call. */
export interface CallContext {
  /** On whose behalf, if the service was told how to find out. */
  readonly actor: Actor | undefined
  /** The locale of the call, if the service was told how to find out. */
  readonly locale: string | undefined
  /** What the caller passed along to give up. */
  readonly signal: AbortSignal | undefined
}

export interface CreateContext<Create> extends CallContext {
  readonly operation: 'create'
  /** The data as the caller gave it: not to be changed. */
  readonly input: Readonly<Create>
}

export interface UpdateContext<Row, Update, Key> extends CallContext {
  readonly operation: 'update'
  readonly id: Key
  /** The data as the caller gave it: not to be changed. */
  readonly input: Readonly<Update>
  /**
   * The row as it was, read in the same transaction.
   *
   * @throws ServiceError `PREVIOUS_NOT_LOADED` unless `needsPrevious` names the operation
   */
  readonly previous: Row
}

export interface DeleteContext<Row, Key> extends CallContext {
  readonly operation: 'delete'
  readonly id: Key
  /** As of an update. */
  readonly previous: Row
}

export interface RestoreContext<Key> extends CallContext {
  readonly operation: 'restore'
  readonly id: Key
}

/** What `around` knows of a call with many rows. The hooks of each row have a context of their own. */
export interface BatchContext extends CallContext {
  readonly operation: BatchOperation
  /** The list of `createMany`, the change of `updateMany`. */
  readonly input: unknown
  readonly filter: unknown
}

export type AnyContext<Row, Create, Update, Key> =
  | CreateContext<Create>
  | UpdateContext<Row, Update, Key>
  | DeleteContext<Row, Key>
  | RestoreContext<Key>
  | BatchContext
