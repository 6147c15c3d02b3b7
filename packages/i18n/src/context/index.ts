export type { AppLocaleContext, LocaleContextOptions } from './locale-context.ts'
export { createLocaleContext } from './locale-context.ts'
