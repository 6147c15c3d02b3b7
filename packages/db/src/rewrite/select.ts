import { type Node, nodeOf, type Step, type Walk } from './graph.ts'
import { checkOrder } from './order.ts'
import type { Columns, ReadRow } from './rules.ts'
import { isShape, type Shape } from './shape.ts'
import { rewriteCondition, rewriteWhere } from './where.ts'

/** What has to be done to the rows that come back: Prisma took no condition there, or they are read otherwise. */
export interface Pruning {
  /** The relation's field. */
  readonly field: string
  /** A related row that differs becomes `null`. */
  readonly exists?: Columns
  /** Columns that were read for that purpose only, and go again. */
  readonly added: readonly string[]
  /** What becomes of a related row. */
  readonly read?: ReadRow
  /** What to do inside of the related rows. */
  readonly inner: readonly Pruning[]
}

interface Selected {
  readonly args: Shape
  readonly prunings: readonly Pruning[]
}

/** The `select` and `include` of a model's rows, whatever their depth, showing only related rows that exist. */
export function rewriteSelection(walk: Walk, model: string, args: Shape): Selected {
  const { select, include } = args
  const prunings: Pruning[] = []
  const rewritten = {
    ...args,
    ...(isShape(select) && { select: fields(select) }),
    ...(isShape(include) && { include: fields(include) }),
  }
  return { args: rewritten, prunings }

  function fields(selection: Shape): Shape {
    return Object.fromEntries(
      Object.entries(selection).map(([name, value]) => {
        if (name === '_count') return [name, rewriteCount(walk, model, value)]
        const step = nodeOf(walk, model).steps.get(name)
        if (!step || (value !== true && !isShape(value))) return [name, value]
        const { args: inner, pruning } = related(walk, { name, step }, value === true ? {} : value)
        if (pruning) prunings.push(pruning)
        return [name, Object.keys(inner).length === 0 ? true : inner]
      }),
    )
  }
}

/**
 * The conditions, order and selection of a list of rows: of a query, or of a relation in it. Its cursor stays as it is:
 * it is a place in the order, and the rows after it are those that exist.
 */
export function rewriteList(walk: Walk, model: string, args: Shape, rows?: Shape): Selected {
  const { where, orderBy } = args
  checkOrder(walk, model, orderBy)
  const { args: selected, prunings } = rewriteSelection(walk, model, args)
  const found = rewriteWhere(walk, model, where, rows)
  return { args: found === undefined ? selected : { ...selected, where: found }, prunings }
}

function related(
  walk: Walk,
  { name, step }: { name: string; step: Step },
  args: Shape,
): { args: Shape; pruning?: Pruning } {
  const { args: own, prunings: inner } = step.toMany
    ? rewriteList(walk, step.target, args)
    : rewriteSelection(walk, step.target, args)
  const exists = step.toMany || step.required ? undefined : walk.exists(step.target)
  const read = walk.reads(step.target)
  const pruning = { field: name, added: [], ...(read && { read }), inner }
  if (!exists) return { args: own, ...((inner.length > 0 || read) && { pruning }) }
  const columns = reading(own, Object.keys(exists), nodeOf(walk, step.target))
  return { args: columns.args, pruning: { ...pruning, exists, added: columns.added } }
}

/** Reads some columns whatever the caller selected or omitted, and says which of them the caller did not ask for. */
function reading(args: Shape, columns: readonly string[], { omits }: Node): { args: Shape; added: string[] } {
  const { select, omit } = args
  if (isShape(select)) {
    const added = columns.filter((name) => select[name] !== true)
    return {
      args: added.length === 0 ? args : { ...args, select: { ...select, ...flags(added, true) } },
      added,
    }
  }
  const own: Shape = isShape(omit) ? omit : {}
  const omitted = columns.filter((name) => own[name] ?? omits(name))
  return {
    args: omitted.length === 0 ? args : { ...args, omit: { ...own, ...flags(omitted, false) } },
    added: omitted,
  }
}

function flags(names: readonly string[], value: boolean): Shape {
  return Object.fromEntries(names.map((name) => [name, value]))
}

/** Counts of related rows. `true` stands for all of them, each of which then needs its condition. */
function rewriteCount(walk: Walk, model: string, count: unknown): unknown {
  const { steps, lists } = nodeOf(walk, model)
  if (count !== true && !isShape(count)) return count
  const asked = count === true || count['select'] === undefined ? flags(lists, true) : count['select']
  if (!isShape(asked) || !Object.keys(asked).some((name) => steps.has(name))) return count
  return {
    select: Object.fromEntries(
      Object.entries(asked).map(([name, value]) => {
        const step = steps.get(name)
        if (!step || (value !== true && !isShape(value))) return [name, value]
        const { where } = value === true ? { where: undefined } : value
        const exists = walk.exists(step.target)
        if (!exists && where === undefined) return [name, value]
        return [
          name,
          {
            where: exists
              ? rewriteWhere(walk, step.target, where)
              : rewriteCondition(walk, step.target, where),
          },
        ]
      }),
    ),
  }
}
