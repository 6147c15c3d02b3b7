import { nodeOf, type Step, type Walk } from './graph.ts'
import { eachOf, isAbsent, isShape, type Shape } from './shape.ts'

/** The condition of a query on a model, which sees some of its rows: those that exist, unless told otherwise. */
export function rewriteWhere(
  walk: Walk,
  model: string,
  where: unknown,
  rows: Shape | undefined = walk.exists(model),
): unknown {
  const inner = rewriteCondition(walk, model, where)
  return rows ? narrowed(inner, rows) : inner
}

/** A condition on rows of a model, with every related row it speaks of made one that exists. */
export function rewriteCondition(walk: Walk, model: string, where: unknown): unknown {
  if (!isShape(where)) return where
  const { steps } = nodeOf(walk, model)
  const more: Shape[] = []
  const rewritten = Object.entries(where).flatMap(([key, value]): [string, unknown][] => {
    if (key === 'AND' || key === 'OR' || key === 'NOT') {
      return [[key, eachOf(value, (part) => rewriteCondition(walk, model, part))]]
    }
    const step = steps.get(key)
    if (!step || isAbsent(value)) return [[key, value]]
    const [first, ...others] = step.toMany ? ofList(walk, step, value) : ofOne(walk, step, value)
    more.push(...others.map((part) => ({ [key]: part })))
    return first === undefined ? [] : [[key, first]]
  })
  return narrowed(Object.fromEntries(rewritten), {}, more)
}

/**
 * Both conditions. Flat where possible: Prisma batches `findUnique` calls of one moment only while their `where` is
 * flat, and wants a unique key at the top.
 */
export function narrowed(where: unknown, condition: Shape, more: readonly Shape[] = []): Shape {
  const own: Shape = isShape(where) ? where : {}
  const names = Object.keys(condition)
  const taken = names.some((name) => own[name] !== undefined)
  const parts = [...(taken ? [condition] : []), ...more]
  const flat = taken ? own : { ...own, ...condition }
  return parts.length === 0 ? flat : { ...flat, AND: [...[own['AND'] ?? []].flat(), ...parts] }
}

/**
 * `some` and `none` look for a row that exists. "Every row that exists fits" is "no row that exists does not", which
 * needs no opposite of existing.
 */
function ofList(walk: Walk, { target }: Step, filter: unknown): unknown[] {
  if (!isShape(filter)) return [filter]
  const { every, ...rest } = filter
  const plain = Object.entries(rest).map(([word, where]) => [
    word,
    isAbsent(where) ? where : rewriteWhere(walk, target, where),
  ])
  const parts: unknown[] = plain.length > 0 ? [Object.fromEntries(plain)] : []
  if (isAbsent(every)) return parts.length > 0 ? parts : [filter]
  const exists = walk.exists(target)
  const condition = rewriteCondition(walk, target, every)
  const bare = isShape(condition) && Object.values(condition).every((value) => value === undefined)
  if (!exists) return [...parts, { every: condition }]
  return bare ? parts : [...parts, { none: narrowed({ NOT: condition }, exists) }]
}

/** A row that does not exist is as good as none: `null`. */
function ofOne(walk: Walk, { target }: Step, filter: unknown): unknown[] {
  const exists = walk.exists(target)
  if (filter === null) return [exists ? { isNot: exists } : null]
  if (!isShape(filter)) return [filter]
  if (!isWrapped(filter, nodeOf(walk, target).has)) return [{ is: rewriteWhere(walk, target, filter) }]
  return Object.entries(filter).flatMap(([word, where]) => {
    if (isAbsent(where)) return []
    if (where !== null) return [{ [word]: rewriteWhere(walk, target, where) }]
    return [exists ? { [word === 'is' ? 'isNot' : 'is']: exists } : { [word]: null }]
  })
}

/** Whether it says `is` or `isNot`, rather than being the related row's condition itself. */
function isWrapped(filter: Shape, has: (field: string) => boolean): boolean {
  const words = Object.keys(filter)
  return words.length > 0 && words.every((word) => (word === 'is' || word === 'isNot') && !has(word))
}
