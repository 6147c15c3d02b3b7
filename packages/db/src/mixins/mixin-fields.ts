import type { Clock } from '@fastkit/contracts'
import { type ResolvedMixins, writtenFields } from './resolve-mixins.ts'
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

/** A string, since Prisma drops symbols here. */
export const mixinFieldsKey = '$fastkitMixinFields'

const noFields: MixinFields = {
  declared: new Map(),
  softDelete: new Map(),
  clock: Date,
  checkKeyOf: () => undefined,
  translatable: new Map(),
  locales: undefined,
}

export function mixinFieldsOf(client: object): MixinFields {
  return (client as { [mixinFieldsKey]?: MixinFields })[mixinFieldsKey] ?? noFields
}

/** The fields of a model that its mixins write. */
export function managedFields({ declared }: MixinFields, model: string): ReadonlySet<string> {
  return new Set(writtenFields(declared.get(model) ?? {}))
}
