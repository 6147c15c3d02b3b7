/** The part of an adapter's transaction that tells when it ends. */
export interface SqliteTransaction {
  executeRaw(query: never): Promise<number>
  commit(): Promise<void>
  rollback(): Promise<void>
  /** Whether `commit()` and `rollback()` send their statements. Otherwise Prisma does, before it calls them. */
  readonly options: { readonly usePhantomQuery: boolean }
}

/**
 * Calls `end` once the transaction has left the connection.
 *
 * When COMMIT fails, because another process reads the file, Prisma sends no ROLLBACK. The transaction would stay
 * open on the one connection, and swallow every query that comes after it.
 */
export function isolateTransaction<Transaction extends SqliteTransaction>(
  transaction: Transaction,
  end: () => void,
): Transaction {
  let open = true
  const guarded: SqliteTransaction = {
    async executeRaw(query) {
      const changed = await transaction.executeRaw(query)
      const { sql } = query as { sql: string }
      if (sql === 'COMMIT' || sql === 'ROLLBACK') open = false
      return changed
    },
    commit: () => ending(() => transaction.commit()),
    rollback: () => ending(() => transaction.rollback()),
    options: transaction.options,
  }
  return new Proxy(transaction, {
    get(target, key) {
      if (Object.hasOwn(guarded, key)) return guarded[key as keyof SqliteTransaction]
      const value: unknown = Reflect.get(target, key, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })

  async function ending(finish: () => Promise<void>): Promise<void> {
    try {
      if (open && !transaction.options.usePhantomQuery) await leave()
      await finish()
    } finally {
      end()
    }
  }

  async function leave(): Promise<void> {
    open = false
    const rollback = { sql: 'ROLLBACK', args: [], argTypes: [] }
    // It fails when SQLite has already rolled back by itself, as it does on a full disk.
    await transaction.executeRaw(rollback as never).catch(() => undefined)
  }
}
