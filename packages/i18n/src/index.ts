export type { AppLocaleContext } from './context/locale-context.ts'
export type { TranslatorOptions } from './create-translator.ts'
export { createTranslator } from './create-translator.ts'
export type { I18nErrorCode, I18nErrorOptions } from './errors.ts'
export { codes, I18nError } from './errors.ts'
export { escapeHtml, isolateDirection } from './marks.ts'
export type { LocaleMatcher } from './match-locale.ts'
export { createLocaleMatcher } from './match-locale.ts'
export type {
  DateValue,
  MessageArguments,
  MessageAt,
  MessageKey,
  NumericValue,
  ParamsOf,
  PlainValue,
} from './message-types.ts'
export type { Missing } from './missing-log.ts'
export { negotiate } from './negotiate.ts'
export type { Params } from './params.ts'
export type { LocaleTranslator, Translate, TranslateOptions, TypedTranslator } from './translator.ts'
