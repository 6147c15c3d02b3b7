import { I18nError } from './errors.ts'

/** Longer than any tag in use (RFC 5646 §4.4.1): what exceeds it was not written by a browser or a person. */
export const maxLocaleLength = 35

/** Returns a language tag in its usual spelling, `de_at` as `de-AT`; `undefined` for what is none. Never throws. */
export function localeTag(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > maxLocaleLength) return undefined
  try {
    return Intl.getCanonicalLocales(value.replaceAll('_', '-'))[0]
  } catch {
    return undefined
  }
}

/** The same for tags a developer wrote. @throws I18nError `LOCALE_INVALID` */
export function requireLocaleTag(value: string): string {
  const tag = localeTag(value)
  if (tag !== undefined) return tag
  throw new I18nError('LOCALE_INVALID', `"${value}" is not a language tag, as "en" and "pt-BR" are`)
}

/**
 * Lists a tag and its less specific forms: `sr-Latn-RS`, `sr-Latn`, `sr`. A single letter only introduces what
 * follows, and goes with it.
 *
 * @see RFC 4647 §3.4
 */
export function lessSpecific(tag: string): string[] {
  const subtags = tag.split('-')
  return subtags
    .map((_, dropped) => subtags.slice(0, subtags.length - dropped))
    .filter((kept) => kept.length === 1 || (kept.at(-1) as string).length > 1)
    .map((kept) => kept.join('-'))
}
