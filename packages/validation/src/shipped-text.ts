import type { Text } from './translations/catalog.ts'
import { de } from './translations/de.ts'
import { en } from './translations/en.ts'
import { es } from './translations/es.ts'
import { fr } from './translations/fr.ts'
import { sr } from './translations/sr.ts'

type Params = Readonly<Record<string, unknown>>

const catalogs: ReadonlyMap<string, ReadonlyMap<string, Text>> = new Map(
  Object.entries({ de, en, es, fr, sr }).map(([language, { validation }]) => [
    language,
    new Map(Object.entries(validation)),
  ]),
)

/** Plural rules are dear to make and to ask. There are as many as languages above, with at most 201 numbers each. */
const plurals = new Map<string, { rules: Intl.PluralRules; categories: string[] }>()

/** The language of a locale, in small letters: `sr` for `sr-Latn-RS`. */
export function languageOf(locale: string): string {
  const end = locale.search(/[-_]/)
  return (end === -1 ? locale : locale.slice(0, end)).toLowerCase()
}

/** Writes the text of a rule in one of our languages; `undefined` where there is none. */
export function shippedText(rule: string, language: string, params: Params = {}): string | undefined {
  const text = shipped(rule, language)
  return text === undefined ? undefined : write(text, language, params)
}

/** Whether there is a text for a rule in one of our languages. */
export function isShipped(rule: string, language: string): boolean {
  return shipped(rule, language) !== undefined
}

function shipped(rule: string, language: string): Text | undefined {
  return catalogs.get(language)?.get(rule)
}

function write(text: Text, language: string, params: Params): string {
  if (typeof text === 'string') return fill(text, params)
  const select = text['@select']
  const chosen =
    select === undefined ? pluralOf(params[text['@plural'] as string], language) : String(params[select])
  const branch = Object.hasOwn(text, chosen) ? text[chosen] : text['other']
  return fill(branch as string, params)
}

function pluralOf(count: unknown, language: string): string {
  const number = Number(count)
  const known = plurals.get(language) ?? { rules: new Intl.PluralRules(language), categories: [] }
  plurals.set(language, known)
  if (!Number.isInteger(number) || number < 0 || number > 200) return known.rules.select(number)
  known.categories[number] ??= known.rules.select(number)
  return known.categories[number] as string
}

/** Most texts have no parameters, and the others one. */
function fill(text: string, params: Params): string {
  const start = text.indexOf('{')
  if (start === -1) return text
  const end = text.indexOf('}', start)
  return `${text.slice(0, start)}${String(params[text.slice(start + 1, end)])}${text.slice(end + 1)}`
}
