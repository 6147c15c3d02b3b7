import { nodeOf, type Step, type Walk } from './graph.ts'
import { deletionOf } from './rules.ts'
import { isAbsent, listOf, type Shape } from './shape.ts'
import { narrowed, rewriteWhere } from './where.ts'

/** The change that a deletion of a model's rows means; `undefined` where it just is a deletion. */
export function deletion(walk: Walk, model: string): Shape | undefined {
  const change = deletionOf(nodeOf(walk, model).rules, walk.moment)
  if (change) walk.deletes.add(model)
  return change
}

/** Related rows that are deleted, by the writes that mean it. */
export function removeRelated(
  walk: Walk,
  step: Step,
  writes: Shape,
  { removed, removedMany }: { readonly removed: unknown; readonly removedMany: unknown },
): Shape {
  const one = step.toMany
    ? removeFromList(walk, step, writes, removed)
    : removeOne(walk, step, writes, removed)
  return removeMany(walk, step, one, removedMany)
}

/** Deleted first, as Prisma does it: an update of the same row does not find it. */
function removeFromList(walk: Walk, { target }: Step, writes: Shape, removed: unknown): Shape {
  if (isAbsent(removed)) return writes
  const where = listOf(removed).map((entry) => rewriteWhere(walk, target, entry))
  const data = deletion(walk, target)
  if (!data) return { ...writes, delete: where }
  return {
    ...writes,
    update: [...where.map((entry) => ({ where: entry, data })), ...several(writes['update'])],
  }
}

/** Deleting the single related row. Beside an update of it both become one, since Prisma takes one. */
function removeOne(walk: Walk, { target }: Step, writes: Shape, removed: unknown): Shape {
  if (isAbsent(removed) || removed === false) return writes
  const where = rewriteWhere(walk, target, removed === true ? undefined : removed)
  const data = deletion(walk, target)
  if (!data) return { ...writes, delete: where ?? true }
  const update = writes['update'] as { readonly where?: Shape; readonly data: Shape } | undefined
  return {
    ...writes,
    update: {
      where: update?.where ? narrowed(update.where, {}, [where as Shape]) : where,
      data: { ...update?.data, ...data },
    },
  }
}

function removeMany(walk: Walk, { target }: Step, writes: Shape, removed: unknown): Shape {
  if (isAbsent(removed)) return writes
  const where = listOf(removed).map((entry) => rewriteWhere(walk, target, entry))
  const data = deletion(walk, target)
  if (!data) return { ...writes, deleteMany: where }
  return {
    ...writes,
    updateMany: [...several(writes['updateMany']), ...where.map((entry) => ({ where: entry, data }))],
  }
}

function several(value: unknown): readonly unknown[] {
  return value === undefined ? [] : listOf(value)
}
