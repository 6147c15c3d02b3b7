/** A text, or a choice between texts, as catalogues of `@fastkit/i18n` have them. */
export type Text = string | Readonly<Record<string, string>>

/** The texts of one language: `validation.<rule>`, the rule being an issue's code in small letters. */
export interface ValidationCatalog {
  readonly validation: Readonly<Record<string, Text>>
}
