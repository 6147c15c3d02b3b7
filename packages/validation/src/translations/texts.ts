import type { en } from './en.ts'

/** A text, or a choice between texts, as catalogues of `@fastkit/i18n` have them. */
export type Text = string | Readonly<Record<string, string>>

/** What each language says, by rule, which is an issue's code in small letters. */
export type ValidationTexts = {
  readonly [Section in keyof typeof en]: { readonly [Rule in keyof (typeof en)[Section]]: Text }
}
