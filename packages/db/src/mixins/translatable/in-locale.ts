import type { Types } from '@prisma/client/runtime/client'
import type { Texts } from './replace.ts'

/** Carries the locale of a call to the query hook. Whoever guesses it can ask for another language, and nothing more. */
export const localeKey = '~locale'

/** What every model can do besides, where some are translatable. `Own` are the model's fields, `Any` those of all. */
export interface LocaleMethods<Locale extends string> {
  /** The same model, its texts and those of related rows read and written in a locale. */
  inLocale<T>(this: T, locale: Locale): T
}

/** The method as it runs, for the `model` part of an extension. `this` is the delegate, bound to its transaction. */
export function localeMethods(reaches: boolean): object {
  return {
    inLocale(this: object, locale: string): object {
      if (!reaches) return this
      return new Proxy(this, {
        get(target, name) {
          const member: unknown = Reflect.get(target, name)
          if (typeof member !== 'function' || !(name in operations)) return member
          return (args?: object) => member.call(target, { ...args, [localeKey]: locale })
        },
      })
    },
  }
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
