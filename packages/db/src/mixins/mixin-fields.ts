import { modelsOf } from '../prisma-internals.ts'
import { resolveMixins, textFieldsOf, writtenFields } from './check.ts'
import type { FastkitMeta } from './mixins.ts'
import type { Locales } from './translatable/locales.ts'

/** What the mixins of a client mean for data, as the client itself carries it. */
export interface MixinFields {
  /** The fields that mixins write, by delegate. */
  readonly managed: ReadonlyMap<string, ReadonlySet<string>>
  /** The fields that mark rows as deleted, by model. */
  readonly softDelete: ReadonlyMap<string, string>
  /** The fields that hold one text per locale, by model, and where their texts are looked for. */
  readonly translatable: ReadonlyMap<string, ReadonlySet<string>>
  readonly locales: Locales | undefined
}

export function mixinFieldsOf(client: object): MixinFields {
  const { $fastkit } = client as { $fastkit?: FastkitMeta<Readonly<Record<string, unknown>>> }
  const models = modelsOf(client)
  const resolved = [...resolveMixins($fastkit?.config ?? {}, models)]
  return {
    managed: new Map(resolved.map(([key, mixins]) => [key, new Set(writtenFields(mixins))])),
    translatable: textFieldsOf(resolved.map(([key, own]) => [models.get(key)?.name ?? key, own])),
    locales: $fastkit?.locales,
    softDelete: new Map(
      resolved.flatMap(([key, { softDelete }]) =>
        softDelete === undefined ? [] : [[models.get(key)?.name ?? key, softDelete]],
      ),
    ),
  }
}
