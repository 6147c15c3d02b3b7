export type { LoggerOptions, ScopedLogger, ScopeFields } from './create-logger.ts'
export { createLogger } from './create-logger.ts'
export { sensitiveKeys } from './redact.ts'
