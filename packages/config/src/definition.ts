import type { StandardSchemaV1 } from '@standard-schema/spec'
import { ConfigError } from './errors.ts'
import { infoOf, type SettingInfo } from './setting.ts'

/** Settings by name, and groups of them. A setting is any Standard Schema that reads text. */
export interface Definition {
  readonly [key: string]: StandardSchemaV1 | Group<Definition>
}

/** Settings that belong together. */
export interface Group<D extends Definition> {
  readonly '~group': D
  readonly prefix: string | undefined
}

export interface GroupOptions {
  /** What its variables begin with. @default the group's key, `DATABASE_` for `database` */
  readonly prefix?: string
}

/** The values a definition leads to. */
export type ConfigOf<D> = {
  readonly [K in keyof D]: D[K] extends Group<infer Inner>
    ? ConfigOf<Inner>
    : D[K] extends StandardSchemaV1
      ? StandardSchemaV1.InferOutput<D[K]>
      : never
}

/** Puts settings into a group of their own: `config.database.url`, read from `DATABASE_URL`. */
export function group<const D extends Definition>(settings: D, { prefix }: GroupOptions = {}): Group<D> {
  return { '~group': settings, prefix }
}

/** One variable of a definition. */
export interface Variable {
  /** `DATABASE_POOL_SIZE` */
  readonly name: string
  /** `['database', 'poolSize']` */
  readonly path: readonly string[]
  readonly schema: StandardSchemaV1
  readonly info: SettingInfo
}

/** Lists the variables of a definition, in its order. @throws ConfigError `CONFIG_DEFINITION` for two of one name */
export function variablesOf(definition: Definition): Variable[] {
  const variables = collect(definition, [], '')
  const names = new Set<string>()
  for (const { name, path } of variables) {
    if (names.has(name))
      throw new ConfigError('CONFIG_DEFINITION', `Two settings read ${name}; one is ${path.join('.')}`)
    names.add(name)
  }
  return variables
}

function collect(definition: Definition, parents: readonly string[], prefix: string): Variable[] {
  return Object.entries(definition).flatMap(([key, entry]): Variable[] => {
    const path = [...parents, key]
    const usable =
      key !== '__proto__' && (typeof entry === 'object' || typeof entry === 'function') && entry !== null
    if (!usable || !('~group' in entry || '~standard' in entry)) {
      throw new ConfigError('CONFIG_DEFINITION', `${path.join('.')} is neither a setting nor a group`)
    }
    if ('~group' in entry)
      return collect(entry['~group'], path, entry.prefix ?? `${prefix}${variableName(key)}_`)
    const info = infoOf(entry)
    return [{ name: info.name ?? `${prefix}${variableName(key)}`, path, schema: entry, info }]
  })
}

/** `poolSize` → `POOL_SIZE`, `s3Bucket` → `S3_BUCKET`, `apiURL` → `API_URL`. */
function variableName(key: string): string {
  return key
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .toUpperCase()
}
