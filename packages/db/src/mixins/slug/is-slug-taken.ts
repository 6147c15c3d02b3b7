import { errorModelOf } from '../../database-errors/error-model-of.ts'
import { factsOf } from '../../database-errors/facts.ts'
import { fieldsOf } from '../../database-errors/fields.ts'
import { reasonOf } from '../../database-errors/reason-of.ts'
import type { SlugTable } from './slug-tables.ts'

/**
 * Whether a statement failed because another row of this table has the slug, and not some other unique value. The model
 * that Prisma names is not asked: of a nested write, it is another one on MariaDB than elsewhere.
 */
export function isSlugTaken(error: unknown, { model, unique }: SlugTable): boolean {
  if (reasonOf(error) !== 'unique') return false
  const { adapter = {} } = factsOf(error) ?? {}
  if (adapter.table !== undefined && adapter.table !== model.table) return false
  const fields = fieldsOf(adapter, errorModelOf(model)).filter((name) => unique.includes(name))
  if (fields.length === 0 || adapter.constraint?.index !== undefined) return fields.length > 0
  // SQLite names columns, and their table in its text alone.
  const named = (adapter.originalMessage ?? '').split(/[\s,:]+/)
  return fields.some((name) => named.includes(`${model.table}.${model.fields.get(name)?.column}`))
}
