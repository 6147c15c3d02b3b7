/**
 * Whether a Prisma 7 client sits on `PrismaBetterSqlite3` without `isolateSqlite`, so that a query may be lost in a
 * transaction of somebody else. Extended clients and those of transactions answer the same.
 */
export function isUnguardedBetterSqlite(client: object): boolean {
  const { _engineConfig: config } = client as { _engineConfig?: { adapter?: { adapterName?: unknown } } }
  return config?.adapter?.adapterName === '@prisma/adapter-better-sqlite3'
}
