export { installErrorHandling } from './error-handling.ts'
export { healthRoutes } from './health.ts'
export { requestId } from './request-id.ts'
export { created, noContent, ok, page } from './responses.ts'

export type { ErrorHandlingOptions } from './error-handling.ts'
export type { RequestIdOptions } from './request-id.ts'
export type { JsonResponse } from './responses.ts'
