import type { Clock } from '@fastkit/contracts'
import { readSessionsOf } from '../connections/read-your-writes.ts'
import type { ExtendableClient } from '../context/ambient.ts'
import { wrong } from './config-error.ts'
import { extendClient } from './extend-client.ts'
import type { HasSoftDelete, IsPublishable, ModelMixins, TranslatableOf } from './mixin-types.ts'
import { planMixins } from './plan-mixins.ts'
import type { PublishableMethods } from './publishable.ts'
import type { SoftDeleteMethods } from './soft-delete-methods.ts'
import type { AllLocalesMethods, LocaleMethods } from './translatable/in-locale.ts'
import type { LocaleOptions, Locales } from './translatable/locales.ts'

export interface MixinsOptions<Locale extends string = string> extends LocaleOptions<Locale> {
  /** Tells the mixins what time it is. @default Date */
  readonly clock?: Clock
  /**
   * Looks up the row that a foreign key points to when it is written as a value, `authorId: 7`, and refuses a deleted
   * one: `FOREIGN_KEY_VIOLATION`. Takes one statement more, before the write and in its transaction, so it cannot point
   * to a row of the same `createMany`. Rows that are connected, `author: { connect: { id: 7 } }`, are looked up in any
   * case. @default false
   */
  readonly checkForeignKeys?: boolean
}

/**
 * Adds mixins to the models of a Prisma 7 client: `new PrismaClient(…).$extends(mixins({ article: { softDelete: true } }))`.
 *
 * They hold wherever a query reaches a model named, at any depth, in transactions and batches too. Models that lead to
 * none of them are left alone and cost nothing. The client becomes ambient as well: see `createUnitOfWork`.
 *
 * @throws DbError `MIXIN_CONFIG` when the client has no such model or field
 */
export function mixins<
  FR,
  RR,
  const Config extends { readonly [M in ModelKey<FR>]?: ModelMixins<FR[M], RelationOf<RR, M>> },
  const Locale extends string = never,
>(config: Config, options: MixinsOptions<Locale> = {}): MixinsExtension<FR, Config, RR, Locale> {
  const { clock = Date, checkForeignKeys = false } = options
  return ((client: ExtendableClient) => {
    requireFirst(client)
    return extendClient(client, planMixins(client, config, options), { config, clock, checkForeignKeys })
  }) as never
}

/** @throws DbError `MIXIN_CONFIG` */
function requireFirst(client: object): void {
  if ('$fastkit' in client) throw wrong('the client has mixins already; declare all models in one call')
  if (readSessionsOf(client)) {
    throw wrong('declare them before readReplicas, or replicas would show rows that are deleted')
  }
}

/** The declarations, carried by the client and its type, so that repositories know them: `prisma.$fastkit`. */
export interface FastkitMeta<Config, Locale extends string = string> {
  readonly config: Config
  /** Where texts are looked for. Absent without translatable fields. */
  readonly locales?: Locales<Locale>
}

/**
 * The client's tables of fields, `{ article: ArticleFieldRefs, … }`, and the names of its relations,
 * `{ article: { author: unknown, … }, … }`, which is all that is inferred from it. Inferring the client itself, or what
 * its relations lead to, makes the compiler compare whole clients: with 60 models it gives up.
 */
export type ClientFields<FR, RR = {}> = {
  readonly [M in keyof FR]: { readonly fields: FR[M] } | ClientMember
} & {
  readonly [M in keyof RR]: WithRelations<RR[M]> | ClientMember
}

/** What a delegate says of its model, under a symbol that has no name. */
interface WithRelations<R> {
  readonly [key: symbol]: {
    readonly types: { readonly payload: { readonly objects: { readonly [N in keyof R]: unknown } } }
  }
}

// biome-ignore lint/suspicious/noExplicitAny: the client's own members, whatever they are
type ClientMember = ((...args: any) => any) | { types: any }

type RelationOf<RR, M> = M extends keyof RR ? keyof RR[M] & string : never

export type ModelKey<FR> = Exclude<keyof FR & string, `$${string}`>

/** A Prisma extension, as `$extends` takes it. */
export type MixinsExtension<FR, Config, RR = {}, Locale extends string = never> = (
  client: ClientFields<FR, RR>,
) => {
  $extends: {
    extArgs: {
      result: ReadTexts<Config>
      model: ModelMethods<Config, Locale> & LocaleModels<Config, Locale>
      query: {}
      client: { $fastkit: () => FastkitMeta<Config, Locale> }
    }
  }
}

/** Nothing of it exists: rows are read in the query hook. But so their types say everywhere what is read. */
type ReadTexts<Config> = {
  [M in keyof Config as [TranslatableOf<Config[M]>] extends [never] ? never : M]: {
    // biome-ignore lint/suspicious/noExplicitAny: nobody calls it
    [F in TranslatableOf<Config[M]>]: () => { compute: (...args: any) => string | null }
  }
}

type LocaleModels<Config, Locale extends string> = [TranslatableOf<Config[keyof Config]>] extends [never]
  ? {}
  : { $allModels: Methods<LocaleMethods<Locale>> }

type ModelMethods<Config, Locale extends string> = {
  [M in keyof Config]: Methods<
    (HasSoftDelete<Config[M]> extends true ? SoftDeleteMethods : {}) &
      (IsPublishable<Config[M]> extends true ? PublishableMethods : {}) &
      ([TranslatableOf<Config[M]>] extends [never] ? {} : AllLocalesMethods<Config, Locale>)
  >
}

/** As an extension declares them. */
type Methods<T> = { [K in keyof T]: () => T[K] }
