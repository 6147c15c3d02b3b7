/** The part of a Prisma 7 driver adapter that migrations need. PrismaLibSql, PrismaPg and PrismaMariaDb fit as they are. */
export interface MigrationAdapter {
  connect(): Promise<Connection>
}

export interface Connection extends Queryable {
  readonly provider: string
  /** Runs a whole script on this connection. Not every adapter can. */
  executeScript(script: string): Promise<void>
  startTransaction(): Promise<TransactionConnection>
  dispose(): Promise<void>
  /** The schema the adapter was told to use, where there are schemas. */
  getConnectionInfo?(): { readonly schemaName?: string }
}

export interface Queryable {
  queryRaw(query: RawQuery): Promise<{ readonly rows: unknown[][] }>
  executeRaw(query: RawQuery): Promise<number>
}

export interface TransactionConnection extends Queryable {
  /** Where `usePhantomQuery` is false, the caller sends COMMIT and ROLLBACK itself. */
  readonly options: { readonly usePhantomQuery: boolean }
  commit(): Promise<void>
  rollback(): Promise<void>
}

interface RawQuery {
  sql: string
  args: unknown[]
  argTypes: never[]
}

export function execute(on: Queryable, sql: string): Promise<number> {
  return on.executeRaw({ sql, args: [], argTypes: [] })
}

export async function select(on: Queryable, sql: string): Promise<unknown[][]> {
  return (await on.queryRaw({ sql, args: [], argTypes: [] })).rows
}

export async function commit(transaction: TransactionConnection): Promise<void> {
  if (!transaction.options.usePhantomQuery) await execute(transaction, 'COMMIT')
  await transaction.commit()
}

export async function rollback(transaction: TransactionConnection): Promise<void> {
  if (!transaction.options.usePhantomQuery) await execute(transaction, 'ROLLBACK')
  await transaction.rollback()
}

/** A string literal in standard SQL, for names and hashes that this package made or read from a folder. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
