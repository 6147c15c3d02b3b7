/** What goes wrong with the statement whose turn it is. */
export interface Fault {
  /** From 1; 0 for none. */
  at: number
  /**
   * `statement`: it alone fails, and is not sent; what begins and ends transactions does not count.
   * `connection`: it and everything after it in its transaction fails, and the database rolls back.
   * `answer`: as `connection`, but what it asked for was done.
   */
  kind: 'statement' | 'connection' | 'answer'
  /** Statements so far. */
  count: number
}

interface Connection {
  queryRaw(query: { readonly sql: string }): Promise<unknown>
  executeRaw(query: { readonly sql: string }): Promise<unknown>
  startTransaction(isolation?: string): Promise<object>
  commit(): Promise<void>
  rollback(): Promise<void>
  createSavepoint(name: string): Promise<void>
  rollbackToSavepoint(name: string): Promise<void>
  releaseSavepoint(name: string): Promise<void>
  readonly options: { readonly usePhantomQuery: boolean }
}

/** Counts what a driver adapter sends, in its order, and has one statement of it fail. */
export function faultyAdapter<Adapter extends { connect(): Promise<object> }>(
  adapter: Adapter,
  fault: Fault,
): Adapter {
  return replaced(adapter, { connect: async () => faulty(await adapter.connect(), fault) })
}

function faulty(connection: object, fault: Fault): object {
  const real = connection as Connection
  let isLost = false

  return replaced(connection, {
    queryRaw: (query: { readonly sql: string }) => send(query.sql, () => real.queryRaw(query)),
    executeRaw: (query: { readonly sql: string }) => send(query.sql, () => real.executeRaw(query)),
    startTransaction: async (isolation?: string) =>
      faulty((await send('BEGIN', () => real.startTransaction(isolation))) as object, fault),
    createSavepoint: (name: string) => send('SAVEPOINT', () => real.createSavepoint(name)),
    rollbackToSavepoint: (name: string) => send('ROLLBACK TO', () => real.rollbackToSavepoint(name)),
    releaseSavepoint: (name: string) => send('RELEASE', () => real.releaseSavepoint(name)),
    // Without `usePhantomQuery`, Prisma has sent the statement itself, and this only gives the connection back.
    commit: () => (real.options.usePhantomQuery ? send('COMMIT', () => real.commit()) : real.commit()),
    rollback: () =>
      real.options.usePhantomQuery ? send('ROLLBACK', () => real.rollback()) : real.rollback(),
  })

  async function send<T>(sql: string, statement: () => Promise<T>): Promise<T> {
    const [word = ''] = sql.trim().split(/\s/)
    const isControl = ['BEGIN', 'COMMIT', 'ROLLBACK', 'SAVEPOINT', 'RELEASE'].includes(word.toUpperCase())
    const isTurn = (fault.kind !== 'statement' || !isControl) && ++fault.count === fault.at
    if (!isLost && !isTurn) return statement()
    if (isTurn && fault.kind !== 'statement') {
      isLost = true
      if (fault.kind === 'answer') await statement()
    }
    // A connection that is lost ends its transaction.
    if (isLost && /^(COMMIT|ROLLBACK)$/i.test(sql.trim()) && fault.kind !== 'answer') await undo()
    throw new Error(`the fault at statement ${fault.at}`)
  }

  async function undo(): Promise<void> {
    if (real.options.usePhantomQuery) await real.rollback()
    else await real.executeRaw({ sql: 'ROLLBACK', args: [], argTypes: [] } as never)
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
