export type { LocaleOptions, TranslatorOption } from './locale.ts'
export { locale } from './locale.ts'
