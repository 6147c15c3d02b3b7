import type { Text, ValidationCatalog } from './translations/catalog.ts'
import { de } from './translations/de.ts'
import { en } from './translations/en.ts'
import { es } from './translations/es.ts'
import { fr } from './translations/fr.ts'
import { sr } from './translations/sr.ts'

type Params = Readonly<Record<string, unknown>>

const catalogs: Readonly<Record<string, ValidationCatalog>> = { de, en, es, fr, sr }

/** Plural rules are dear to make, and only made for the languages above. */
const pluralRules = new Map<string, Intl.PluralRules>()

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
  const texts = Object.hasOwn(catalogs, language) ? catalogs[language]?.validation : undefined
  return texts !== undefined && Object.hasOwn(texts, rule) ? texts[rule] : undefined
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
  const rules = pluralRules.get(language) ?? new Intl.PluralRules(language)
  pluralRules.set(language, rules)
  return rules.select(Number(count))
}

/** Most texts have no parameters, and the others one. */
function fill(text: string, params: Params): string {
  const start = text.indexOf('{')
  if (start === -1) return text
  const end = text.indexOf('}', start)
  return `${text.slice(0, start)}${String(params[text.slice(start + 1, end)])}${text.slice(end + 1)}`
}
