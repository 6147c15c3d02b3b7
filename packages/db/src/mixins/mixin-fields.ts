import { modelsOf } from '../prisma-internals.ts'
import { resolveMixins, writtenFields } from './check.ts'

/** What the mixins of a client mean for data, as the client itself carries it. */
export interface MixinFields {
  /** The fields that mixins write, by delegate. */
  readonly managed: ReadonlyMap<string, ReadonlySet<string>>
  /** The fields that mark rows as deleted, by model. */
  readonly softDelete: ReadonlyMap<string, string>
}

export function mixinFieldsOf(client: object): MixinFields {
  const { $fastkit } = client as { $fastkit?: { config: Readonly<Record<string, unknown>> } }
  const models = modelsOf(client)
  const resolved = [...resolveMixins($fastkit?.config ?? {}, models)]
  return {
    managed: new Map(resolved.map(([key, mixins]) => [key, new Set(writtenFields(mixins))])),
    softDelete: new Map(
      resolved.flatMap(([key, { softDelete }]) =>
        softDelete === undefined ? [] : [[models.get(key)?.name ?? key, softDelete]],
      ),
    ),
  }
}
