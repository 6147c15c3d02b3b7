import type { Finding } from './finding.ts'
import type { LintMixins } from './mixins.ts'
import { reusableUnique } from './reusable-unique.ts'
import type { LintIndex, LintModel, LintSchema } from './schema.ts'
import { indexName, quoted, quotedColumns, quotedTable } from './sql.ts'

/** Finds uniques that deleted rows still occupy, uniques that forbid nothing, and a slug without one. */
export function lintUniques(schema: LintSchema, model: LintModel, mixins: LintMixins): Finding[] {
  const { softDelete, slug } = mixins
  return [
    ...(softDelete === undefined
      ? []
      : model.uniques
          // Slugs are numbered around those of deleted rows, so that these can be restored.
          .filter(({ fields }) => slug === undefined || !fields.includes(slug))
          .flatMap((unique) => lintUnique(schema, model, { unique, deletedAt: softDelete }))),
    ...(slug === undefined ? [] : lintSlug(schema, model, slug)),
  ]
}

interface Questioned {
  readonly unique: LintIndex
  readonly deletedAt: string
}

function lintUnique(schema: LintSchema, model: LintModel, questioned: Questioned): Finding[] {
  const { unique, deletedAt } = questioned
  const { fields, where } = unique
  const own = [deletedAt, model.fields.get(deletedAt)?.column]
  if (where?.some((name) => own.includes(name))) return []
  if (fields.some((name) => model.fields.get(name)?.generated)) return []
  // What contains the key is unique whatever else it has.
  if (model.key.length > 0 && model.key.every((name) => fields.includes(name))) return []
  const place = { model: model.name, field: fields.join('+') }
  if (fields.includes(deletedAt)) {
    const message = `Live rows may be alike: their ${deletedAt} is null, and null differs from null. Leave it out`
    return [{ rule: 'unique-never-holds', ...place, message }]
  }
  const rule = 'unique-blocks-reuse'
  const blocked = `A deleted row keeps its ${fields.join(', ')} from being used again`
  if (where) return [{ rule, ...place, message: `${blocked}: add ${deletedAt}: null to its where` }]
  if (isReferred(schema, model, fields)) {
    return [{ rule, ...place, message: `${blocked}, and must stay so: foreign keys refer to it` }]
  }
  const sql = reusableUnique(schema, model, questioned)
  if (sql !== undefined) return [{ rule, ...place, message: blocked, sql }]
  return [{ rule, ...place, message: `${blocked}, and MySQL has no other unique for it` }]
}

/** A foreign key needs a unique that holds for all rows. */
function isReferred({ models }: LintSchema, { name }: LintModel, fields: readonly string[]): boolean {
  return [...models.values()]
    .flatMap(({ foreignKeys }) => foreignKeys)
    .some(
      ({ target, references }) =>
        target === name &&
        references.length === fields.length &&
        references.every((reference) => fields.includes(reference)),
    )
}

/** One among other fields will do: slugs may be unique for each tenant. */
function lintSlug({ provider }: LintSchema, model: LintModel, slug: string): Finding[] {
  if (!model.fields.has(slug)) return []
  if (model.key.includes(slug) || model.uniques.some(({ fields }) => fields.includes(slug))) return []
  const name = indexName(model, { fields: [slug] }, { kind: 'key', provider })
  const sql = [
    `-- schema.prisma: @unique at ${slug}`,
    `CREATE UNIQUE INDEX ${quoted(name, provider)} ON ${quotedTable(model, provider)}(${quotedColumns(model, [slug], provider)});`,
  ].join('\n')
  const message = 'Two rows that are created at once may get the same slug: it needs a unique'
  return [{ rule: 'slug-not-unique', model: model.name, field: slug, message, sql }]
}
