import type { Context, MiddlewareHandler } from 'hono'
import { getCookie } from 'hono/cookie'
import type { AppLocaleContext } from '../context/locale-context.ts'
import { createLocaleMatcher } from '../match-locale.ts'
import { createNegotiator } from '../negotiate.ts'
import type { Translate, TypedTranslator } from '../translator.ts'
import { describeLanguage } from './describe-language.ts'

export interface LocaleOptions {
  /** The query parameter that chooses a locale; `false` for none. @default 'lang' */
  readonly query?: string | false
  /** The cookie that chooses one, where the query does not; `false` for none. @default 'locale' */
  readonly cookie?: string | false
  /** Whether `Accept-Language` decides where nothing was chosen. @default true */
  readonly header?: boolean
}

export interface TranslatorOption<Messages extends object> {
  /** Handed to the routes below as `c.var.t`, in the locale of the request. */
  readonly translator: Pick<TypedTranslator<Messages>, 'for'>
}

/**
 * Decides the locale of each request and runs the rest of it in that locale: `c.var.locale`, and what the context
 * reaches. What a user chose comes first, a choice that is not supported counts as none.
 *
 * Answers say `Content-Language`, unless they say it themselves, and `Vary` by what was looked at.
 */
export function locale(
  context: AppLocaleContext,
  options?: LocaleOptions,
): MiddlewareHandler<{ Variables: { locale: string } }>
export function locale<Messages extends object>(
  context: AppLocaleContext,
  options: LocaleOptions & TranslatorOption<Messages>,
): MiddlewareHandler<{ Variables: { locale: string; t: Translate<Messages> } }>
export function locale(
  context: AppLocaleContext,
  options: LocaleOptions & Partial<TranslatorOption<object>> = {},
): MiddlewareHandler {
  const { translator } = options
  const sources = sourcesOf(context, options)
  return async function locale(c, next) {
    const { locale, vary } = decide(c, sources)
    c.set('locale', locale ?? context.default)
    if (translator) c.set('t', translator.for(c.get('locale')).t)
    await context.run(c.get('locale'), next)
    describeLanguage(c, c.get('locale'), vary)
  }
}

/** A place to find a locale in, and the request header to vary by where it was looked at. */
interface Source {
  readonly vary?: string
  find(c: Context): string | undefined
}

function sourcesOf(
  { supported }: AppLocaleContext,
  { query = 'lang', cookie = 'locale', header = true }: LocaleOptions,
): Source[] {
  const matcher = createLocaleMatcher(supported)
  const negotiate = createNegotiator(supported, matcher)
  const sources: (Source | false)[] = [
    query !== false && { find: (c) => matcher.match(c.req.query(query)) },
    cookie !== false && { vary: 'Cookie', find: (c) => matcher.match(getCookie(c, cookie)) },
    header && { vary: 'Accept-Language', find: (c) => negotiate(c.req.header('accept-language')) },
  ]
  return sources.filter((source) => source !== false)
}

function decide(c: Context, sources: readonly Source[]): { locale?: string; vary: readonly string[] } {
  const vary: string[] = []
  for (const source of sources) {
    if (source.vary !== undefined) vary.push(source.vary)
    const locale = source.find(c)
    if (locale !== undefined) return { locale, vary }
  }
  return { vary }
}
