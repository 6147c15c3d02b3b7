import { type Catalogs, createCatalogLayers } from './catalog-layers.ts'
import type { CompileOptions } from './compile-message.ts'
import { type CompiledTexts, createCompiledTexts } from './compiled-texts.ts'
import { I18nError } from './errors.ts'
import { localeTag, maxLocaleLength, requireLocaleTag } from './locale-tag.ts'
import { createLocaleMatcher } from './match-locale.ts'
import type { Missing } from './missing-log.ts'
import type { Params } from './params.ts'

/** One set of catalogues, which never changes: a reload makes another. */
export interface Texts {
  readonly locales: readonly string[]
  /** The texts as one locale sees them. Any text will do for a locale. */
  of(locale: string): LocaleTexts
}

export interface LocaleTexts {
  write(key: string, params: Params | undefined): string
  has(key: string): boolean
}

export interface TextsOptions extends Pick<CompileOptions, 'formats' | 'mark'> {
  readonly catalogs: Catalogs
  /** Below the catalogues, the upper first. */
  readonly base: readonly Catalogs[]
  readonly defaultLocale: string
  readonly fallback: readonly string[]
  readonly onMissing: (missing: Missing) => void
}

/** Locales may come from outside: when there are too many, all that are remembered are forgotten. */
const maxLocales = 200

const noParams: Params = Object.freeze({})

/** @throws I18nError `LOCALE_INVALID`, `LOCALE_UNKNOWN`, `CATALOG_CONFLICT` */
export function createTexts({ catalogs, base, defaultLocale, fallback, ...options }: TextsOptions): Texts {
  const locales = Object.keys(catalogs)
  const layers = createCatalogLayers([catalogs, ...base])
  // Languages that the base alone has are none of the app's: half of a page would be in another one.
  const { match } = createLocaleMatcher(locales.map(requireLocaleTag))
  const start = requireKnown(defaultLocale)
  const fallbacks = fallback.map(requireKnown)
  const fallbackTags = fallbacks.flatMap(layers.tagsFor)
  const compiled = new Map<string, CompiledTexts>()
  const views = new Map<string, LocaleTexts>()
  const nowhere = createCompiledTexts(start, { ...options, layers, tags: [], fallbackTags })
  return { locales, of }

  function of(locale: string): LocaleTexts {
    const known = views.get(locale)
    if (known !== undefined) return known
    const view = createView(locale)
    if (typeof locale !== 'string' || locale.length > maxLocaleLength) return view
    if (views.size >= maxLocales) views.clear()
    views.set(locale, view)
    return view
  }

  function createView(asked: string): LocaleTexts {
    const own = match(asked)
    const first = own ?? fallbacks[0]
    const texts = first === undefined ? nowhere : compiledFor(first)
    const tag = localeTag(asked) ?? texts.locale
    // British dates for a text that is English of no place, but no German dates in a text that is English.
    const formatLocale = languageOf(tag) === languageOf(texts.locale) ? tag : texts.locale
    return { write, has: (key) => own !== undefined && texts.has(key) }

    function write(key: string, params: Params | undefined): string {
      const message = texts.message(key)
      return typeof message === 'string' ? message : message(params ?? noParams, formatLocale)
    }
  }

  function compiledFor(locale: string): CompiledTexts {
    const known = compiled.get(locale)
    if (known !== undefined) return known
    const made = createCompiledTexts(locale, {
      ...options,
      layers,
      tags: layers.tagsFor(locale),
      fallbackTags,
    })
    compiled.set(locale, made)
    return made
  }

  function requireKnown(locale: string): string {
    const found = match(requireLocaleTag(locale))
    if (found !== undefined) return found
    const known = locales.join(', ') || 'none'
    throw new I18nError('LOCALE_UNKNOWN', `There is no catalogue for "${locale}"; there are: ${known}`)
  }
}

function languageOf(tag: string): string | undefined {
  return tag.split('-')[0]
}
