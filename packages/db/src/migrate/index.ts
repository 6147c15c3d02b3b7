export { migrate } from './migrate.ts'

export type { MigrationAdapter } from './adapter.ts'
