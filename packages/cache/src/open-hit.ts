import type { LoadOptions } from './load-options.ts'
import type { CacheHit } from './store.ts'
import type { Sealer } from './values/sealer.ts'

/** Reads what a store found. Undefined when that cannot be read, or does not fit the schema. */
export async function openChecked(
  sealer: Sealer,
  hit: CacheHit,
  { schema }: Pick<LoadOptions, 'schema'>,
): Promise<{ value: unknown } | undefined> {
  const opened = sealer.open(hit.value)
  if (!schema || !opened) return opened
  const { issues } = await schema['~standard'].validate(opened.value)
  return issues ? undefined : opened
}
