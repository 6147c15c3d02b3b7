import type { ModelInfo } from '../prisma-internals.ts'
import { requireNames, wrong } from './config-error.ts'
import { type DeclaredSlug, resolveSlug, type Slug } from './slug/resolve-slug.ts'
import type { TimestampFields } from './timestamps.ts'

/** A model's mixins with every name filled in. */
export interface ResolvedMixins {
  readonly timestamps?: TimestampFields
  /** The field that says when a row was deleted. */
  readonly softDelete?: string
  /** Relations whose rows are deleted and restored with the row. */
  readonly cascade?: readonly string[]
  /** The field that counts changes. */
  readonly version?: string
  /** The field that says since when a row is published. */
  readonly publishable?: string
  readonly slug?: Slug
  /** The fields that hold one text per locale. */
  readonly translatable?: readonly string[]
}

/**
 * What the types say, for those who come without types: fills in names, and fails at start-up on a wrong one.
 *
 * @param models By the name of their delegate, as they are declared. What comes back is by model.
 */
export function resolveMixins(
  config: Readonly<Record<string, unknown>>,
  models: ReadonlyMap<string, ModelInfo>,
): ReadonlyMap<string, ResolvedMixins> {
  const resolved = new Map<string, ResolvedMixins>()
  for (const [key, declared] of Object.entries(config)) {
    const model = models.get(key)
    if (!model) throw wrong(`there is no model "${key}"; there are: ${[...models.keys()].join(', ')}`)
    if (declared !== undefined) resolved.set(model.name, resolveModel(key, declared as Declared, model))
  }
  return resolved
}

interface Declared {
  readonly timestamps?: boolean | Partial<TimestampFields>
  readonly softDelete?: boolean | DeclaredSoftDelete
  readonly version?: boolean | DeclaredField
  readonly publishable?: boolean | DeclaredField
  readonly slug?: false | DeclaredSlug
  readonly translatable?: readonly string[]
}

interface DeclaredField {
  readonly field?: string
}

interface DeclaredSoftDelete extends DeclaredField {
  readonly cascade?: readonly string[]
}

function resolveModel(key: string, declared: Declared, model: ModelInfo): ResolvedMixins {
  requireNames(`mixins of ${key}`, declared, [
    'timestamps',
    'softDelete',
    'version',
    'publishable',
    'slug',
    'translatable',
  ])
  const { timestamps, softDelete, version, publishable, slug, translatable } = declared
  const resolved: ResolvedMixins = {
    ...(timestamps && { timestamps: timestampFields(timestamps) }),
    ...(softDelete && softDeleteOf(softDelete === true ? {} : softDelete)),
    ...(version && { version: fieldOf('version', version, { name: 'version', type: 'Int' }) }),
    ...(publishable && {
      publishable: fieldOf('publishable', publishable, { name: 'publishedAt', type: 'DateTime' }),
    }),
    ...(slug && { slug: resolveSlug(key, slug, model) }),
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

  function fieldOf(
    mixin: string,
    declared: true | DeclaredField,
    usual: { readonly name: string; readonly type: string },
  ): string {
    if (declared !== true) requireNames(`${mixin} of ${key}`, declared, ['field'])
    return column((declared === true ? undefined : declared.field) ?? usual.name, usual.type)
  }

  function texts(names: readonly string[]): readonly string[] {
    if (!Array.isArray(names)) throw wrong(`translatable of ${key} must be a list of fields`)
    const stranger = names.find((name) => model.fields.get(name)?.type !== 'Json')
    if (stranger === undefined) return [...new Set(names)]
    throw wrong(`${key} needs a field "${stranger} Json?" in schema.prisma`)
  }

  function date(name: string): string {
    return column(name, 'DateTime')
  }

  function column(name: string, type: string): string {
    if (model.fields.get(name)?.type === type) return name
    throw wrong(`${key} needs a field "${name} ${type}" in schema.prisma`)
  }
}

/** The fields that a model's mixins write. */
export function writtenFields({ timestamps, softDelete, version }: ResolvedMixins): string[] {
  return [
    ...(timestamps ? [timestamps.createdAt, timestamps.updatedAt] : []),
    ...(softDelete === undefined ? [] : [softDelete]),
    ...(version === undefined ? [] : [version]),
  ]
}

/** The fields that mark rows as deleted, by model. */
export function softDeleteFieldsOf(declared: ReadonlyMap<string, ResolvedMixins>): Map<string, string> {
  return new Map(
    [...declared].flatMap(([model, { softDelete }]) =>
      softDelete === undefined ? [] : [[model, softDelete]],
    ),
  )
}

/** The fields that hold one text per locale, by model. */
export function textFieldsOf(
  declared: ReadonlyMap<string, ResolvedMixins>,
): Map<string, ReadonlySet<string>> {
  return new Map(
    [...declared].flatMap(([model, { translatable = [] }]) =>
      translatable.length === 0 ? [] : [[model, new Set(translatable)]],
    ),
  )
}
