import { de } from './de.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'
import { sr } from './sr.ts'

/** What each language says, by code. */
export type ServiceTexts = {
  readonly [Section in keyof typeof en]: { readonly [Code in keyof (typeof en)[Section]]: string }
}

/**
 * What this package tells clients, in five languages: `errors.<code>` for an error. For a translator, below the texts of
 * the app. Codes of your own rules have texts of your own.
 */
export const serviceTexts: Readonly<Record<'es' | 'de' | 'fr' | 'sr', ServiceTexts>> & {
  readonly en: typeof en
} = {
  en,
  es,
  de,
  fr,
  sr,
}
