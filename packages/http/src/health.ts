import type { Issue, Logger } from '@fastkit/contracts'
import { describeThrown } from './describe-thrown.ts'
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
        logger?.warn({ err: describeThrown(error), check: name }, 'Health check failed')
        return [{ path: [name], code: 'DOWN', message: 'Is not available' }]
      }
    }),
  )
  const failed = issues.flat()
  if (failed.length > 0) throw notReady(failed)
}

export interface ReadinessOptions extends HealthOptions {
  /** How long a result holds, good or bad; whoever asks meanwhile gets it. @default 1000 */
  readonly cacheMs?: number
  /** Not ready from the moment it drains, whatever the checks say. @default none */
  readonly lifecycle?: { readonly draining: boolean }
  /** Source of time, milliseconds, never backwards. @default performance.now */
  readonly now?: () => number
}

/**
 * Makes a function that runs `checkHealth`, but not more often than once in `cacheMs`, and never twice at a time: many
 * who ask are no load for what is checked.
 */
export function readiness(
  checks: Readonly<Record<string, HealthCheck>>,
  options: ReadinessOptions = {},
): () => Promise<void> {
  const { cacheMs = 1000, lifecycle, now = () => performance.now() } = options
  let last: Promise<void> | undefined
  let endsAtMs = Infinity
  return async function checkReadiness() {
    if (lifecycle?.draining)
      throw notReady([{ path: ['lifecycle'], code: 'DRAINING', message: 'Is stopping' }])
    if (last === undefined || now() >= endsAtMs) {
      endsAtMs = Infinity
      last = checkHealth(checks, options).finally(() => {
        endsAtMs = now() + cacheMs
      })
    }
    return last
  }
}

function notReady(issues: Issue[]): HttpError {
  return new HttpError('NOT_READY', 'Not ready to serve', { issues })
}
