import { DbError } from '../errors.ts'

/** The fields that a model's mixins rely on, by what they are for. */
export interface LintMixins {
  readonly createdAt?: string | undefined
  readonly updatedAt?: string | undefined
  readonly softDelete?: string | undefined
  readonly slug?: string | undefined
  readonly slugSources: readonly string[]
  readonly translatable: readonly string[]
  readonly version?: string | undefined
  readonly publishable?: string | undefined
}

const known = ['timestamps', 'softDelete', 'slug', 'translatable', 'version', 'publishable']

/**
 * Reads what was declared for a model, as `mixins()` takes it.
 *
 * @throws DbError `MIXIN_CONFIG` for what cannot be a declaration
 */
export function readLintMixins(declared: unknown): LintMixins {
  if (!isObject(declared)) throw wrong('the mixins of a model must be an object')
  const stranger = Object.keys(declared).find((name) => !known.includes(name))
  if (stranger !== undefined) throw wrong(`there is no mixin "${stranger}"; there are: ${known.join(', ')}`)
  const { timestamps, slug, translatable = [] } = declared
  const times = isObject(timestamps) ? timestamps : {}
  if (!isNames(translatable)) throw wrong('translatable must be a list of fields')
  return {
    createdAt: timestamps ? (nameOf(times, 'createdAt') ?? 'createdAt') : undefined,
    updatedAt: timestamps ? (nameOf(times, 'updatedAt') ?? 'updatedAt') : undefined,
    softDelete: fieldOf(declared, 'softDelete', 'deletedAt'),
    slug: fieldOf(declared, 'slug', 'slug'),
    slugSources: isObject(slug) ? sourcesOf(slug) : [],
    translatable,
    version: fieldOf(declared, 'version', 'version'),
    publishable: fieldOf(declared, 'publishable', 'publishedAt'),
  }
}

type Declared = Readonly<Record<string, unknown>>

/** `true` is the usual name, `{ field }` another one. */
function fieldOf(declared: Declared, mixin: string, usual: string): string | undefined {
  const value = declared[mixin]
  if (value === undefined || value === false) return undefined
  if (value === true) return usual
  if (!isObject(value)) throw wrong(`${mixin} must be true or an object`)
  return nameOf(value, 'field') ?? usual
}

function sourcesOf({ from }: Declared): readonly string[] {
  const sources = typeof from === 'string' ? [from] : from
  if (!isNames(sources)) throw wrong('slug needs `from`, a field or a list of fields')
  return sources
}

function nameOf(declared: Declared, key: string): string | undefined {
  const name = declared[key]
  if (name === undefined || typeof name === 'string') return name
  throw wrong(`${key} must be the name of a field`)
}

function isNames(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((name) => typeof name === 'string')
}

function isObject(value: unknown): value is Declared {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function wrong(what: string): DbError {
  return new DbError('MIXIN_CONFIG', `lint: ${what}`)
}
