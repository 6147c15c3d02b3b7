import type { Clock } from '@fastkit/contracts'
import { ambientOf, type ExtendableClient, extendAmbient } from '../context/ambient.ts'
import type { TransactionClient } from '../context/level.ts'
import { batchInTurn } from './batch.ts'
import { createCheckKey } from './foreign-keys.ts'
import { type MixinFields, mixinFieldsKey } from './mixin-fields.ts'
import type { MixinPlan } from './plan-mixins.ts'
import { publishableMethods } from './publishable.ts'
import { createHook } from './query-hook.ts'
import type { ResolvedMixins } from './resolve-mixins.ts'
import { createViewKey } from './soft-delete.ts'
import { softDeleteMethods } from './soft-delete-methods.ts'
import { localeMethods } from './translatable/in-locale.ts'

/** Makes a client do what was planned: its queries by a hook, its models by methods, its batches in turn. */
export function extendClient(
  client: ExtendableClient,
  plan: MixinPlan,
  { config, clock, checkForeignKeys }: { config: object; clock: Clock; checkForeignKeys: boolean },
): ExtendableClient {
  const { metadata, declared, softDelete, textFields, locales, graph } = plan
  const joining = extendAmbient(client)
  const ambient = ambientOf(joining)
  const { $transaction } = joining as unknown as TransactionClient
  const [viewKey, checkKey] = [createViewKey(), createCheckKey()]
  const $allOperations = createHook({
    ...plan,
    client: joining,
    ambient,
    viewKey,
    checkKey,
    clock,
    checkForeignKeys,
  })
  const reaches = (model: string) => graph.models.get(model)?.reaches === true
  const fields: MixinFields = {
    declared,
    softDelete,
    clock,
    checkKeyOf: (model) => (softDelete.size > 0 && reaches(model) ? checkKey : undefined),
    translatable: textFields,
    locales,
  }
  const models = [...metadata.delegates]
  return joining.$extends({
    name: 'fastkit-mixins',
    client: {
      $fastkit: { config, locales },
      [mixinFieldsKey]: fields,
      ...(takesSeveral(declared) && { $transaction: batchInTurn($transaction, ambient) }),
    },
    model: Object.fromEntries(models.map(([key, { name }]) => [key, methodsOf(name)])),
    query: Object.fromEntries(
      models.filter(([, { name }]) => reaches(name)).map(([key]) => [key, { $allOperations }]),
    ),
  })

  function methodsOf(model: string): object {
    const { softDelete, publishable } = declared.get(model) ?? {}
    return {
      ...(softDelete !== undefined && softDeleteMethods(softDelete, viewKey)),
      ...(publishable !== undefined && publishableMethods(publishable, clock)),
      ...(locales && localeMethods(reaches(model))),
    }
  }
}

/** Whether a call may take several statements, which a batch of Prisma's has no room for. */
function takesSeveral(declared: ReadonlyMap<string, ResolvedMixins>): boolean {
  return [...declared.values()].some(
    ({ softDelete, slug, translatable }) => softDelete !== undefined || slug || translatable,
  )
}
