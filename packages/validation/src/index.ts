export type { ValidationErrorCode, ValidationErrorOptions } from './errors.ts'
export { codes, ValidationError } from './errors.ts'
export type { Validated } from './validate.ts'
export { safeValidate, safeValidateAsync, validate, validateAsync } from './validate.ts'
