import type { HasSoftDelete, IsPublishable } from '../mixins/mixin-types.ts'

/** The declarations a client carries. */
export type ConfigOf<C> = C extends { readonly $fastkit: { readonly config: infer Config } } ? Config : {}

export type MixinsOf<C, M> = M extends keyof ConfigOf<C> ? ConfigOf<C>[M] : {}

/** No argument where rows are deleted softly, else one that names what is missing. */
export type RequiresSoftDelete<C, M extends keyof C> =
  HasSoftDelete<MixinsOf<C, M>> extends true ? [] : [MissingMixin<'softDelete'>]

/** No argument where rows are publishable, else one that names what is missing. */
export type RequiresPublishable<C, M extends keyof C> =
  IsPublishable<MixinsOf<C, M>> extends true ? [] : [MissingMixin<'publishable'>]

/** The locales a model is read in, where some are translatable; else a type that names what is missing. */
export type LocaleOf<T> = T extends { inLocale: (locale: infer Locale) => unknown }
  ? Locale
  : MissingMixin<'translatable'>

/** Shows up in the compiler's message when a verb needs a mixin the model was not declared with. */
export interface MissingMixin<Name extends string> {
  readonly '~missing mixin': Name
}
