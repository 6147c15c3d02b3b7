import type {} from 'vitest'

declare module 'vitest' {
  /** What `inject()` gives to a test. A URL is undefined when this machine has no such server. */
  interface ProvidedContext {
    redisUrl: string | undefined
    postgresqlUrl: string | undefined
    mariadbUrl: string | undefined
  }
}
