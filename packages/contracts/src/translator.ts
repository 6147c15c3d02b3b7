/** Texts by key, in the language of the caller. */
export interface Translator {
  /** Returns the text of a key; the key itself where no catalogue has it. Never throws. @default the locale at hand */
  t(key: string, params?: Readonly<Record<string, unknown>>, options?: { readonly locale?: string }): string
  /** Tells whether a locale itself has a text, which `t` may have from a fallback else. @default the locale at hand */
  has(key: string, locale?: string): boolean
}
