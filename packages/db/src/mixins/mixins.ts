import type { Clock } from '@fastkit/contracts'
import { readSessionsOf } from '../connections/read-your-writes.ts'
import { ambientOf, type ExtendableClient, extendAmbient } from '../context/ambient.ts'
import type { TransactionClient } from '../context/level.ts'
import { DbError } from '../errors.ts'
import { liveColumnsOf } from '../metadata/live-columns.ts'
import type { Metadata } from '../metadata/metadata.ts'
import { metadataOf } from '../metadata/metadata-of.ts'
import { modelsOf, omittedOf } from '../prisma-internals.ts'
import { createGraph } from '../rewrite/graph.ts'
import { combineRules, type ModelRules } from '../rewrite/rules.ts'
import { batchInTurn } from './batch.ts'
import { cascadesOf } from './cascade.ts'
import { createCheckKey } from './foreign-keys.ts'
import type { HasSoftDelete, IsPublishable, ModelMixins, TranslatableOf } from './mixin-types.ts'
import { type PublishableMethods, publishableMethods } from './publishable.ts'
import { createHook } from './query-hook.ts'
import { type ResolvedMixins, resolveMixins, textFieldsOf } from './resolve-mixins.ts'
import { slugRules } from './slug/slug-rules.ts'
import { slugTablesOf } from './slug/slug-tables.ts'
import { createViewKey, softDeleteRules } from './soft-delete.ts'
import { type SoftDeleteMethods, softDeleteMethods } from './soft-delete-methods.ts'
import { timestampRules } from './timestamps.ts'
import { type AllLocalesMethods, type LocaleMethods, localeMethods } from './translatable/in-locale.ts'
import { createLocales, type LocaleOptions, type Locales } from './translatable/locales.ts'
import { createTranslatable } from './translatable/translatable.ts'
import { versionRules } from './version.ts'

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
  const extend = (client: ExtendableClient) => {
    if ('$fastkit' in client) {
      throw new DbError(
        'MIXIN_CONFIG',
        'mixins: the client has mixins already; declare all models in one call',
      )
    }
    if (readSessionsOf(client)) {
      throw new DbError(
        'MIXIN_CONFIG',
        'mixins: declare them before readReplicas, or replicas would show rows that are deleted',
      )
    }
    const resolved = resolveMixins(config, modelsOf(client))
    const metadata = metadataOf(client)
    const declared = byModel(metadata, resolved)
    const fields = textFieldsOf(declared)
    const locales = fields.size > 0 ? createLocales(options) : undefined
    const translatable = locales && createTranslatable(metadata, fields, locales)
    const rules = new Map(
      [...declared].map(([name, mixins]) => {
        const model = metadata.models.get(name)
        const live = model ? [...liveColumnsOf(model).values()] : []
        return [name, rulesOf(mixins, { texts: translatable?.rules.get(name), live })]
      }),
    )
    const joining = extendAmbient(client)
    const ambient = ambientOf(joining)
    const { $transaction } = joining as unknown as TransactionClient
    const softDelete = new Map(
      [...declared].flatMap(([model, { softDelete: field }]) =>
        field === undefined ? [] : [[model, field]],
      ),
    )
    const viewKey = createViewKey()
    const checkKey = createCheckKey()
    const graph = createGraph(metadata, rules, omittedOf(client))
    const $allOperations = createHook({
      client: joining,
      ambient,
      metadata,
      graph,
      softDelete,
      cascades: cascadesOf(metadata, declared, rules),
      slugs: slugTablesOf(metadata, declared),
      viewKey,
      clock,
      checkForeignKeys,
      checkKey,
      translatable,
    })
    return joining.$extends({
      name: 'fastkit-mixins',
      client: {
        $fastkit: {
          config,
          clock,
          locales,
          checkKeyOf: (model: string) =>
            softDelete.size > 0 && graph.models.get(model)?.reaches ? checkKey : undefined,
        },
        ...(takesSeveral(declared) && { $transaction: batchInTurn($transaction, ambient) }),
      },
      model: Object.fromEntries(
        [...metadata.delegates].map(([model, { name }]) => {
          const { softDelete, publishable } = resolved.get(model) ?? {}
          return [
            model,
            {
              ...(softDelete !== undefined && softDeleteMethods(softDelete, viewKey)),
              ...(publishable !== undefined && publishableMethods(publishable, clock)),
              ...(locales && localeMethods(graph.models.get(name)?.reaches === true)),
            },
          ]
        }),
      ),
      query: Object.fromEntries(
        [...metadata.delegates]
          .filter(([, { name }]) => graph.models.get(name)?.reaches)
          .map(([model]) => [model, { $allOperations }]),
      ),
    })
  }
  return extend as never
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

function byModel<T>({ delegates }: Metadata, resolved: ReadonlyMap<string, T>): Map<string, T> {
  return new Map([...resolved].map(([key, mixins]) => [delegates.get(key)?.name ?? key, mixins]))
}

/** Whether a call may take several statements, which a batch of Prisma's has no room for. */
function takesSeveral(declared: ReadonlyMap<string, ResolvedMixins>): boolean {
  return [...declared.values()].some(
    ({ softDelete, slug, translatable }) => softDelete !== undefined || slug || translatable,
  )
}

/** The order in which data passes the mixins: what a deletion writes is a change, too. */
function rulesOf(
  { timestamps, softDelete, version, slug }: ResolvedMixins,
  { texts, live }: { readonly texts: ModelRules | undefined; readonly live: readonly string[] },
): ModelRules {
  return combineRules([
    ...(softDelete === undefined ? [] : [softDeleteRules(softDelete, live)]),
    ...(timestamps ? [timestampRules(timestamps)] : []),
    ...(version === undefined ? [] : [versionRules(version)]),
    ...(slug ? [slugRules(slug)] : []),
    ...(texts ? [texts] : []),
  ])
}
