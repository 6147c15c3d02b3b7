import { DbError } from '../errors.ts'
import type { Metadata, ModelMetadata } from '../metadata/metadata.ts'
import { type HookCall, queryBeside } from '../prisma-internals.ts'
import { deletionOf, type ModelRules } from '../rewrite/rules.ts'
import type { Shape } from '../rewrite/shape.ts'

/** Rows that are deleted, and restored, with the row they belong to. */
export interface Cascade {
  /** The field of each row that says when it was deleted. */
  readonly parentField: string
  readonly childField: string
  readonly child: string
  /** The child's relation that leads to the parent. */
  readonly back: string
  readonly rules: ModelRules
  /** The child's key, where rows have to be found before they can be changed. */
  readonly keys?: readonly string[]
}

/** By the model that was declared with them. */
export type Cascades = ReadonlyMap<string, readonly Cascade[]>

interface Declared {
  readonly softDelete?: string
  readonly cascade?: readonly string[]
}

/**
 * Looks up what the declared cascades lead to.
 *
 * @throws DbError `MIXIN_CONFIG` when one leads to rows that have no soft delete, or no foreign key of their own
 */
export function cascadesOf(
  { models, provider }: Metadata,
  declared: ReadonlyMap<string, Declared>,
  rules: ReadonlyMap<string, ModelRules>,
): Cascades {
  return new Map(
    [...declared].flatMap(([name, { softDelete: parentField, cascade }]) =>
      parentField === undefined || !cascade
        ? []
        : [[name, cascade.map((field) => cascadeOf(models.get(name) as ModelMetadata, field, parentField))]],
    ),
  )

  function cascadeOf(parent: ModelMetadata, field: string, parentField: string): Cascade {
    const relation = parent.fields.get(field)?.relation
    const child = relation && models.get(relation.target)
    const childField = child && declared.get(child.name)?.softDelete
    if (!relation || !child || childField === undefined || relation.ownsKey || relation.link) {
      throw new DbError(
        'MIXIN_CONFIG',
        `mixins: ${parent.delegate} can only cascade to rows that point to it and have soft delete, which "${field}" is not`,
      )
    }
    const back = [...child.fields.values()].find(
      (other) => other.relation?.name === relation.name && other.relation.ownsKey,
    ) as { name: string }
    return {
      parentField,
      childField,
      child: child.name,
      back: back.name,
      rules: rules.get(child.name) ?? {},
      ...(provider === 'mysql' && { keys: child.key }),
    }
  }
}

/** Deletes the live children of all rows of some models that were deleted at a moment, and theirs, and so on. */
export async function cascadeDeletion(
  hooked: HookCall,
  cascades: Cascades,
  { models, now }: { readonly models: ReadonlySet<string>; readonly now: Date },
): Promise<void> {
  const reached = [...models]
  for (const model of reached) {
    for (const cascade of cascades.get(model) ?? []) {
      const { child, childField, parentField, back, rules } = cascade
      const where = { [childField]: null, [back]: { is: { [parentField]: now } } }
      const data = deletionOf(rules, { now }) as Shape
      if ((await updateMany(hooked, cascade, { where, data })) > 0) reached.push(child)
    }
  }
}

/**
 * Restores the children of a row that were deleted at the same moment as it was, and theirs, and so on. The row itself
 * and every row on the way is live by then.
 */
export async function cascadeRestoring(
  hooked: HookCall,
  cascades: Cascades,
  {
    model,
    row,
    deletedAt,
    now,
  }: { readonly model: string; readonly row: Shape; readonly deletedAt: Date; readonly now: Date },
): Promise<void> {
  for (const cascade of cascades.get(model) ?? []) {
    const { child, childField, back, rules } = cascade
    const path = { [back]: { is: row } }
    const data = { ...rules.update?.({}, { now }), [childField]: null }
    const restored = await updateMany(hooked, cascade, { where: { ...path, [childField]: deletedAt }, data })
    if (restored === 0) continue
    const next = { model: child, row: { ...path, [childField]: null }, deletedAt, now }
    await cascadeRestoring(hooked, cascades, next)
  }
}

/**
 * Changes the rows found by the rows they point to. Prisma cannot say that on MySQL and MariaDB when they point to rows
 * of the same table, so there they are found first.
 */
async function updateMany(
  hooked: HookCall,
  { child, keys }: Cascade,
  { where, data }: { readonly where: Shape; readonly data: Shape },
): Promise<number> {
  if (!keys) return update(where)
  const select = Object.fromEntries(keys.map((name) => [name, true]))
  const found = (await queryBeside(
    { model: child, operation: 'findMany', args: { where, select } },
    hooked,
  )) as Shape[]
  for (let at = 0; at < found.length; at += batch) await update({ OR: found.slice(at, at + batch) })
  return found.length

  async function update(rows: Shape): Promise<number> {
    const call = { model: child, operation: 'updateMany', args: { where: rows, data } }
    return ((await queryBeside(call, hooked)) as { readonly count: number }).count
  }
}

/** Databases and drivers take only so many parameters. */
const batch = 500
