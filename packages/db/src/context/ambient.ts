import { AsyncLocalStorage } from 'node:async_hooks'
import { DbError } from '../errors.ts'
import { type HookCall, queryIn, type TransactionHandle } from '../prisma-internals.ts'
import type { Level, TransactionClient } from './level.ts'
import { createPlainTransactions, type PlainTransactions } from './plain-transactions.ts'

/** What an ambient client carries for `createUnitOfWork`. */
export interface Ambient {
  /** The level the code at hand runs in. */
  current(): Level | undefined
  /** The level that a call runs in, the one of a plain `$transaction` included. */
  levelOf(call: HookCall): Level | undefined
  /** Runs a function in a level, or outside of all. */
  enter<T>(level: Level | undefined, run: () => Promise<T>): Promise<T>
  /** Runs a function in a transaction, or in a savepoint of one, by Prisma's own means. */
  transact<T>(on: unknown, run: (tx: TransactionClient) => Promise<T>, options?: object): Promise<T>
  /** Tells which transaction a client of it belongs to, without a round trip. */
  handleOf(tx: TransactionClient): Promise<TransactionHandle | undefined>
}

/** A string, since Prisma drops symbols here. */
const key = '$fastkitAmbient'

/**
 * Makes calls of a client join the transaction they are made in. `mixins()` contains it; this is for clients without.
 *
 * Extend with it first: an extension before it that calls the client it captured leaves the transaction.
 */
export function ambient(): AmbientExtension {
  return ((client: ExtendableClient) => extendAmbient(client)) as never
}

/** An extension that leaves the client's type as it is. */
export type AmbientExtension = (client: object) => {
  $extends: { extArgs: { result: {}; model: {}; query: {}; client: {} } }
}

export interface ExtendableClient {
  $extends(extension: object): ExtendableClient
}

/** The client, joining; one that joins already comes back as it is. */
export function extendAmbient(client: ExtendableClient): ExtendableClient {
  if (findAmbient(client)) return client
  const { $transaction } = client as unknown as TransactionClient
  const { shared, hook, leveled } = createAmbient($transaction)
  return client.$extends({
    name: 'fastkit-ambient',
    client: {
      [key]: shared,
      $transaction(this: unknown, work: never, ...options: []) {
        if (shared.current()) throw nested()
        return $transaction.call(this as never, leveled(work), ...options)
      },
    },
    query: { $allOperations: hook },
  })
}

/** @throws DbError `CLIENT_NOT_AMBIENT` */
export function ambientOf(client: object): Ambient {
  const found = findAmbient(client)
  if (found) return found
  throw new DbError(
    'CLIENT_NOT_AMBIENT',
    'Extend the client with mixins(…), or with ambient(), before anything else',
  )
}

export function findAmbient(client: object): Ambient | undefined {
  return (client as { [key]?: Ambient })[key]
}

/** A question to the hook which transaction it sees. It is answered, and never reaches the database. */
interface Question {
  answer: TransactionHandle | undefined
}

function createAmbient($transaction: TransactionClient['$transaction']): {
  shared: Ambient
  hook: (call: HookCall) => PromiseLike<unknown>
  leveled: PlainTransactions['leveled']
} {
  // One for each client, so that the transactions of two databases never mix.
  const storage = new AsyncLocalStorage<Level | Question | undefined>()
  /** The level whose turn it is where the code at hand runs within a call. */
  const served = new AsyncLocalStorage<Level>()
  const current = () => {
    const store = storage.getStore()
    return store && 'root' in store ? store : undefined
  }
  const shared: Ambient = {
    current,
    levelOf: ({ __internalParams: { transaction } }) => current() ?? plain.levelOf(transaction),
    // `await` within: Prisma's promises start when they are awaited, which must not happen outside.
    enter: (level, run) => storage.run(level, async () => await run()),
    transact: (on, run, options) => $transaction.call(on as never, run as never, options) as never,
    async handleOf(tx) {
      const question: Question = { answer: undefined }
      await storage.run(question, async () => await tx.$executeRawUnsafe('SELECT 1'))
      return question.answer
    },
  }
  const plain = createPlainTransactions(shared.handleOf)
  return { shared, hook, leveled: plain.leveled }

  function hook(call: HookCall): PromiseLike<unknown> {
    const store = storage.getStore()
    const { transaction } = call.__internalParams
    if (!store) {
      const send = () => call.query(call.args ?? {})
      const level = plain.levelOf(transaction)
      return level ? inTurn(level, call, send) : send()
    }
    if ('answer' in store) {
      store.answer = transaction
      return Promise.resolve(0)
    }
    const { root } = store
    if (transaction && transaction.id !== root.handle.id) throw nested()
    if (store.ended) {
      throw new DbError(
        'TRANSACTION_ENDED',
        'This call began after its transaction had ended: an await is missing',
      )
    }
    const send = () => (transaction ? call.query(call.args ?? {}) : queryIn(root.handle, call))
    return inTurn(store, call, send)
  }

  function inTurn<T>(level: Level, { operation }: HookCall, send: () => PromiseLike<T>): PromiseLike<T> {
    // An extension may make other calls for one, which cannot wait for it.
    if (served.getStore() === level) return send()
    return level.call(() => served.run(level, send), operation === 'findUnique')
  }
}

function nested(): DbError {
  return new DbError('NESTED_TRANSACTION', 'Another transaction inside uow.run: use uow.run or uow.savepoint')
}
