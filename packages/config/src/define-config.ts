import type { StandardSchemaV1 } from '@standard-schema/spec'
import { createEnv } from '@t3-oss/env-core'
import { type ConfigOf, type Definition, type Variable, variablesOf } from './definition.ts'
import { invalidConfig, type Problem } from './errors.ts'
import { frozenCopy } from './frozen-copy.ts'
import { environmentLayer, type Layer, type Profile, readDotEnvFiles } from './layers.ts'
import { type Found, lookUp } from './lookup.ts'
import { nearMiss } from './near-miss.ts'
import { attachOrigins } from './origins.ts'
import { problemOf } from './problem.ts'

export interface DefineConfigOptions {
  /** Which `.env` files count. @default `NODE_ENV`, or else development */
  readonly profile?: Profile
  /** The folder whose `.env` files are read. Its parents are not. @default no files */
  readonly directory?: string
  /** The real environment. It is copied, never changed. @default process.env, where there is one */
  readonly env?: Readonly<Record<string, unknown>>
  /** Hears of what is probably a mistake: a near miss of a name, a secret in a file that anyone can read. @default nobody */
  readonly onWarning?: (message: string) => void
}

/**
 * Reads and checks all settings at once, and returns their values, typed and frozen to the bottom.
 *
 * Precedence, lowest first: defaults, `.env`, `.env.<profile>`, `.env.local`, `.env.<profile>.local`, the real
 * environment. An empty variable is a missing one.
 *
 * @throws ConfigError `CONFIG_INVALID` with every variable that is missing or wrong, `DOTENV_SYNTAX`,
 *   `CONFIG_DEFINITION`
 */
export function defineConfig<const D extends Definition>(
  definition: D,
  options: DefineConfigOptions = {},
): ConfigOf<D> {
  const { env = globalThis.process?.env ?? {}, directory, onWarning = () => {} } = options
  const variables = variablesOf(definition)
  const files =
    directory === undefined ? [] : readDotEnvFiles(directory, profileOf(options.profile ?? env['NODE_ENV']))
  const layers = [...files.map((layer) => withoutProfile(layer, onWarning)), environmentLayer(env)]

  const { found, problems } = lookUpAll(variables, layers)
  const values = validate(variables, found, layers, problems)
  for (const warning of warnings(variables, found, layers)) onWarning(warning)
  return attachOrigins(nest(variables, values), variables, found) as ConfigOf<D>
}

const profiles: readonly string[] = ['development', 'test', 'staging', 'production'] satisfies Profile[]

function profileOf(name: unknown): Profile {
  if (name === undefined || name === '') return 'development'
  if (typeof name === 'string' && profiles.includes(name)) return name as Profile
  const fix = `set it to one of ${profiles.join(', ')}`
  throw invalidConfig([{ variable: 'NODE_ENV', reason: 'names no profile', fix }])
}

/** It has decided which files are read by the time they are. */
function withoutProfile(layer: Layer, onWarning: (message: string) => void): Layer {
  if (!layer.values.has('NODE_ENV')) return layer
  onWarning(`NODE_ENV in ${layer.source} has no effect: it decides which files are read`)
  return { ...layer, values: new Map([...layer.values].filter(([name]) => name !== 'NODE_ENV')) }
}

type FoundByName = ReadonlyMap<string, Found>

function lookUpAll(
  variables: readonly Variable[],
  layers: readonly Layer[],
): { found: FoundByName; problems: Problem[] } {
  const declared = new Set(variables.map(({ name }) => name))
  const found = new Map<string, Found>()
  const problems: Problem[] = []
  for (const { name } of variables) {
    const result = lookUp(name, layers, declared)
    if (result && 'text' in result) found.set(name, result)
    else if (result) problems.push(result)
  }
  return { found, problems }
}

/** Leaves the checking to t3-env, which asks every schema and reports all issues together. */
function validate(
  variables: readonly Variable[],
  found: FoundByName,
  layers: readonly Layer[],
  problems: readonly Problem[],
): Readonly<Record<string, unknown>> {
  const unreadable = new Set(problems.map(({ variable }) => variable))
  const checked = variables.filter(({ name }) => !unreadable.has(name))
  const fail = (more: readonly Problem[]): never => {
    throw invalidConfig([...problems, ...more])
  }
  const declared = new Set(variables.flatMap(({ name }) => [name, `${name}_FILE`]))
  const values = createEnv({
    server: Object.fromEntries(checked.map(({ name, schema }) => [name, guarded(schema)])),
    // Without a prototype, or a variable called `constructor` would be found there.
    runtimeEnv: Object.assign(
      Object.create(null),
      Object.fromEntries([...found].map(([name, { text }]) => [name, text])),
    ),
    isServer: true,
    onValidationError: (issues) =>
      fail(
        checked.flatMap((variable) =>
          problemOf(variable, issues, found.get(variable.name), layers, declared),
        ),
      ),
  })
  return problems.length > 0 ? fail([]) : values
}

/** A schema that throws, or waits, is one more problem, and what it says of the value stays with it. */
function guarded(schema: StandardSchemaV1): StandardSchemaV1 {
  return {
    '~standard': {
      version: 1,
      vendor: 'fastkit',
      validate(input) {
        try {
          const result = schema['~standard'].validate(input)
          if (!('then' in result)) return result.issues?.length === 0 ? failed : result
          result.then(undefined, () => {}) // nobody is going to look at it
        } catch {
          // Told below, without its words.
        }
        return failed
      },
    },
  }
}

const failed = { issues: [{ message: 'cannot be read' }] }

function* warnings(
  variables: readonly Variable[],
  found: FoundByName,
  layers: readonly Layer[],
): Generator<string> {
  const unset = variables.map(({ name }) => name).filter((name) => !found.has(name))
  const declared = new Set(variables.flatMap(({ name }) => [name, `${name}_FILE`]))
  for (const { source, values } of layers) {
    for (const name of values.keys()) {
      const meant = declared.has(name) ? undefined : nearMiss(name, unset)
      if (meant !== undefined) yield `${name} in ${source} is not a setting. Did you mean ${meant}?`
    }
  }
  for (const { name, info } of variables) {
    const { source, worldReadable } = found.get(name) ?? {}
    if (info.secret && worldReadable)
      yield `${name} is a secret, and anyone on this machine can read ${source}`
  }
}

function nest(variables: readonly Variable[], values: Readonly<Record<string, unknown>>): object {
  const root: Record<string, unknown> = {}
  for (const { name, path } of variables) {
    const parents = path.slice(0, -1)
    let place = root
    for (const key of parents) {
      if (!Object.hasOwn(place, key)) place[key] = {}
      place = place[key] as Record<string, unknown>
    }
    place[path.at(-1) as string] = values[name]
  }
  return frozenCopy(root)
}
