import type { LocaleContext } from '@fastkit/contracts'
import * as dbTexts from '@fastkit/db/translations'
import * as httpTexts from '@fastkit/http/translations'
import { createTranslator, type TypedTranslator } from '@fastkit/i18n'
import { loadCatalogs } from '@fastkit/i18n/load'
import * as serviceTexts from '@fastkit/service/translations'
import * as validationTexts from '@fastkit/validation/translations'
import { languages } from './languages.ts'

/** The texts of `translations/`; English has all of them. */
export type Messages = typeof import('../translations/en.json')

const folder = new URL('../translations', import.meta.url)

/** Has the texts of the app, and below them those of the packages. */
export async function loadTranslator(locale: LocaleContext): Promise<TypedTranslator<Messages>> {
  const catalogs = await loadCatalogs<Messages>(folder)
  return createTranslator({
    catalogs,
    base: [validationTexts, httpTexts, dbTexts, serviceTexts],
    defaultLocale: languages[0],
    locale,
  })
}
