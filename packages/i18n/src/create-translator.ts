import type { LocaleContext } from '@fastkit/contracts'
import { createFormats, requireTimeZone } from './formats.ts'
import type { Missing } from './missing-log.ts'
import type { Params } from './params.ts'
import { createTexts, type LocaleTexts, type Texts } from './texts.ts'
import type { LocaleTranslator, TranslateOptions, TypedTranslator } from './translator.ts'

export interface TranslatorOptions<Catalogs, Default> {
  /**
   * Texts by locale, `{ en, de }`: nested objects as JSON files have them. They are read as they are asked for: do not
   * change them afterwards, but `replace` them.
   */
  readonly catalogs: Catalogs
  /**
   * Texts below the catalogues, of packages for instance: they count key by key where a catalogue of the same locale
   * has none, and the first that has one wins. They add no locales, and no keys to the types. @default none
   */
  readonly base?: readonly Readonly<Record<string, object>>[]
  /** The locale where none is at hand; keys and parameters have their types from its catalogue. */
  readonly defaultLocale: Default
  /** Where to look for a text that a locale lacks, in this order; `[]` for nowhere. @default the default locale */
  readonly fallback?: readonly string[]
  /** Says which locale is at hand. @default always the default locale */
  readonly locale?: Pick<LocaleContext, 'current'>
  /** The time zone of `date`, `time` and `datetime`, `'Europe/Berlin'`. @default 'UTC' */
  readonly timeZone?: string
  /**
   * Passes the text of every parameter through, and a key without a text that has more in it than letters, digits, `_`,
   * `.` and `-`: `escapeHtml` for pages, `isolateDirection` for Arabic or Hebrew. @default nothing
   */
  readonly mark?: (text: string) => string
  /** Hears once of every key and parameter a locale lacks; of at most 1000 for each locale. @default nobody */
  readonly onMissing?: (missing: Missing) => void
}

/**
 * Makes a translator over catalogues. A message is compiled when it is first asked for, and then costs a look-up.
 *
 * Safe to share between requests: what a call depends on is its arguments and the locale at hand.
 *
 * @throws I18nError `LOCALE_INVALID` for a name that is no language tag, `LOCALE_UNKNOWN` for a default or fallback
 *   without a catalogue, `CATALOG_CONFLICT` for two catalogues of one locale, `TIME_ZONE_UNKNOWN`
 */
export function createTranslator<
  const Catalogs extends Readonly<Record<string, object>>,
  const Default extends keyof Catalogs & string,
>({
  catalogs,
  base = [],
  defaultLocale,
  fallback = [defaultLocale],
  locale: context,
  timeZone = 'UTC',
  mark,
  onMissing = () => undefined,
}: TranslatorOptions<Catalogs, Default>): TypedTranslator<Catalogs[Default]> {
  requireTimeZone(timeZone)
  const formats = createFormats({ timeZone })
  let texts = textsOf(catalogs)
  const translator: Untyped = {
    t: (key, params, options) => texts.of(options?.locale ?? atHand()).write(key, params),
    has: (key, locale = atHand()) => texts.of(locale).has(key),
    for: (locale) => createLocaleTranslator(locale, () => texts),
    get locales() {
      return texts.locales
    },
    replace: (others) => {
      texts = textsOf(others)
    },
  }
  return translator as TypedTranslator<Catalogs[Default]>

  function atHand(): string {
    return context === undefined ? defaultLocale : context.current()
  }

  function textsOf(of: Readonly<Record<string, object>>): Texts {
    return createTexts({ catalogs: of, base, defaultLocale, fallback, formats, mark, onMissing })
  }
}

interface Untyped extends Omit<TypedTranslator<object>, 't' | 'for'> {
  t(key: string, params?: Params, options?: TranslateOptions): string
  for(locale: string): Omit<LocaleTranslator<object>, 't'> & { t(key: string, params?: Params): string }
}

function createLocaleTranslator(locale: string, newest: () => Texts): ReturnType<Untyped['for']> {
  let [texts, view] = [newest(), newest().of(locale)]
  return { locale, t: (key, params) => current().write(key, params), has: (key) => current().has(key) }

  function current(): LocaleTexts {
    if (texts !== newest()) {
      texts = newest()
      view = texts.of(locale)
    }
    return view
  }
}
