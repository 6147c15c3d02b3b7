import type { Clock } from '@fastkit/contracts'
import { modelsOf } from '../prisma-internals.ts'
import { type ResolvedMixins, resolveMixins, writtenFields } from './check.ts'

/** What the mixins of a client mean for repositories, as the client itself carries it. */
export interface MixinFields {
  /** By model. */
  readonly declared: ReadonlyMap<string, ResolvedMixins>
  /** The fields that mark rows as deleted, by model. */
  readonly softDelete: ReadonlyMap<string, string>
  readonly clock: Clock
}

export function mixinFieldsOf(client: object): MixinFields {
  const { $fastkit } = client as { $fastkit?: { config: Readonly<Record<string, unknown>>; clock: Clock } }
  const models = modelsOf(client)
  const declared = new Map(
    [...resolveMixins($fastkit?.config ?? {}, models)].map(([key, mixins]) => [
      models.get(key)?.name ?? key,
      mixins,
    ]),
  )
  return {
    declared,
    softDelete: new Map(
      [...declared].flatMap(([model, { softDelete }]) =>
        softDelete === undefined ? [] : [[model, softDelete]],
      ),
    ),
    clock: $fastkit?.clock ?? Date,
  }
}

/** The fields of a model that its mixins write. */
export function managedFields({ declared }: MixinFields, model: string): ReadonlySet<string> {
  return new Set(writtenFields(declared.get(model) ?? {}))
}
