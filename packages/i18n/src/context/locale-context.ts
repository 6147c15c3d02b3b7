import { AsyncLocalStorage } from 'node:async_hooks'
import type { LocaleContext } from '@fastkit/contracts'
import { I18nError } from '../errors.ts'
import { createLocaleMatcher } from '../match-locale.ts'

export interface LocaleContextOptions {
  /** The locale outside of `run`, and of a `run` in a locale that is not supported. */
  readonly default: string
  readonly supported: readonly string[]
}

/** The locale of the code at hand, always one of those an app supports. */
export interface AppLocaleContext extends LocaleContext {
  readonly default: string
  readonly supported: readonly string[]
}

/**
 * Carries a locale along, through everything that is awaited. One context is enough for an app: translator,
 * validation and translatable columns take it as an argument.
 *
 * `run` takes any text for a locale: `de-AT` runs as `de` where only that is supported, and nonsense as the default.
 *
 * @throws I18nError `LOCALE_INVALID`, `LOCALE_UNKNOWN` when the default is not supported
 */
export function createLocaleContext(options: LocaleContextOptions): AppLocaleContext {
  const { default: otherwise, supported } = options
  const { match } = createLocaleMatcher(supported)
  if (!supported.includes(otherwise)) {
    throw new I18nError('LOCALE_UNKNOWN', `The default "${otherwise}" is not among ${supported.join(', ')}`)
  }
  const storage = new AsyncLocalStorage<string>()
  return {
    default: otherwise,
    supported: Object.freeze([...supported]),
    current: () => storage.getStore() ?? otherwise,
    run: (locale, fn) => storage.run(supported.includes(locale) ? locale : (match(locale) ?? otherwise), fn),
  }
}
