import type { LocaleContext } from '@fastkit/contracts'

/** The locale of the code at hand, always one of those an app supports. */
export interface SupportedLocales extends LocaleContext {
  readonly default: string
  readonly supported: readonly string[]
}
