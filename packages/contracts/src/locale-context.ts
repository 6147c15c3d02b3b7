/** The locale of the code at hand, a request's for instance: `'de'`, `'sr-Latn-RS'`. */
export interface LocaleContext {
  current(): string
  /** Runs a function in another locale, with everything it awaits. */
  run<T>(locale: string, fn: () => T): T
}
