import type { Issue, Logger } from '@fastkit/contracts'
import { HttpError } from './errors.ts'
import { withTimeout } from './with-timeout.ts'

/** Fails, by throwing or rejecting, when what it looks at cannot be used. Its result does not matter. */
export type HealthCheck = () => unknown

export interface HealthOptions {
  /** How long one check may take before it counts as failed. @default 2000 */
  readonly timeoutMs?: number
  /** Hears why a check failed; the client only learns which. @default nobody */
  readonly logger?: Logger
}

/**
 * Runs all checks side by side.
 *
 * @throws HttpError `NOT_READY` with one issue for each check that failed
 */
export async function checkHealth(
  checks: Readonly<Record<string, HealthCheck>>,
  { timeoutMs = 2000, logger }: HealthOptions = {},
): Promise<void> {
  const issues = await Promise.all(
    Object.entries(checks).map(async ([name, check]): Promise<Issue[]> => {
      try {
        await withTimeout(check, timeoutMs)
        return []
      } catch (error) {
        logger?.warn({ err: error, check: name }, 'Health check failed')
        return [{ path: [name], code: 'DOWN', message: 'Is not available' }]
      }
    }),
  )
  const failed = issues.flat()
  if (failed.length > 0) throw new HttpError('NOT_READY', 'Not ready to serve', { issues: failed })
}
