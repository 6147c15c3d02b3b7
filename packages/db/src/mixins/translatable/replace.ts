import { isPlainObject } from '../../filter/json.ts'

// Aliases, since an interface does not fit the index signature of Prisma's JSON.

/** Texts by locale; `null` is none. */
export type Texts<Locale extends string = string> = { readonly [L in Locale]?: string | null }

/** What `replace` returns. */
export type Replacement<Locale extends string = string> = { readonly '~replace': Texts<Locale> }

/**
 * Writes exactly these texts, and removes those of all other locales: `title: replace({ en: 'Hi', de: 'Hallo' })`. The
 * only way to write a translatable field in a nested update, where a part of the texts cannot be written.
 */
export function replace<const Locale extends string>(texts: Texts<Locale>): Replacement<Locale> {
  return { '~replace': texts }
}

export function isReplacement(value: unknown): value is { readonly '~replace': unknown } {
  return isPlainObject(value) && Object.hasOwn(value, '~replace')
}
