export type { RequestScopeOptions } from './request-scope.ts'
export { requestScope } from './request-scope.ts'
