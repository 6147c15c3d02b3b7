import { DbError } from '../errors.ts'
import { resolveMixins } from '../mixins/check.ts'
import { type ModelInfo, modelsOf } from '../prisma-internals.ts'

/** Names of the fields that the model's mixins write: the client carries its declarations. */
export function managedFields(client: object, key: string): ReadonlySet<string> {
  const { $fastkit } = client as { $fastkit?: { config: Readonly<Record<string, unknown>> } }
  const { timestamps, softDelete } = resolveMixins($fastkit?.config ?? {}, modelsOf(client)).get(key) ?? {}
  return new Set([
    ...(timestamps ? [timestamps.createdAt, timestamps.updatedAt] : []),
    ...(softDelete === undefined ? [] : [softDelete]),
  ])
}

/**
 * Refuses data with a field the model does not have, or that is not the caller's to write. TypeScript lets surplus
 * keys of a variable through, and Prisma's own message would print the values beside it.
 *
 * @throws DbError `UNKNOWN_FIELD`, `MANAGED_FIELD`
 */
export function checkCreate(model: ModelInfo, data: object, managed: ReadonlySet<string>): void {
  for (const [name, value] of Object.entries(data)) {
    if (!model.fields.has(name)) {
      const known = [...model.fields.keys()].join(', ')
      throw new DbError('UNKNOWN_FIELD', `${model.name} has no field "${name}"; it has: ${known}`)
    }
    if (managed.has(name) && value !== undefined) {
      throw new DbError(
        'MANAGED_FIELD',
        `"${name}" of ${model.name} is written by its mixins and cannot be set`,
      )
    }
  }
}

/** The same for a change, which cannot move a row to another key either. */
export function checkUpdate(model: ModelInfo, data: object, managed: ReadonlySet<string>): void {
  checkCreate(model, data, managed)
  if ('id' in data && data.id !== undefined) {
    throw new DbError('MANAGED_FIELD', `The key of ${model.name} cannot be changed`)
  }
}
