export type { IsolateSqliteOptions, SqliteAdapterFactory, SqliteConnection } from './isolate-sqlite.ts'
export { isolateSqlite } from './isolate-sqlite.ts'
export type { SqliteTransaction } from './isolate-transaction.ts'
