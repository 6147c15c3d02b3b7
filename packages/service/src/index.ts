export { CrudService } from './crud-service.ts'
export { codes, conflict, forbidden, invalid, notFound, ServiceError } from './errors.ts'
export { CrudHooks } from './hooks.ts'

export type { CrudServiceOptions } from './crud-service.ts'
export type { ServiceErrorOptions } from './errors.ts'
export type { HookContext, Operation } from './hooks.ts'
