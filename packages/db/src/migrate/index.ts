export type { MigrationAdapter } from './adapter.ts'
export { migrate } from './migrate.ts'
