import { inlineSchemaOf } from './inline-schema.ts'
import type { Metadata } from './metadata.ts'
import { readSchema } from './read-schema.ts'

/** By the data model that a client shares with its extensions and transactions. It goes when they do. */
const known = new WeakMap<object, Metadata>()

/**
 * Returns what a client's schema says of its models, columns, keys and relations. Reads it once per client.
 *
 * @throws DbError `PRISMA_INTERNALS` when this Prisma keeps its schema elsewhere
 */
export function metadataOf(client: object): Metadata {
  const { schema, provider, runtime } = inlineSchemaOf(client)
  const found = known.get(runtime) ?? readSchema(schema, { provider, runtime })
  known.set(runtime, found)
  return found
}
