import type { LocaleContext } from '@fastkit/contracts'
import { wrong } from '../config-error.ts'

export interface LocaleOptions<Locale extends string = string> {
  /** The locale texts are read and written in: of the request, mostly. Any one will do for reading. */
  readonly locale?: LocaleContext | (() => string)
  /** Where a text is looked for that the locale and its parents do not have, in turn. @default nowhere else */
  readonly fallback?: readonly Locale[]
  /** The locales there are texts in, besides those of `fallback`. Texts in no others are read or written. @default none */
  readonly locales?: readonly Locale[]
}

/** The locales of a client. */
export interface Locales<Locale extends string = string> {
  /** Those there are texts in. */
  readonly known: readonly Locale[]
  /** The one of the moment, known or not. */
  current(): string
  /** Where its text is looked for, in turn: `sr-Latn-RS`, `sr-Latn`, `sr`, then the fallbacks; known ones only. */
  chain(locale: string): readonly string[]
}

/** Stands for a locale where every text is wanted, as a map. */
export const allLocales = 'all'

/** @throws DbError `MIXIN_CONFIG` */
export function createLocales({ locale, fallback = [], locales = [] }: LocaleOptions): Locales {
  const known = [...new Set([...locales, ...fallback])]
  if (locale === undefined) throw wrong('translatable needs to know the locale: give `locale`')
  if (known.length === 0)
    throw wrong('translatable needs `locales`, or a `fallback`, to know which there are')
  const stranger = known.find((name) => name === allLocales || !isLocale(name))
  if (stranger !== undefined) throw wrong(`"${stranger}" is no locale`)
  const ask = typeof locale === 'function' ? locale : () => locale.current()
  const chains = new Map(known.map((name) => [name, chainOf(name)]))
  return {
    known,
    current,
    chain: (name) => chains.get(name) ?? chainOf(name),
  }

  /** A request must not turn texts into maps by its choice of a language. */
  function current(): string {
    const name = ask()
    return name === allLocales ? '' : name
  }

  function chainOf(name: string): readonly string[] {
    const wanted = [...withParents(name), ...fallback]
    return [...new Set(wanted)].filter((each) => known.includes(each))
  }
}

/** BCP 47 by shape; the key query writes it into SQL. */
function isLocale(name: string): boolean {
  return /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/.test(name)
}

function withParents(locale: string): string[] {
  const parts = locale.split('-', 8)
  return parts.map((_, at) => parts.slice(0, parts.length - at).join('-'))
}
