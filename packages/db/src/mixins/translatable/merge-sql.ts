import sql, { join, raw, type Sql } from 'sql-template-tag'
import type { SqlQuery } from '../../filter/key-query.ts'
import { and, type Dialect, or, quoted, tableName } from '../../filter/sql/compiling.ts'
import { parameter } from '../../filter/sql/parameter.ts'
import type { FieldMetadata, ModelMetadata } from '../../metadata/metadata.ts'
import type { Shape } from '../../rewrite/shape.ts'
import type { TextMerge } from './split-texts.ts'

/**
 * Compiles one UPDATE that merges texts into the JSON of a model's columns, so that no text another call writes at the
 * same time is lost. Without any text left a column becomes NULL.
 *
 * @param rows Columns and their values, of each row that is meant; not empty
 */
export function mergeSql(
  dialect: Dialect,
  model: ModelMetadata,
  { merges, rows }: { readonly merges: readonly TextMerge[]; readonly rows: readonly Shape[] },
): SqlQuery {
  const table = tableName(dialect, model)
  const set = merges.map(
    (merge) => sql`${column(merge.field)} = ${merged(dialect, column(merge.field), merge)}`,
  )
  const statement = sql`update ${table} set ${join(set, ', ')} where ${or(rows.map(matching))}`
  return {
    sql: dialect.provider === 'postgresql' ? statement.text : statement.sql,
    values: statement.values,
  }

  function column({ column: name }: FieldMetadata): Sql {
    return quoted(dialect, name)
  }

  function matching(row: Shape): Sql {
    return and(
      Object.entries(row).map(([name, value]) => {
        const field = model.fields.get(name) as FieldMetadata
        return value === null
          ? sql`${column(field)} is null`
          : sql`${column(field)} = ${parameter(dialect, field, value)}`
      }),
    )
  }
}

/** A column may hold JSON's own null, which is no map to merge into. */
function merged({ provider }: Dialect, column: Sql, { field, texts }: TextMerge): Sql {
  const patch = JSON.stringify(texts)
  switch (provider) {
    case 'sqlite':
      return sql`(select case when merged = '{}' then null else merged end from (select json_patch(coalesce(json(${column}), '{}'), ${patch}) as merged))`
    case 'postgresql': {
      const type = raw(field.nativeType === 'Json' ? 'json' : 'jsonb')
      return sql`nullif(jsonb_strip_nulls(coalesce(nullif(${column}::jsonb, 'null'::jsonb), '{}'::jsonb) || ${patch}::jsonb), '{}'::jsonb)::${type}`
    }
    case 'mysql': {
      // MySQL never finds a JSON value equal to the text '{}'.
      const patched = sql`json_merge_patch(coalesce(${column}, '{}'), ${patch})`
      return sql`if(json_length(${patched}) = 0, null, ${patched})`
    }
  }
}
