import type { MessageArguments, MessageKey } from './message-types.ts'

export interface TranslateOptions {
  /** Beats the locale at hand. @default the locale at hand */
  readonly locale?: string
}

/** Returns the text of a key in one locale. */
export type Translate<Messages extends object> = <const Key extends MessageKey<Messages>>(
  key: Key,
  ...params: MessageArguments<Messages, Key, []>
) => string

/** The texts of one locale. */
export interface LocaleTranslator<Messages extends object> {
  readonly locale: string
  readonly t: Translate<Messages>
  has(key: string): boolean
}

/** Texts by key, whose parameters are typed as far as the texts are known. Its functions can be passed on alone. */
export interface TypedTranslator<Messages extends object> {
  /**
   * Returns the text of a key, in the first locale that has it: the one asked for, its less specific forms, the
   * fallbacks. Where none has it, the key itself. A parameter that is not given stays visible, `{name}`.
   *
   * Throws only what `onMissing` throws.
   */
  t<const Key extends MessageKey<Messages>>(
    key: Key,
    ...rest: MessageArguments<Messages, Key, [options?: TranslateOptions]>
  ): string
  /** The same for one locale, without asking which one each time. A reload reaches it. */
  for(locale: string): LocaleTranslator<Messages>
  /** Tells whether a locale or a less specific form of it has a text; fallbacks do not count. */
  has(key: string, locale?: string): boolean
  /** The names of the catalogues, as they were given. */
  readonly locales: readonly string[]
  /**
   * Takes other catalogues from now on. A call has its text from the old ones or from the new, never from both.
   *
   * @throws I18nError as `createTranslator` does; then the old ones stay
   */
  replace(catalogs: Readonly<Record<string, object>>): void
}
