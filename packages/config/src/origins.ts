import type { Variable } from './definition.ts'
import { ConfigError } from './errors.ts'
import type { Found } from './lookup.ts'

/** Where a value came from. */
export interface Origin {
  readonly variable: Variable
  /** `default`, the name of a file, `environment`, `override`. */
  readonly source: string
}

const key: unique symbol = Symbol('fastkit.config.origins')

/** Remembers where the values of a config came from, on the config itself and out of sight. */
export function attachOrigins<T extends object>(
  config: T,
  variables: readonly Variable[],
  found: ReadonlyMap<string, Found>,
): T {
  return withOrigins(
    config,
    variables.map((variable) => ({ variable, source: found.get(variable.name)?.source ?? 'default' })),
  )
}

export function withOrigins<T extends object>(config: T, origins: readonly Origin[]): T {
  const copy = Object.defineProperty({ ...config }, key, { value: origins })
  return Object.freeze(copy)
}

/** @throws ConfigError `CONFIG_DEFINITION` for anything but a config */
export function originsOf(config: object): readonly Origin[] {
  const { [key]: origins } = config as { [key]?: readonly Origin[] }
  if (!origins)
    throw new ConfigError('CONFIG_DEFINITION', 'This is not a config: pass what defineConfig returned')
  return origins
}
