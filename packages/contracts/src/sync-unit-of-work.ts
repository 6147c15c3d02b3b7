/** `UnitOfWork`, by the same rules, for drivers that are not async. */
export interface SyncUnitOfWork {
  /** Runs a function in a transaction. Inside another `run` it joins that one. */
  run<T>(fn: () => T): T
  /** Runs a function that can be undone alone, inside `run`. */
  savepoint<T>(fn: () => T): T
  active(): boolean
  /** Calls a function once what was written so far has been committed; outside of `run` at once. Never throws. */
  afterCommit(fn: () => void): void
}
