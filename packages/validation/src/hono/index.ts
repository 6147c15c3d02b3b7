export type { ValidatedInput } from './validated.ts'
export { validated } from './validated.ts'
export type { ValidationFailure } from './with-response.ts'
