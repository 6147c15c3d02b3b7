export type { TestDatabase } from './create-database.ts'
export { createDatabase } from './create-database.ts'
export type {} from './provided.ts'
