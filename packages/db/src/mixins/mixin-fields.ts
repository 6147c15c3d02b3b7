import type { Clock } from '@fastkit/contracts'
import { modelsOf } from '../prisma-internals.ts'
import type { FastkitMeta } from './mixins.ts'
import { type ResolvedMixins, resolveMixins, textFieldsOf, writtenFields } from './resolve-mixins.ts'
import type { Locales } from './translatable/locales.ts'

/** What the mixins of a client mean for repositories, as the client itself carries it. */
export interface MixinFields {
  /** By model. */
  readonly declared: ReadonlyMap<string, ResolvedMixins>
  /** The fields that mark rows as deleted, by model. */
  readonly softDelete: ReadonlyMap<string, string>
  readonly clock: Clock
  /** The argument that has foreign keys looked up in calls on a model. */
  readonly checkKeyOf: (model: string) => string | undefined
  /** The fields that hold one text per locale, by model, and where their texts are looked for. */
  readonly translatable: ReadonlyMap<string, ReadonlySet<string>>
  readonly locales: Locales | undefined
}

export function mixinFieldsOf(client: object): MixinFields {
  const { $fastkit } = client as {
    $fastkit?: FastkitMeta<Readonly<Record<string, unknown>>> & {
      readonly clock: Clock
      readonly checkKeyOf: MixinFields['checkKeyOf']
    }
  }
  const models = modelsOf(client)
  const declared = new Map(
    [...resolveMixins($fastkit?.config ?? {}, models)].map(([key, mixins]) => [
      models.get(key)?.name ?? key,
      mixins,
    ]),
  )
  return {
    declared,
    translatable: textFieldsOf(declared),
    locales: $fastkit?.locales,
    softDelete: new Map(
      [...declared].flatMap(([model, { softDelete }]) =>
        softDelete === undefined ? [] : [[model, softDelete]],
      ),
    ),
    clock: $fastkit?.clock ?? Date,
    checkKeyOf: $fastkit?.checkKeyOf ?? (() => undefined),
  }
}

/** The fields of a model that its mixins write. */
export function managedFields({ declared }: MixinFields, model: string): ReadonlySet<string> {
  return new Set(writtenFields(declared.get(model) ?? {}))
}
