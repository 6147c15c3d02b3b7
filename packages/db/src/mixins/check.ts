import { DbError } from '../errors.ts'
import type { ModelInfo } from '../prisma-internals.ts'
import type { TimestampFields } from './timestamps.ts'

/** A model's mixins with every name filled in. */
export interface ResolvedMixins {
  readonly timestamps?: TimestampFields
  /** The field that says when a row was deleted. */
  readonly softDelete?: string
}

/** What the types say, for those who come without types: fills in names, and fails at start-up on a wrong one. */
export function resolveMixins(
  config: Readonly<Record<string, unknown>>,
  models: ReadonlyMap<string, ModelInfo>,
): ReadonlyMap<string, ResolvedMixins> {
  const resolved = new Map<string, ResolvedMixins>()
  for (const [key, declared] of Object.entries(config)) {
    const model = models.get(key)
    if (!model) throw unknown(`model "${key}"`, [...models.keys()])
    if (declared !== undefined) resolved.set(key, resolveModel(key, declared as Declared, model))
  }
  return resolved
}

interface Declared {
  readonly timestamps?: boolean | Partial<TimestampFields>
  readonly softDelete?: boolean | { readonly field: string }
}

function resolveModel(key: string, declared: Declared, model: ModelInfo): ResolvedMixins {
  for (const name of Object.keys(declared)) {
    if (name !== 'timestamps' && name !== 'softDelete')
      throw unknown(`mixin "${name}" of ${key}`, ['timestamps', 'softDelete'])
  }
  const { timestamps, softDelete } = declared
  return {
    ...(timestamps && { timestamps: timestampFields(timestamps) }),
    ...(softDelete && { softDelete: date(softDelete === true ? 'deletedAt' : softDelete.field) }),
  }

  function timestampFields(names: true | Partial<TimestampFields>): TimestampFields {
    const { createdAt = 'createdAt', updatedAt = 'updatedAt' } = names === true ? {} : names
    return { createdAt: date(createdAt), updatedAt: date(updatedAt) }
  }

  function date(name: string): string {
    if (model.fields.get(name)?.type === 'DateTime') return name
    throw new DbError('MIXIN_CONFIG', `mixins: ${key} needs a field "${name} DateTime" in schema.prisma`)
  }
}

function unknown(what: string, known: readonly string[]): DbError {
  return new DbError('MIXIN_CONFIG', `mixins: there is no ${what}; there are: ${known.join(', ')}`)
}
