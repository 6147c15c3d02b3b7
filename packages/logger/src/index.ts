export type { LoggerOptions, ScopedLogger, ScopeFields } from './create-logger.ts'
export { createLogger } from './create-logger.ts'
export { sensitiveEndings, sensitiveKeys } from './sensitive-keys.ts'
