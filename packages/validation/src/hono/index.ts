export type { ValidationFailure } from './answering.ts'
export type { ValidatedInput } from './validated.ts'
export { validated } from './validated.ts'
