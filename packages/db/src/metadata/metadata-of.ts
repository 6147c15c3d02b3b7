import { inlineSchemaOf } from './inline-schema.ts'
import type { Metadata } from './metadata.ts'
import { readSchema } from './read-schema.ts'

/** By the data model that a client shares with its extensions, its transactions and others of its class. It goes when they do. */
const known = new WeakMap<object, Metadata[]>()

/**
 * Returns what a client's schema says of its models, columns, keys and relations. Reads it once, however many clients
 * there are.
 *
 * @throws DbError `PRISMA_INTERNALS` when this Prisma keeps its schema elsewhere
 */
export function metadataOf(client: object): Metadata {
  const { schema, provider, defaultSchema, runtime } = inlineSchemaOf(client)
  const bySchema = known.get(runtime) ?? []
  known.set(runtime, bySchema)
  const found = bySchema.find((metadata) => metadata.defaultSchema === defaultSchema)
  if (found) return found
  const metadata = { ...(bySchema[0] ?? readSchema(schema, { provider, runtime })), defaultSchema }
  bySchema.push(metadata)
  return metadata
}
