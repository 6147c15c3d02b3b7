/**
 * Tells of everything a driver adapter sends to the database, in its order. Prisma's own log of queries leaves out
 * BEGIN and savepoints, and the hooks of an extension see calls rather than statements.
 */
export function watchedAdapter<Adapter extends AdapterFactory>(
  adapter: Adapter,
  onStatement: (sql: string) => void,
  onFailure: (sql: string, error: unknown) => void = () => {},
): Adapter {
  return replaced(adapter, { connect: async () => watched(await adapter.connect(), onStatement, onFailure) })
}

/** The part of Prisma's driver adapters that is watched. */
interface AdapterFactory {
  connect(): Promise<object>
}

interface Connection {
  queryRaw(query: { readonly sql: string }): Promise<unknown>
  executeRaw(query: { readonly sql: string }): Promise<unknown>
  /** Absent on a transaction, as the others below are on a connection. */
  startTransaction(isolation?: string): Promise<object>
  readonly options: { readonly usePhantomQuery: boolean }
  commit(): Promise<void>
  rollback(): Promise<void>
  createSavepoint(name: string): Promise<void>
  rollbackToSavepoint(name: string): Promise<void>
  releaseSavepoint(name: string): Promise<void>
}

function watched(
  connection: object,
  onStatement: (sql: string) => void,
  onFailure: (sql: string, error: unknown) => void,
): object {
  const real = connection as Connection
  return replaced(connection, {
    queryRaw: (query: { readonly sql: string }) => telling(query.sql, () => real.queryRaw(query)),
    executeRaw: (query: { readonly sql: string }) => telling(query.sql, () => real.executeRaw(query)),
    async startTransaction(isolation?: string) {
      onStatement('BEGIN')
      return watched(await real.startTransaction(isolation), onStatement, onFailure)
    },
    commit: () => ending('COMMIT', () => real.commit()),
    rollback: () => ending('ROLLBACK', () => real.rollback()),
    createSavepoint(name: string) {
      onStatement('SAVEPOINT')
      return real.createSavepoint(name)
    },
    rollbackToSavepoint(name: string) {
      onStatement('ROLLBACK TO SAVEPOINT')
      return real.rollbackToSavepoint(name)
    },
    releaseSavepoint(name: string) {
      onStatement('RELEASE SAVEPOINT')
      return real.releaseSavepoint(name)
    },
  })

  async function telling(sql: string, send: () => Promise<unknown>): Promise<unknown> {
    onStatement(sql)
    try {
      return await send()
    } catch (error) {
      onFailure(sql, error)
      throw error
    }
  }

  /** Without `usePhantomQuery`, Prisma has sent the statement itself. */
  function ending(sql: string, end: () => Promise<void>): Promise<void> {
    if (real.options.usePhantomQuery) onStatement(sql)
    return end()
  }
}

/** The object, with some of the methods it has replaced. */
function replaced<T extends object>(object: T, methods: Readonly<Record<string, unknown>>): T {
  return new Proxy(object, {
    get(target, name) {
      const own: unknown = Reflect.get(target, name, target)
      if (typeof own !== 'function') return own
      return methods[String(name)] ?? own.bind(target)
    },
  })
}
