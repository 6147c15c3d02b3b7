export type { DbTexts } from './db-texts.ts'
export { dbTexts } from './db-texts.ts'
