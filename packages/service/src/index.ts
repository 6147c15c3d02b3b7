export type { HooksOption } from './create-crud-service.ts'
export { createCrudService } from './create-crud-service.ts'
export type { CrudServiceOptions, ServiceRepository } from './crud-service.ts'
export { CrudService } from './crud-service.ts'
export type { ServiceErrorCode, ServiceErrorOptions } from './errors.ts'
export { codes, conflict, forbidden, invalid, notFound, ServiceError } from './errors.ts'
export type { Hooks } from './hooks.ts'
export type {
  AnyContext,
  BatchContext,
  BatchOperation,
  CallContext,
  CreateContext,
  DeleteContext,
  Operation,
  RestoreContext,
  UpdateContext,
} from './operation.ts'
export type {
  CallOptions,
  Once,
  OnceOptions,
  PreviousOperation,
  SharedOptions,
  WriteOptions,
} from './options.ts'
export type { ResponseOption } from './respond.ts'
export type { SlugOptions } from './slug/slugged.ts'
export type { ServiceClass, SlugSource } from './slug/with-slug.ts'
export { withSlug } from './slug/with-slug.ts'
export type { SyncCrudServiceOptions } from './sync-crud-service.ts'
export { SyncCrudService } from './sync-crud-service.ts'
export type { SyncHooks } from './sync-hooks.ts'
