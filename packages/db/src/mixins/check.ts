import { DbError } from '../errors.ts'
import type { ModelInfo } from '../prisma-internals.ts'
import type { TimestampFields } from './timestamps.ts'

/** A model's mixins with every name filled in. */
export interface ResolvedMixins {
  readonly timestamps?: TimestampFields
  /** The field that says when a row was deleted. */
  readonly softDelete?: string
  /** Relations whose rows are deleted and restored with the row. */
  readonly cascade?: readonly string[]
  /** The fields that hold one text per locale. */
  readonly translatable?: readonly string[]
}

/** What the types say, for those who come without types: fills in names, and fails at start-up on a wrong one. */
export function resolveMixins(
  config: Readonly<Record<string, unknown>>,
  models: ReadonlyMap<string, ModelInfo>,
): ReadonlyMap<string, ResolvedMixins> {
  const resolved = new Map<string, ResolvedMixins>()
  for (const [key, declared] of Object.entries(config)) {
    const model = models.get(key)
    if (!model) throw wrong(`there is no model "${key}"; there are: ${[...models.keys()].join(', ')}`)
    if (declared !== undefined) resolved.set(key, resolveModel(key, declared as Declared, model))
  }
  return resolved
}

interface Declared {
  readonly timestamps?: boolean | Partial<TimestampFields>
  readonly softDelete?: boolean | DeclaredSoftDelete
  readonly translatable?: readonly string[]
}

interface DeclaredSoftDelete {
  readonly field?: string
  readonly cascade?: readonly string[]
}

function resolveModel(key: string, declared: Declared, model: ModelInfo): ResolvedMixins {
  requireNames(`mixins of ${key}`, declared, ['timestamps', 'softDelete', 'translatable'])
  const { timestamps, softDelete, translatable } = declared
  const resolved: ResolvedMixins = {
    ...(timestamps && { timestamps: timestampFields(timestamps) }),
    ...(softDelete && softDeleteOf(softDelete === true ? {} : softDelete)),
    ...(translatable && { translatable: texts(translatable) }),
  }
  const written = writtenFields(resolved)
  const twice = written.find((name, at) => written.indexOf(name) !== at)
  if (twice !== undefined) throw wrong(`${key} has one field for two purposes, "${twice}"`)
  return resolved

  function timestampFields(names: true | Partial<TimestampFields>): TimestampFields {
    if (names !== true) requireNames(`timestamps of ${key}`, names, ['createdAt', 'updatedAt'])
    const { createdAt = 'createdAt', updatedAt = 'updatedAt' } = names === true ? {} : names
    return { createdAt: date(createdAt), updatedAt: date(updatedAt) }
  }

  function softDeleteOf(declared: DeclaredSoftDelete): ResolvedMixins {
    requireNames(`softDelete of ${key}`, declared, ['field', 'cascade'])
    const { field = 'deletedAt', cascade } = declared
    const stranger = cascade?.find((name) => model.fields.get(name)?.kind !== 'object')
    if (stranger !== undefined) throw wrong(`${key} has no relation "${stranger}" to cascade to`)
    return { softDelete: date(field), ...(cascade && cascade.length > 0 && { cascade }) }
  }

  function texts(names: readonly string[]): readonly string[] {
    if (!Array.isArray(names)) throw wrong(`translatable of ${key} must be a list of fields`)
    const stranger = names.find((name) => model.fields.get(name)?.type !== 'Json')
    if (stranger === undefined) return [...new Set(names)]
    throw wrong(`${key} needs a field "${stranger} Json?" in schema.prisma`)
  }

  function date(name: string): string {
    if (model.fields.get(name)?.type === 'DateTime') return name
    throw wrong(`${key} needs a field "${name} DateTime" in schema.prisma`)
  }
}

/** The fields that a model's mixins write. */
export function writtenFields({ timestamps, softDelete }: ResolvedMixins): string[] {
  return [
    ...(timestamps ? [timestamps.createdAt, timestamps.updatedAt] : []),
    ...(softDelete === undefined ? [] : [softDelete]),
  ]
}

/** The fields that hold one text per locale, by whatever the mixins are given by. */
export function textFieldsOf(
  mixins: Iterable<readonly [string, ResolvedMixins]>,
): Map<string, ReadonlySet<string>> {
  return new Map(
    [...mixins].flatMap(([name, { translatable = [] }]) =>
      translatable.length === 0 ? [] : [[name, new Set(translatable)]],
    ),
  )
}

function requireNames(what: string, given: unknown, known: readonly string[]): void {
  if (typeof given !== 'object' || given === null) throw wrong(`${what} must be an object`)
  const stranger = Object.keys(given).find((name) => !known.includes(name))
  if (stranger !== undefined)
    throw wrong(`there is no "${stranger}" among the ${what}; there are: ${known.join(', ')}`)
}

function wrong(what: string): DbError {
  return new DbError('MIXIN_CONFIG', `mixins: ${what}`)
}
