/** How much of other transactions a transaction may see. A database that is always stricter stays so. */
export type Isolation = 'read_uncommitted' | 'read_committed' | 'repeatable_read' | 'serializable'

/** How a transaction is run. */
export interface RunOptions {
  /** @default the database's own */
  readonly isolation?: Isolation
  /** How long the whole may take before it is rolled back. @default 5000 */
  readonly timeoutMs?: number
  /** How long to wait for a connection. @default 2000 */
  readonly maxWaitMs?: number
  /** How often to start again, from scratch, after a conflict with another transaction. @default 0 */
  readonly retries?: number
}

/** Several writes that happen together or not at all, and what is to happen once they have. */
export interface UnitOfWork {
  /**
   * Runs a function in a transaction, which commits when it returns and rolls back when it throws. Inside another
   * `run` it joins that one; options are an error there.
   */
  run<T>(fn: () => Promise<T>, options?: RunOptions): Promise<T>
  /** Runs a function that can be undone alone, inside `run`. Those side by side take turns. */
  savepoint<T>(fn: () => Promise<T>): Promise<T>
  /** Tells whether this is inside `run`. */
  active(): boolean
  /**
   * Calls a function once what was written so far has been committed; never, if it is not. Outside of `run` it is
   * called at once, and the promise waits for it. Never rejects.
   */
  afterCommit(fn: () => void | Promise<void>): Promise<void>
}
