import type { Finding } from './finding.ts'
import type { LintMixins } from './mixins.ts'
import type { LintModel, LintSchema } from './schema.ts'
import { indexName, quoted, quotedColumns, quotedTable } from './sql.ts'

/** Finds models with soft delete whose deleted rows cannot be found, nor cleaned up, without reading the whole table. */
export function lintIndexes(
  { provider }: LintSchema,
  model: LintModel,
  { softDelete }: LintMixins,
): Finding[] {
  if (softDelete === undefined || !model.fields.has(softDelete)) return []
  if (model.indexes.some(({ fields }) => fields.includes(softDelete))) return []
  const name = indexName(model, { fields: [softDelete] }, { kind: 'idx', provider })
  const sql = [
    `-- schema.prisma: @@index([${softDelete}])`,
    `CREATE INDEX ${quoted(name, provider)} ON ${quotedTable(model, provider)}(${quotedColumns(model, [softDelete], provider)});`,
  ].join('\n')
  const message = 'Finding deleted rows reads the whole table: it needs an index'
  return [{ rule: 'soft-delete-without-index', model: model.name, field: softDelete, message, sql }]
}
