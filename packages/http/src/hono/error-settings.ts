import type { Translator } from '@fastkit/contracts'
import type { Context } from 'hono'
import type { ErrorTextOptions } from '../error-texts.ts'

/** What `installErrorHandling` was told, for those who answer or report an error themselves. */
export interface ErrorSettings {
  /** Whether errors are RFC 9457; absent, the client decides. */
  readonly problem: boolean | undefined
  readonly translator: Translator | undefined
  readonly locale: (c: Context) => string | undefined
  /** Answers anything that was thrown, and logs it where that is due. Never throws. */
  answer(c: Context, thrown: unknown): Response
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

/** Where the texts for this request come from. @throws what `locale` throws */
export function errorTextOptions(
  c: Context,
  settings: ErrorSettings | undefined = errorSettingsOf(c),
): ErrorTextOptions {
  return settings?.translator ? { translator: settings.translator, locale: settings.locale(c) } : {}
}
