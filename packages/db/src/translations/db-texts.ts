import { de } from './de.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'
import { sr } from './sr.ts'

/** What each language says, by code. */
export type DbTexts = {
  readonly [Section in keyof typeof en]: { readonly [Code in keyof (typeof en)[Section]]: string }
}

/**
 * What this package tells clients, in five languages: `errors.<code>` for an error, `issues.<code>` for what is wrong
 * with one field. For a translator, below the texts of the app.
 */
export const dbTexts: Readonly<Record<'es' | 'de' | 'fr' | 'sr', DbTexts>> & { readonly en: typeof en } = {
  en,
  es,
  de,
  fr,
  sr,
}
