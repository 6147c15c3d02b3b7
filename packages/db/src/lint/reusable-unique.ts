import type { LintIndex, LintModel, LintSchema } from './schema.ts'
import { indexName, mysqlType, quoted, quotedColumns, quotedTable } from './sql.ts'

/**
 * The SQL that makes a unique hold for live rows only, with the change of the schema that goes with it. Undefined where
 * the database has no such thing for it.
 */
export function reusableUnique(
  schema: LintSchema,
  model: LintModel,
  { unique, deletedAt }: { readonly unique: LintIndex; readonly deletedAt: string },
): string | undefined {
  const { provider } = schema
  return provider === 'mysql' ? generatedColumn() : partialIndex()

  function partialIndex(): string {
    const name = indexName(model, unique, { kind: 'key', provider })
    const within = model.schema === undefined ? '' : `${quoted(model.schema, provider)}.`
    const columns = quotedColumns(model, unique.fields, provider)
    const map = unique.map === undefined ? '' : `, map: ${JSON.stringify(unique.map)}`
    return [
      `-- schema.prisma: @@unique([${unique.fields.join(', ')}], where: { ${deletedAt}: null }${map}) instead of this unique,`,
      '-- and previewFeatures = ["partialIndexes"] in the generator',
      `DROP INDEX ${within}${quoted(name, provider)};`,
      `CREATE UNIQUE INDEX ${quoted(name, provider)} ON ${quotedTable(model, provider)}(${columns}) WHERE ${quotedColumns(model, [deletedAt], provider)} IS NULL;`,
    ].join('\n')
  }

  /** Null differs from null in a unique, so one column that is null for deleted rows frees all the others. */
  function generatedColumn(): string | undefined {
    const name = generatedFor(model, unique)
    const field = name === undefined ? undefined : model.fields.get(name)
    const type = field && mysqlType(field, schema)
    if (!field || type === undefined) return undefined
    const live = `${field.name}Live`
    const generated: LintIndex = {
      fields: unique.fields.map((each) => (each === field.name ? live : each)),
    }
    const native = field.nativeType === undefined ? '' : ` @db.${field.nativeType}`
    const [only, ...others] = generated.fields
    const own = others.length === 0 && only === live ? ' @unique' : ''
    const composite = own === '' ? `, @@unique([${generated.fields.join(', ')}])` : ''
    const plain: LintIndex = { fields: unique.fields }
    const q = (text: string) => quoted(text, provider)
    return [
      `-- schema.prisma: ${live} ${field.type}?${own} @default(dbgenerated())${native}${composite}`,
      `-- and @@index([${unique.fields.join(', ')}]) instead of this unique`,
      `ALTER TABLE ${quotedTable(model, provider)}`,
      `  DROP INDEX ${q(indexName(model, unique, { kind: 'key', provider }))},`,
      `  ADD INDEX ${q(indexName(model, plain, { kind: 'idx', provider }))}(${quotedColumns(model, unique.fields, provider)}),`,
      `  ADD COLUMN ${q(live)} ${type} GENERATED ALWAYS AS (IF(${quotedColumns(model, [deletedAt], provider)} IS NULL, ${q(field.column)}, NULL)) VIRTUAL,`,
      `  ADD UNIQUE INDEX ${q(indexName(model, generated, { kind: 'key', provider }))}(${quotedColumns(model, generated.fields, provider)});`,
    ].join('\n')
  }
}

/** The last field that is no foreign key. Undefined where the unique is what makes a relation one-to-one. */
function generatedFor({ foreignKeys }: LintModel, { fields }: LintIndex): string | undefined {
  const foreign = new Set(foreignKeys.flatMap((key) => key.fields))
  return fields.findLast((name) => !foreign.has(name))
}
