import type { Context } from 'hono'

/** What `installErrorHandling` was told, for those who answer or report an error themselves. */
export interface ErrorSettings {
  /** Whether errors are RFC 9457; absent, the client decides. */
  readonly problem?: boolean | undefined
  /** Hands an error to the log. */
  report(c: Context, thrown: unknown, status: number): void
}

const key = '~fastkit.errors'

export function setErrorSettings(c: Context, settings: ErrorSettings): void {
  c.set(key, settings)
}

/** `undefined` in an app without `installErrorHandling`. */
export function errorSettingsOf(c: Context): ErrorSettings | undefined {
  return c.get(key)
}
