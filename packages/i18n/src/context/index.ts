export type { SupportedLocales } from '../supported-locales.ts'
export type { LocaleContextOptions } from './locale-context.ts'
export { createLocaleContext } from './locale-context.ts'
