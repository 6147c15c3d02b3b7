import { DbError } from '../errors.ts'
import { isolateTransaction, type SqliteTransaction } from './isolate-transaction.ts'
import { createTurns, type Turns } from './turns.ts'

/** The part of a SQLite driver adapter that is guarded. `PrismaBetterSqlite3` and `PrismaLibSql` fit as they are. */
export interface SqliteAdapterFactory<Connection extends SqliteConnection> {
  readonly provider: 'sqlite'
  readonly adapterName: string
  connect(): Promise<Connection>
}

export interface SqliteConnection {
  queryRaw(query: never): Promise<unknown>
  executeRaw(query: never): Promise<number>
  executeScript(script: string): Promise<void>
  startTransaction(isolationLevel?: never): Promise<SqliteTransaction>
  dispose(): Promise<void>
}

export interface IsolateSqliteOptions {
  /**
   * How long a query or a transaction waits for the open one to end, before it fails with `DATABASE_BUSY`.
   * @default 5000
   */
  readonly waitMs?: number
}

/**
 * Keeps queries out of transactions that they are not part of, where an adapter has one connection for everything.
 *
 * `PrismaBetterSqlite3` runs a query that is made outside of an open transaction *inside* it: it sees rows that were
 * never committed, and what it wrote is lost when the transaction rolls back, after it had succeeded. Guarded, it
 * waits until the transaction has ended; transactions take turns in the order they were asked for, and savepoints
 * work as before. Awaiting an outside query within the transaction's own callback therefore ends in `DATABASE_BUSY`.
 *
 * `PrismaLibSql` keeps transactions apart by itself. Guarded, its queries no longer wait for ever.
 *
 * @example
 * const adapter = isolateSqlite(new PrismaBetterSqlite3({ url: 'file:app.db' }))
 */
export function isolateSqlite<Connection extends SqliteConnection>(
  factory: SqliteAdapterFactory<Connection>,
  { waitMs = 5000 }: IsolateSqliteOptions = {},
): SqliteAdapterFactory<Connection> {
  return {
    provider: factory.provider,
    adapterName: `isolateSqlite(${factory.adapterName})`,
    async connect() {
      const connection = await factory.connect()
      return isolated(connection, createTurns({ waitMs, late: busy }))
    },
  }
}

/** The connection itself, apart from the methods that have to take turns. */
function isolated<Connection extends SqliteConnection>(connection: Connection, turns: Turns): Connection {
  const guarded: SqliteConnection = {
    queryRaw: (query) => inTurn(() => connection.queryRaw(query)),
    executeRaw: (query) => inTurn(() => connection.executeRaw(query)),
    executeScript: (script) => inTurn(() => connection.executeScript(script)),
    startTransaction,
    dispose() {
      turns.close()
      return connection.dispose()
    },
  }
  return new Proxy(connection, {
    get(target, key) {
      if (Object.hasOwn(guarded, key)) return guarded[key as keyof SqliteConnection]
      const value: unknown = Reflect.get(target, key, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })

  async function inTurn<T>(run: () => Promise<T>): Promise<T> {
    const end = await turns.take()
    try {
      return await run()
    } finally {
      end()
    }
  }

  async function startTransaction(isolationLevel?: never): Promise<SqliteTransaction> {
    const end = await turns.take()
    try {
      return isolateTransaction(await connection.startTransaction(isolationLevel), end)
    } catch (error) {
      end()
      throw error
    }
  }
}

function busy(): DbError {
  const message = 'Another transaction was open on this SQLite connection for too long'
  return new DbError('DATABASE_BUSY', message, { retryAfterMs: 1000 })
}
