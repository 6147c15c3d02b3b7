import { inlineSchemaOf } from './inline-schema.ts'
import type { Metadata } from './metadata.ts'
import { readSchema } from './read-schema.ts'

/**
 * By the data model that a client shares with its extensions and transactions, and by the schema of its tables. It goes
 * when they do.
 */
const known = new WeakMap<object, Map<string | undefined, Metadata>>()

/**
 * Returns what a client's schema says of its models, columns, keys and relations. Reads it once per client.
 *
 * @throws DbError `PRISMA_INTERNALS` when this Prisma keeps its schema elsewhere
 */
export function metadataOf(client: object): Metadata {
  const { schema, ...inline } = inlineSchemaOf(client)
  const bySchema = known.get(inline.runtime) ?? new Map<string | undefined, Metadata>()
  known.set(inline.runtime, bySchema)
  const found = bySchema.get(inline.defaultSchema) ?? readSchema(schema, inline)
  bySchema.set(inline.defaultSchema, found)
  return found
}
