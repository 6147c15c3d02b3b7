import type { Types } from '@prisma/client/runtime/client'
import type { TranslatableOf } from '../mixin-types.ts'
import { allLocales } from './locales.ts'

/** Carries the locale of a call to the query hook. Whoever guesses it can ask for another language, and nothing more. */
export const localeKey = '~locale'

/** What every model can do besides, where some are translatable. */
export interface LocaleMethods<Locale extends string> {
  /** The same model, its texts and those of related rows read and written in a locale. */
  inLocale<T>(this: T, locale: Locale): T
}

/** What a model with translatable fields can do besides. */
export interface AllLocalesMethods<Config, Locale extends string> {
  /** The rows of the model with all of their texts, by locale; those of related rows too. */
  inAllLocales<T>(this: T): InAllLocales<T, Config, Locale>
}

/** Prisma's own operations that read rows. */
export interface InAllLocales<T, Config, Locale extends string> {
  findUnique<A>(args: ArgsOf<T, A, 'findUnique'>): Promise<All<T, A, 'findUnique', Config, Locale>>
  findUniqueOrThrow<A>(
    args: ArgsOf<T, A, 'findUniqueOrThrow'>,
  ): Promise<All<T, A, 'findUniqueOrThrow', Config, Locale>>
  findFirst<A>(args?: ArgsOf<T, A, 'findFirst'>): Promise<All<T, A, 'findFirst', Config, Locale>>
  findFirstOrThrow<A>(
    args?: ArgsOf<T, A, 'findFirstOrThrow'>,
  ): Promise<All<T, A, 'findFirstOrThrow', Config, Locale>>
  findMany<A>(args?: ArgsOf<T, A, 'findMany'>): Promise<All<T, A, 'findMany', Config, Locale>>
}

type ArgsOf<T, A, Op extends Operation> = Types.Public.Exact<A, Types.Public.Args<T, Op>>
type All<T, A, Op extends Operation, Config, Locale extends string> = WithAllTexts<
  Types.Public.Result<T, A, Op>,
  Types.Public.Payload<T>,
  Config,
  Locale
>
type Operation = 'findUnique' | 'findUniqueOrThrow' | 'findFirst' | 'findFirstOrThrow' | 'findMany'

/** The rows of a payload as they are read in all locales. */
export type WithAllTexts<R, P, Config, Locale extends string> = R extends readonly (infer One)[]
  ? WithAllTexts<One, P, Config, Locale>[]
  : R extends object
    ? {
        [K in keyof R]: K extends TextNames<P, Config>
          ? Readonly<Partial<Record<Locale, string>>> | null
          : K extends keyof Related<P>
            ? WithAllTexts<R[K], NonNullable<RowOf<Related<P>[K]>>, Config, Locale>
            : R[K]
      }
    : R

/** The translatable fields of a payload, which bears the name of its model. */
type TextNames<P, Config> = P extends { name: infer Name extends string }
  ? TranslatableOf<Config[Uncapitalize<Name> & keyof Config]>
  : never
type Related<P> = P extends { objects: infer O } ? O : {}
type RowOf<R> = R extends readonly (infer One)[] ? One : R

/** The methods as they run, for the `model` part of an extension. `this` is the delegate, bound to its transaction. */
export function localeMethods(reaches: boolean): object {
  return {
    inLocale(this: object, locale: string): object {
      return reaches ? forLocale(this, locale) : this
    },
    inAllLocales(this: object): object {
      return forLocale(this, allLocales)
    },
  }
}

function forLocale(delegate: object, locale: string): object {
  return new Proxy(delegate, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name)
      if (typeof member !== 'function' || !(name in operations)) return member
      return (args?: object) => member.call(target, { ...args, [localeKey]: locale })
    },
  })
}

const operations: Readonly<Record<string | symbol, true>> = {
  findUnique: true,
  findUniqueOrThrow: true,
  findFirst: true,
  findFirstOrThrow: true,
  findMany: true,
  count: true,
  aggregate: true,
  groupBy: true,
  create: true,
  createMany: true,
  createManyAndReturn: true,
  update: true,
  updateMany: true,
  updateManyAndReturn: true,
  upsert: true,
  delete: true,
  deleteMany: true,
}
