import type { TransactionHandle } from '../prisma-internals.ts'
import { createRunningCalls, deferred } from './running-calls.ts'

/** A transaction as a whole. */
export interface Root {
  readonly handle: TransactionHandle
  committed: boolean
}

/** The transaction itself, or a savepoint in it: where calls run, and what happens when it has been committed. */
export interface Level<Tx = TransactionClient, Whole = Root> {
  readonly root: Whole
  /** Prisma's client of this level; in memory there is none. */
  readonly tx: Tx
  /** Called after the commit, in this order. */
  readonly effects: Effect[]
  /** Whether its function has returned or thrown: what begins later comes too late. */
  readonly ended: boolean
  /**
   * Runs a call, after the savepoint that is open below this level, if any. Calls take turns, but those that say they
   * are `alike` run side by side.
   */
  call<T>(run: () => PromiseLike<T>, alike?: boolean): PromiseLike<T>
  /** Runs a savepoint alone: those side by side take turns, and calls of this level wait meanwhile. */
  exclusively<T>(run: () => Promise<T>): Promise<T>
  /**
   * The same from within a call of this level, which does not wait for itself. What it runs on the database meanwhile
   * must not be calls of this level.
   */
  exclusivelyWithinCall<T>(run: () => Promise<T>): Promise<T>
  /** Ends it, once the calls that nobody awaited are through: the end must not overtake them. */
  end(): Promise<void>
}

export type Effect = () => void | Promise<void>

export interface TransactionClient {
  $transaction<T>(run: (tx: TransactionClient) => Promise<T>, options?: object): Promise<T>
  $executeRawUnsafe(sql: string): Promise<unknown>
}

/**
 * Without the turns of savepoints, rolling back to one would undo, in silence, what calls beside it wrote meanwhile:
 * they share one connection. Without those of calls, Prisma sends the calls of one tick as one batch, and of a batch
 * nothing is run after the first failure: the calls left answer `undefined`, as if they had been.
 */
export function createLevel<Tx, Whole>(tx: Tx, root: Whole): Level<Tx, Whole> {
  const effects: Effect[] = []
  const calls = createRunningCalls()
  let savepoint: Promise<void> | undefined
  let ended = false

  return {
    root,
    tx,
    effects,
    get ended() {
      return ended
    },
    call,
    exclusively: (run) => inTurn(run, false),
    exclusivelyWithinCall(run) {
      calls.end()
      return inTurn(run, true)
    },
    async end() {
      ended = true
      while (savepoint) await savepoint
      await calls.idle()
    },
  }

  function call<T>(run: () => PromiseLike<T>, alike = false): PromiseLike<T> {
    const before = savepoint ?? calls.blocking(alike)
    if (before) return before.then(() => call(run, alike))
    calls.start(alike)
    // No await before it, so that Prisma makes one statement of calls that are alike.
    return Promise.resolve(run()).finally(calls.end)
  }

  /** @param resumed A call goes on after it, before anybody else gets a turn. */
  async function inTurn<T>(run: () => Promise<T>, resumed: boolean): Promise<T> {
    while (savepoint) await savepoint
    const { promise, resolve } = deferred()
    savepoint = promise
    try {
      await calls.idle()
      return await run()
    } finally {
      if (resumed) calls.start(false)
      savepoint = undefined
      resolve()
    }
  }
}
