import { ConfigError } from './errors.ts'
import { frozenCopy } from './frozen-copy.ts'
import { originsOf, withOrigins } from './origins.ts'
import { Secret } from './secret.ts'

/** Some of the values of a config. A secret may be given as it is. */
export type Changes<T> = { readonly [K in keyof T]?: Change<T[K]> }

type Change<V> =
  V extends Secret<infer Hidden>
    ? Hidden | V
    : V extends readonly unknown[] | Date
      ? V
      : V extends object
        ? Changes<V>
        : V

/**
 * Returns a copy with some values changed, for a test: `wire(override(config, { app: { port: 0 } }))`. The original
 * stays as it is, so tests that run side by side do not see each other. Values are not checked again.
 *
 * @throws ConfigError `CONFIG_DEFINITION` for a setting that the config does not have
 */
export function override<T extends object>(config: T, changes: Changes<T>): T {
  const changed = new Set<string>()
  const copy = apply(config, changes, [])
  const origins = originsOf(config).map((origin) =>
    changed.has(origin.variable.path.join('.')) ? { ...origin, source: 'override' } : origin,
  )
  return withOrigins(copy, origins)

  function apply<Part extends object>(part: Part, wanted: object, path: readonly string[]): Part {
    const result = { ...part } as Record<string, unknown>
    for (const [key, value] of Object.entries(wanted)) {
      const inner = [...path, key]
      if (!Object.hasOwn(part, key)) {
        throw new ConfigError('CONFIG_DEFINITION', `There is no setting ${inner.join('.')}`)
      }
      result[key] = isGroup(inner)
        ? apply(result[key] as object, value as object, inner)
        : replace(inner, result[key], value)
    }
    return frozenCopy(result) as Part
  }

  function isGroup(path: readonly string[]): boolean {
    return originsOf(config).some(
      ({ variable }) =>
        variable.path.length > path.length && path.every((key, at) => variable.path[at] === key),
    )
  }

  function replace(path: readonly string[], before: unknown, after: unknown): unknown {
    changed.add(path.join('.'))
    const { info } =
      originsOf(config).find(({ variable }) => variable.path.join('.') === path.join('.'))?.variable ?? {}
    const hide =
      (info?.secret ?? before instanceof Secret) && after !== undefined && !(after instanceof Secret)
    return hide ? new Secret(after) : after
  }
}
