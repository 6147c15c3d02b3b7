import { DbError } from '../errors.ts'
import { inlineSchemaOf } from '../metadata/inline-schema.ts'
import { lintColumns } from './columns.ts'
import type { Finding } from './finding.ts'
import { lintIndexes } from './indexes.ts'
import { readLintMixins } from './mixins.ts'
import { readLintSchema } from './schema.ts'
import { lintUniques } from './uniques.ts'

/**
 * Compares a Prisma schema with the mixins its models are to have. What a schema may do wrong and still start is found
 * here: a unique that deleted rows occupy, a date that cannot be null, a slug without a unique.
 *
 * @param schema The text, all files of it.
 * @param mixins As `mixins()` takes them, by the name of the delegate: `{ article: { softDelete: true } }`.
 * @throws DbError `INVALID_SCHEMA`, and `MIXIN_CONFIG` for a model that the schema lacks
 */
export function lintSchema(schema: string, mixins: Readonly<Record<string, unknown>>): Finding[] {
  const read = readLintSchema(schema)
  return Object.entries(mixins).flatMap(([key, declared]) => {
    const model = read.models.get(key)
    if (!model) {
      const known = [...read.models.keys()].join(', ')
      throw new DbError('MIXIN_CONFIG', `lint: there is no model "${key}"; there are: ${known}`)
    }
    if (declared === undefined) return []
    const own = readLintMixins(declared)
    return [...lintColumns(model, own), ...lintUniques(read, model, own), ...lintIndexes(read, model, own)]
  })
}

/** The same for a client with `mixins(…)`, whose schema and declarations it carries. */
export function lintClient(client: { readonly $fastkit: { readonly config: object } }): Finding[] {
  return lintSchema(inlineSchemaOf(client).schema, client.$fastkit.config as Record<string, unknown>)
}
