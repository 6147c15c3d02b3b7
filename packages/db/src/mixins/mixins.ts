import type { Clock } from '@fastkit/contracts'
import { scopesOf } from '../connections/read-where.ts'
import { ambientOf, type ExtendableClient, extendAmbient } from '../context/ambient.ts'
import { DbError } from '../errors.ts'
import type { Metadata } from '../metadata/metadata.ts'
import { metadataOf } from '../metadata/metadata-of.ts'
import { modelsOf, omittedOf } from '../prisma-internals.ts'
import { createGraph } from '../rewrite/graph.ts'
import { combineRules, type ModelRules } from '../rewrite/rules.ts'
import { createHook } from './apply.ts'
import { cascadesOf } from './cascade.ts'
import { type ResolvedMixins, resolveMixins, textFieldsOf } from './check.ts'
import type { HasSoftDelete, ModelMixins, TranslatableOf } from './config.ts'
import { createScopeKey, softDeleteRules } from './soft-delete.ts'
import { type SoftDeleteMethods, softDeleteMethods } from './soft-delete-methods.ts'
import { timestampRules } from './timestamps.ts'
import { type AllLocalesMethods, type LocaleMethods, localeMethods } from './translatable/in-locale.ts'
import { createLocales, type LocaleOptions, type Locales } from './translatable/locales.ts'
import { createTranslatable } from './translatable/translatable.ts'

export interface MixinsOptions<Locale extends string = string> extends LocaleOptions<Locale> {
  /** Tells the mixins what time it is. @default Date */
  readonly clock?: Clock
  /**
   * Looks up the row that a foreign key points to when it is written as a value, `authorId: 7`, and refuses a deleted
   * one: `FOREIGN_KEY_VIOLATION`. Takes one statement more, before the write and in its transaction, so it cannot be done
   * in a batch, `NOT_IN_BATCH`, nor point to a row of the same `createMany`. Rows that are connected,
   * `author: { connect: { id: 7 } }`, are looked up in any case. @default false
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
  const Config extends { readonly [M in ModelKey<FR>]?: ModelMixins<FR[M]> },
  const Locale extends string = never,
>(config: Config, options: MixinsOptions<Locale> = {}): MixinsExtension<FR, Config, Locale> {
  const { clock = Date, checkForeignKeys = false } = options
  const extend = (client: ExtendableClient) => {
    if ('$fastkit' in client) {
      throw new DbError(
        'MIXIN_CONFIG',
        'mixins: the client has mixins already; declare all models in one call',
      )
    }
    if (scopesOf(client)) {
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
      [...declared].map(([model, mixins]) => [model, rulesOf(mixins, translatable?.rules.get(model))]),
    )
    const joining = extendAmbient(client)
    const scopeKey = createScopeKey()
    const graph = createGraph(metadata, rules, omittedOf(client))
    const $allOperations = createHook({
      client: joining,
      ambient: ambientOf(joining),
      metadata,
      graph,
      softDelete: new Map(
        [...declared].flatMap(([model, { softDelete }]) =>
          softDelete === undefined ? [] : [[model, softDelete]],
        ),
      ),
      cascades: cascadesOf(metadata, declared, rules),
      scopeKey,
      clock,
      checkForeignKeys,
      translatable,
    })
    return joining.$extends({
      name: 'fastkit-mixins',
      client: { $fastkit: { config, locales } },
      model: Object.fromEntries(
        [...metadata.delegates].map(([model, { name }]) => {
          const field = resolved.get(model)?.softDelete
          return [
            model,
            {
              ...(field !== undefined && softDeleteMethods(field, scopeKey)),
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
 * The client's tables of fields, `{ article: ArticleFieldRefs, … }`, which is all that is inferred from it.
 * Inferring the client itself, or its payloads, makes the compiler compare two whole clients: it gives up at 120 models.
 */
export type ClientFields<FR> = {
  // biome-ignore lint/suspicious/noExplicitAny: the client's own functions, whatever they are
  readonly [M in keyof FR]: { readonly fields: FR[M] } | ((...args: any) => any) | { types: any }
}

export type ModelKey<FR> = Exclude<keyof FR & string, `$${string}`>

/** A Prisma extension, as `$extends` takes it. */
export type MixinsExtension<FR, Config, Locale extends string> = (client: ClientFields<FR>) => {
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
  : { $allModels: Getters<LocaleMethods<Locale>> }

type ModelMethods<Config, Locale extends string> = {
  [M in keyof Config as HasMethods<Config[M]> extends true ? M : never]: Getters<
    (HasSoftDelete<Config[M]> extends true ? SoftDeleteMethods : {}) &
      ([TranslatableOf<Config[M]>] extends [never] ? {} : AllLocalesMethods<Config, Locale>)
  >
}

type HasMethods<X> = [TranslatableOf<X>] extends [never] ? HasSoftDelete<X> : true
type Getters<Methods> = { [K in keyof Methods]: () => Methods[K] }

function byModel<T>({ delegates }: Metadata, resolved: ReadonlyMap<string, T>): Map<string, T> {
  return new Map([...resolved].map(([key, mixins]) => [delegates.get(key)?.name ?? key, mixins]))
}

/** The order in which data passes the mixins: what a deletion writes is a change, too. */
function rulesOf({ timestamps, softDelete }: ResolvedMixins, texts: ModelRules | undefined): ModelRules {
  return combineRules([
    ...(softDelete === undefined ? [] : [softDeleteRules(softDelete)]),
    ...(timestamps ? [timestampRules(timestamps)] : []),
    ...(texts ? [texts] : []),
  ])
}
