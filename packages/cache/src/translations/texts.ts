import type { en } from './en.ts'

/** What each language says, by code. */
export type CacheTexts = {
  readonly [Section in keyof typeof en]: { readonly [Code in keyof (typeof en)[Section]]: string }
}
