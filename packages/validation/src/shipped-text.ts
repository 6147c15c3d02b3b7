import { de } from './translations/de.ts'
import { en } from './translations/en.ts'
import { es } from './translations/es.ts'
import { fr } from './translations/fr.ts'
import { sr } from './translations/sr.ts'
import type { Text } from './translations/texts.ts'

type Params = Readonly<Record<string, unknown>>

const catalogs: ReadonlyMap<string, ReadonlyMap<string, Text>> = new Map(
  Object.entries({ de, en, es, fr, sr }).map(([language, { validation }]) => [
    language,
    new Map(Object.entries<Text>(validation)),
  ]),
)

/** Plural rules are dear to make and to ask: each of our languages remembers the answers for 201 numbers at most. */
const plurals = new Map<string, { rules: Intl.PluralRules; categories: string[] }>()

/** The language of a locale, in small letters: `sr` for `sr-Latn-RS`. */
export function languageOf(locale: string): string {
  const end = locale.search(/[-_]/)
  return (end === -1 ? locale : locale.slice(0, end)).toLowerCase()
}

/** Writes the text of a rule in one of our languages; `undefined` where there is none. */
export function shippedText(rule: string, language: string, params: Params = {}): string | undefined {
  const text = catalogs.get(language)?.get(rule)
  if (text === undefined) return undefined
  return fill(typeof text === 'string' ? text : branchOf(text, language, params), params)
}

/** Whether there is a text for a rule in one of our languages. */
export function isShipped(rule: string, language: string): boolean {
  return catalogs.get(language)?.has(rule) === true
}

function branchOf(choice: Exclude<Text, string>, language: string, params: Params): string {
  const select = choice['@select']
  const key =
    select === undefined ? pluralOf(params[choice['@plural'] as string], language) : String(params[select])
  return (Object.hasOwn(choice, key) ? choice[key] : choice['other']) as string
}

function pluralOf(count: unknown, language: string): string {
  const number = Number(count)
  const { rules, categories } = pluralsIn(language)
  if (!Number.isInteger(number) || number < 0 || number > 200) return rules.select(number)
  categories[number] ??= rules.select(number)
  return categories[number] as string
}

function pluralsIn(language: string): { rules: Intl.PluralRules; categories: string[] } {
  const known = plurals.get(language)
  if (known !== undefined) return known
  const made = { rules: new Intl.PluralRules(language), categories: [] }
  plurals.set(language, made)
  return made
}

/** Most texts have no parameters, and the others one. */
function fill(text: string, params: Params): string {
  const start = text.indexOf('{')
  if (start === -1) return text
  const end = text.indexOf('}', start)
  return `${text.slice(0, start)}${String(params[text.slice(start + 1, end)])}${text.slice(end + 1)}`
}
