import { choiceOf } from './choice.ts'
import { type CompileOptions, compileMessage, type Message } from './compile-message.ts'
import { I18nError } from './errors.ts'
import { findNode } from './find-node.ts'
import type { Params } from './formats.ts'
import { lessSpecific, localeTag, maxLocaleLength, requireLocaleTag } from './locale-tag.ts'
import { createLocaleMatcher } from './match-locale.ts'
import { createMissingLog, type Missing, type MissingLog } from './missing-log.ts'

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

type Catalogs = Readonly<Record<string, object>>

export interface TextsOptions extends Pick<CompileOptions, 'formats' | 'mark'> {
  readonly catalogs: Catalogs
  /** Below the catalogues, the upper first. */
  readonly base: readonly Catalogs[]
  readonly defaultLocale: string
  readonly fallback: readonly string[]
  readonly onMissing: (missing: Missing) => void
}

/** Locales and keys may come from outside: when there are too many, all that are remembered are forgotten. */
const maxLocales = 200
const maxLooks = 2000
const maxKeyLength = 500

const noParams: Params = Object.freeze({})

/** @throws I18nError `LOCALE_INVALID`, `LOCALE_UNKNOWN`, `CATALOG_CONFLICT` */
export function createTexts({
  catalogs,
  base,
  defaultLocale,
  fallback,
  onMissing,
  ...options
}: TextsOptions): Texts {
  const locales = Object.keys(catalogs)
  const layers = [catalogs, ...base].map(byTag)
  // Languages that the base alone has are none of the app's: half of a page would be in another one.
  const { match } = createLocaleMatcher(locales.map(requireLocaleTag))
  const start = requireKnown(defaultLocale)
  const instead = fallback.map(requireKnown)
  const caches = new Map<string, Cache>()
  const views = new Map<string, LocaleTexts>()
  const nowhere = createCache(start, [])
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
    const first = own ?? instead[0]
    const cache = first === undefined ? nowhere : cacheOf(first)
    const tag = localeTag(asked) ?? cache.locale
    // British dates for a text that is English of no place, but no German dates in a text that is English.
    const formatLocale = languageOf(tag) === languageOf(cache.locale) ? tag : cache.locale
    return { write, has }

    function write(key: string, params: Params | undefined): string {
      const message = cache.messages.get(key) ?? fill(key, cache)
      return typeof message === 'string' ? message : message(params ?? noParams, formatLocale)
    }

    function has(key: string): boolean {
      return own !== undefined && (cache.has.get(key) ?? look(key, cache))
    }
  }

  /** Looks once for a key that is asked for over and over, whether it is there or not. */
  function look(key: string, { own, has }: Cache): boolean {
    if (typeof key !== 'string') return false
    const found = own.some((tag) => nodesOf(tag, key).some(isMessage))
    if (key.length > maxKeyLength) return found
    if (has.size >= maxLooks) has.clear()
    has.set(key, found)
    return found
  }

  /** Finds a message once, through its own language and then the fallbacks, so that later both cost the same. */
  function fill(key: string, cache: Cache): Message {
    if (typeof key !== 'string') return shown(String(key))
    if (cache.log.isKnown(key)) return shown(key)
    const found = compile(key, cache.own, cache) ?? compileFallback(key, cache)
    if (found === undefined) cache.log.report({ key, locale: cache.locale })
    else cache.messages.set(key, found)
    return found ?? shown(key)
  }

  /** A key may come from outside. One that is plainly a key stays as it is: so callers tell that it has no text. */
  function shown(key: string): string {
    return options.mark === undefined || /^[\w.-]*$/.test(key) ? key : options.mark(key)
  }

  function compileFallback(key: string, cache: Cache): Message | undefined {
    for (const tag of instead.flatMap(namesFor)) {
      const message = compile(key, [tag], cache)
      if (message === undefined) continue
      cache.log.report({ key, locale: cache.locale, used: tag })
      return typeof message === 'string' ? message : (params) => message(params, tag)
    }
    return undefined
  }

  function compile(key: string, tags: readonly string[], { locale, log }: Cache): Message | undefined {
    for (const tag of tags) {
      const node = nodesOf(tag, key).find(isMessage)
      const onMissingParam = (param: string) => log.report({ key, locale, used: tag, param })
      const message = compileMessage(node, { ...options, locale: tag, onMissingParam })
      if (message !== undefined) return message
    }
    return undefined
  }

  function cacheOf(locale: string): Cache {
    const cache = caches.get(locale) ?? createCache(locale, namesFor(locale))
    caches.set(locale, cache)
    return cache
  }

  function createCache(locale: string, own: readonly string[]): Cache {
    return { locale, own, messages: new Map(), has: new Map(), log: createMissingLog(onMissing) }
  }

  /** What a key leads to in the catalogue of a locale, and in those below it. */
  function nodesOf(tag: string, key: string): unknown[] {
    return layers.map((layer) => findNode(layer.get(tag), key))
  }

  function namesFor(tag: string): readonly string[] {
    return lessSpecific(tag).filter((each) => layers.some((layer) => layer.has(each)))
  }

  function requireKnown(locale: string): string {
    const found = match(requireLocaleTag(locale))
    if (found !== undefined) return found
    const known = locales.join(', ') || 'none'
    throw new I18nError('LOCALE_UNKNOWN', `There is no catalogue for "${locale}"; there are: ${known}`)
  }
}

/** What one catalogue was asked for so far, compiled. */
interface Cache {
  readonly locale: string
  /** The catalogue and those of less specific tags. */
  readonly own: readonly string[]
  readonly messages: Map<string, Message>
  readonly has: Map<string, boolean>
  readonly log: MissingLog
}

function byTag(catalogs: Catalogs): ReadonlyMap<string, object> {
  const names = Object.keys(catalogs)
  const layer = new Map(Object.entries(catalogs).map(([name, catalog]) => [requireLocaleTag(name), catalog]))
  if (layer.size === names.length) return layer
  throw new I18nError('CATALOG_CONFLICT', `Two of the catalogues are of the same locale: ${names.join(', ')}`)
}

function languageOf(tag: string): string | undefined {
  return tag.split('-')[0]
}

function isMessage(node: unknown): boolean {
  return typeof node === 'string' || choiceOf(node) !== undefined
}
