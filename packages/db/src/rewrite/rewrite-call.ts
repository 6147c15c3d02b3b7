import { createData, updateData } from './data.ts'
import { type Graph, type Pointer, startWalk, type Walk, type WrittenRow } from './graph.ts'
import { prune } from './prune.ts'
import { deletion } from './remove.ts'
import type { Moment } from './rules.ts'
import { type Pruning, rewriteList, rewriteSelection } from './select.ts'
import { eachOf, isShape, type Shape } from './shape.ts'
import { narrowed, rewriteWhere } from './where.ts'

/** One operation on one model, on its way to the database. */
export interface Call {
  /** Prisma's name of the model, `InvoiceItem`. */
  readonly model: string
  /** Prisma's name of it, `findMany`, `update`, … */
  readonly operation: string
  readonly args: Shape
}

export interface RewriteOptions extends Moment {
  /**
   * Replaces conditions of the rows that exist, for the model called itself: `{ deletedAt: { not: null } }`. One that
   * is `undefined` is lifted. Related rows still have to exist, and what a deletion changes as well.
   */
  readonly root?: Shape
  /** Leaves a deletion what it is, for the model called itself. */
  readonly force?: boolean
}

export interface Rewritten {
  readonly operation: string
  readonly args: Shape
  /** The models of which the call deletes rows by changing them. */
  readonly deletes: ReadonlySet<string>
  /** The rows that foreign keys given as values point to, and nobody has looked at. */
  readonly pointers: readonly Pointer[]
  /** The rows written to models whose rules collect them, in the order of the arguments. */
  readonly writtenRows: readonly WrittenRow[]
  /** Whether `finish` has anything to do. */
  readonly prunes: boolean
  /** Makes the result what it is read as, and takes out what does not exist where Prisma took no condition. */
  finish<T>(result: T): T
}

/**
 * Makes a call see, change and connect none but the rows that exist, and write what the rules say, in every position
 * of its arguments. Changes nothing it was given.
 *
 * Not reached: the row behind a required relation, which cannot be left out; a foreign key given as a value; rows that
 * a nested `set` unlinks; SQL of the caller's own.
 *
 * @throws DbError `ORDER_BY_COUNT`, and what the rules throw
 */
export function rewriteCall(
  graph: Graph,
  { model, operation, args }: Call,
  options: RewriteOptions,
): Rewritten {
  if (!graph.models.get(model)?.reaches) {
    const finish = <T>(result: T) => result
    return { operation, args, deletes: none, pointers: [], writtenRows: [], prunes: false, finish }
  }
  const walk = startWalk(graph, options)
  const {
    args: selected,
    prunings,
    operation: renamed = operation,
  } = rewriteOperation(walk, {
    call: { model, operation, args },
    options,
  })
  const read = walk.reads(model)
  return {
    operation: renamed,
    args: selected,
    deletes: walk.deletes,
    pointers: walk.pointers,
    writtenRows: walk.writtenRows,
    prunes: prunings.length > 0 || read !== undefined,
    finish(result) {
      prune(result, prunings, read)
      return result
    },
  }
}

const none: ReadonlySet<string> = new Set()

interface Rewriting {
  readonly call: Call
  readonly options: RewriteOptions
}

interface Result {
  readonly operation?: string
  readonly args: Shape
  readonly prunings: readonly Pruning[]
}

function rewriteOperation(walk: Walk, { call, options }: Rewriting): Result {
  const { model, operation, args } = call
  const created = (data: unknown) => (isShape(data) ? createData(walk, model, data) : data)
  const updated = (data: unknown) => (isShape(data) ? updateData(walk, model, data) : data)
  const rows = rowsOf(walk.exists(model), options.root)
  const addressed = (among = rows) => ({ where: rewriteWhere(walk, model, args['where'], among) })
  switch (operation) {
    case 'create':
    case 'createMany':
    case 'createManyAndReturn':
      return selecting({ data: eachOf(args['data'], created) })
    case 'update':
    case 'updateMany':
    case 'updateManyAndReturn':
      return selecting({ ...addressed(), data: updated(args['data']) })
    case 'upsert':
      return selecting({ ...addressed(), create: created(args['create']), update: updated(args['update']) })
    case 'delete':
    case 'deleteMany':
      return (options.force ? undefined : softDeletion()) ?? selecting(addressed())
    default:
      return rewriteList(walk, model, args, rows)
  }

  /** The change that a deletion becomes. Deleted rows are deleted already: a view of nothing else has none to delete. */
  function softDeletion(): Result | undefined {
    const data = deletion(walk, model)
    if (!data) return undefined
    const live = addressed(walk.exists(model)).where as Shape
    const view = defined(options.root ?? {})
    const where = Object.keys(view).length > 0 ? narrowed(live, {}, [view]) : live
    const renamed = operation === 'delete' ? 'update' : 'updateMany'
    return { operation: renamed, ...selecting({ where, data }) }
  }

  function selecting(rewritten: Shape): Result {
    return rewriteSelection(walk, model, { ...args, ...rewritten })
  }
}

function rowsOf(exists: Shape | undefined, root: Shape | undefined): Shape | undefined {
  return exists && root ? defined({ ...exists, ...root }) : exists
}

function defined(condition: Shape): Shape {
  return Object.fromEntries(Object.entries(condition).filter(([, value]) => value !== undefined))
}
