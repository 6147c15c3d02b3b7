import type { TransactionHandle } from '../prisma-internals.ts'

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
  /** Runs a call, after the savepoint that is open below this level, if any. */
  call<T>(run: () => PromiseLike<T>): PromiseLike<T>
  /** Runs a savepoint alone: those side by side take turns, and calls of this level wait meanwhile. */
  alone<T>(run: () => Promise<T>): Promise<T>
  /**
   * The same from within a call of this level, which does not wait for itself. What it runs on the database meanwhile
   * must not be calls of this level.
   */
  aside<T>(run: () => Promise<T>): Promise<T>
  /** Ends it, once the calls that nobody awaited are through: the end must not overtake them. */
  end(): Promise<void>
}

export type Effect = () => void | Promise<void>

export interface TransactionClient {
  $transaction<T>(run: (tx: TransactionClient) => Promise<T>, options?: object): Promise<T>
  $executeRawUnsafe(sql: string): Promise<unknown>
}

/**
 * Without the turns, rolling back to a savepoint would undo, in silence, what calls beside it wrote meanwhile: they
 * share one connection.
 */
export function createLevel<Tx, Whole>(tx: Tx, root: Whole): Level<Tx, Whole> {
  const effects: Effect[] = []
  let savepoint: Promise<void> | undefined
  let calls = 0
  let ended = false
  let whenIdle: (() => void) | undefined

  return {
    root,
    tx,
    effects,
    get ended() {
      return ended
    },
    call,
    alone: (run) => inTurn(run, 0),
    aside(run) {
      over()
      return inTurn(run, 1)
    },
    end,
  }

  function call<T>(run: () => PromiseLike<T>): PromiseLike<T> {
    if (savepoint) return savepoint.then(() => call(run))
    calls++ // and no await, so that Prisma still batches calls of one tick
    return Promise.resolve(run()).finally(over)
  }

  function over(): void {
    if (--calls === 0) whenIdle?.()
  }

  /** @param resumed Calls that go on after it, before anybody else gets a turn. */
  async function inTurn<T>(run: () => Promise<T>, resumed: number): Promise<T> {
    while (savepoint) await savepoint
    const { promise, resolve } = deferred()
    savepoint = promise
    try {
      await idle()
      return await run()
    } finally {
      calls += resumed
      savepoint = undefined
      resolve()
    }
  }

  async function end(): Promise<void> {
    ended = true
    while (savepoint) await savepoint
    await idle()
  }

  async function idle(): Promise<void> {
    if (calls === 0) return
    const { promise, resolve } = deferred()
    const before = whenIdle
    whenIdle = () => {
      before?.()
      resolve()
    }
    await promise
    whenIdle = undefined
  }
}

function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve = () => {}
  const promise = new Promise<void>((done) => {
    resolve = done
  })
  return { promise, resolve }
}
