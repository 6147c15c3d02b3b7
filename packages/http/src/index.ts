export type { RequestOrigin, TrustedProxies } from './client-ip/client-ip.ts'
export { clientIpFinder, clientNetwork } from './client-ip/client-ip.ts'
export type { ThrownDescription } from './describe-thrown.ts'
export { describeThrown } from './describe-thrown.ts'
export type {
  CursorPagination,
  EnvelopeOptions,
  Failure,
  FailureOptions,
  PageBody,
  PageRows,
  Pagination,
  SlicePagination,
  Success,
  WireIssue,
} from './envelope.ts'
export { cursorPageBody, failure, pageBody, success } from './envelope.ts'
export type { ErrorResponse, ErrorResponseOptions } from './error-response.ts'
export { errorResponse, isAppError } from './error-response.ts'
export type { ErrorTextOptions } from './error-texts.ts'
export type { HttpErrorCode, HttpErrorOptions } from './errors.ts'
export { codes, HttpError } from './errors.ts'
export type { HealthCheck, HealthOptions, ReadinessOptions } from './health.ts'
export { checkHealth, readiness } from './health.ts'
export type { MemoryIdempotencyStoreOptions } from './idempotency/memory-store.ts'
export { memoryIdempotencyStore } from './idempotency/memory-store.ts'
export type { Lifecycle, LifecycleOptions } from './lifecycle.ts'
export { createLifecycle } from './lifecycle.ts'
export type { FieldOptions, FilterField, JsonSchema } from './list-query/fields.ts'
export { bool, date, decimal, field, int, oneOf, text, uuid } from './list-query/fields.ts'
export type {
  AnyFields,
  FilterOf,
  ListParameters,
  ListQuery,
  ListQueryOptions,
  ListRequest,
  PagingMode,
} from './list-query/list-query.ts'
export { listQuery } from './list-query/list-query.ts'
export type {
  FilterLookup,
  LookupValue,
  MembershipLookup,
  OrderedLookup,
  TextLookup,
} from './list-query/lookups.ts'
export type { QueryParameter } from './list-query/parameters.ts'
export type { Problem } from './problem.ts'
export { problem } from './problem.ts'
export type { MemoryRateLimitStoreOptions } from './rate-limit/memory-store.ts'
export { memoryRateLimitStore } from './rate-limit/memory-store.ts'
export type { RateLimitPolicy, RateLimitState } from './rate-limit/policies.ts'
export { schemaErrors } from './schema-errors.ts'
export type { ErrorStatus } from './status.ts'
export { statusOf } from './status.ts'
export type { Wire } from './wire.ts'
export { toJson } from './wire.ts'
