import type { Clock } from '@fastkit/contracts'
import { scopesOf } from '../connections/read-where.ts'
import { type ExtendableClient, extendAmbient } from '../context/ambient.ts'
import { DbError } from '../errors.ts'
import { type HookCall, modelsOf, queryAs } from '../prisma-internals.ts'
import { type ResolvedMixins, resolveMixins } from './check.ts'
import type { HasSoftDelete, ModelMixins } from './config.ts'
import { createScopeKey, softDelete } from './soft-delete.ts'
import { type SoftDeleteMethods, softDeleteMethods } from './soft-delete-methods.ts'
import { timestamps } from './timestamps.ts'

export interface MixinsOptions {
  /** Tells the mixins what time it is. @default Date */
  readonly clock?: Clock
}

/**
 * Adds mixins to the models of a Prisma 7 client: `new PrismaClient(…).$extends(mixins({ article: { softDelete: true } }))`.
 *
 * They hold for every operation on the models named, in transactions and batches too. Models that are not named
 * are left alone and cost nothing. The client becomes ambient as well: see `createUnitOfWork`.
 *
 * @throws DbError `MIXIN_CONFIG` when the client has no such model or field
 */
export function mixins<FR, const Config extends { readonly [M in ModelKey<FR>]?: ModelMixins<FR[M]> }>(
  config: Config,
  { clock = Date }: MixinsOptions = {},
): MixinsExtension<FR, Config> {
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
    const scopeKey = createScopeKey()
    return extendAmbient(client).$extends({
      name: 'fastkit-mixins',
      client: { $fastkit: { config } },
      model: Object.fromEntries(
        [...resolved].flatMap(([model, { softDelete: field }]) =>
          field === undefined ? [] : [[model, softDeleteMethods(field, scopeKey)]],
        ),
      ),
      query: Object.fromEntries(
        [...resolved].map(([model, declared]) => [
          model,
          { $allOperations: hook(declared, scopeKey, clock) },
        ]),
      ),
    })
  }
  return extend as never
}

/** The declarations, carried by the client and its type, so that repositories know them: `prisma.$fastkit`. */
export interface FastkitMeta<Config> {
  readonly config: Config
}

/**
 * The client's tables of fields, `{ article: ArticleFieldRefs, … }`, which is all that is inferred from it.
 * Inferring the client itself makes the compiler compare two whole clients.
 */
export type ClientFields<FR> = {
  // biome-ignore lint/suspicious/noExplicitAny: the client's own functions, whatever they are
  readonly [M in keyof FR]: { readonly fields: FR[M] } | ((...args: any) => any) | { types: any }
}

export type ModelKey<FR> = Exclude<keyof FR & string, `$${string}`>

/** A Prisma extension, as `$extends` takes it. */
export type MixinsExtension<FR, Config> = (client: ClientFields<FR>) => {
  $extends: {
    extArgs: {
      result: {}
      model: ModelMethods<Config>
      query: {}
      client: { $fastkit: () => FastkitMeta<Config> }
    }
  }
}

type ModelMethods<Config> = {
  [M in keyof Config as HasSoftDelete<Config[M]> extends true ? M : never]: {
    [K in keyof SoftDeleteMethods]: () => SoftDeleteMethods[K]
  }
}

function hook({ softDelete: field, timestamps: fields }: ResolvedMixins, scopeKey: string, clock: Clock) {
  const hide = field === undefined ? undefined : softDelete(field, scopeKey, clock)
  const stamp = fields && timestamps(fields, clock)
  return async function applyMixins(hooked: HookCall): Promise<unknown> {
    const { operation, args = {}, query } = hooked
    let call = { operation, args }
    if (hide) call = hide(call)
    if (stamp) call = stamp(call)
    return call.operation === operation ? query(call.args) : queryAs(call.operation, call.args, hooked)
  }
}
