import type { ModelMetadata } from './metadata.ts'

/**
 * The columns that MySQL calculates so that deleted rows free their uniques, `emailLive`, by the name of what they
 * stand for, `email`: other databases have partial unique indexes for it.
 */
export function liveColumnsOf({ fields, whereKeys }: ModelMetadata): ReadonlyMap<string, string> {
  const unique = new Set([...whereKeys.values()].flat())
  return new Map(
    [...fields.values()].flatMap(({ name, hasDefault, required }): [string, string][] => {
      const base = name.replace(/Live$/, '')
      const calculated = base !== name && fields.has(base) && hasDefault && !required && unique.has(name)
      return calculated ? [[base, name]] : []
    }),
  )
}
