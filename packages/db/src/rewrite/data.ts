import { nodeOf, type Step, type Walk, type WrittenRow } from './graph.ts'
import { removeRelated } from './remove.ts'
import { eachOf, isAbsent, isShape, type Shape } from './shape.ts'
import { rewriteWhere } from './where.ts'

/** The data of a new row of a model, and of whatever it creates, connects or changes beside it. */
export function createData(walk: Walk, model: string, data: Shape, via?: Step): Shape {
  const { create } = nodeOf(walk, model).rules
  const filled = !via || via.ownsKey || via.link ? [] : via.to
  const row = create ? create(data, walk.moment, filled) : data
  return noteWritten(walk, related(walk, model, row), { model, isNew: true })
}

/** The same for a row that is changed. */
export function updateData(walk: Walk, model: string, data: Shape): Shape {
  const { update } = nodeOf(walk, model).rules
  return noteWritten(walk, related(walk, model, update ? update(data, walk.moment) : data), {
    model,
    isNew: false,
  })
}

function noteWritten(walk: Walk, data: Shape, row: Pick<WrittenRow, 'model' | 'isNew'>): Shape {
  if (!nodeOf(walk, row.model).rules.collectsWrites) return data
  const sent = { ...data }
  walk.writtenRows.push({ ...row, data: sent })
  return sent
}

function related(walk: Walk, model: string, data: Shape): Shape {
  const { steps } = nodeOf(walk, model)
  if (steps.size === 0) return data
  for (const step of steps.values()) notePointer(walk, model, { step, data })
  return Object.fromEntries(
    Object.entries(data).map(([name, value]) => {
      const step = steps.get(name)
      return [name, step ? rewriteNested(walk, step, value) : value]
    }),
  )
}

/** A foreign key given as a value, all columns of it that are not the same for all rows of the model. */
function notePointer(
  walk: Walk,
  model: string,
  { step, data }: { readonly step: Step; readonly data: Shape },
): void {
  const { ownsKey, from, to, target } = step
  if (!ownsKey || !walk.exists(target)) return
  const given = from.map((name) => (isShape(data[name]) ? data[name]['set'] : data[name]))
  if (given.every((value) => value === undefined)) return
  const values = given.map((value, at) =>
    value === undefined ? walk.exists(model)?.[from[at] ?? ''] : value,
  )
  if (values.some((value) => value === undefined || value === null)) return
  walk.pointers.push({
    model,
    target,
    fields: from,
    row: Object.fromEntries(to.map((name, at) => [name, values[at]])),
  })
}

/** What is written over a relation: every row it creates follows the rules, every row it addresses exists. */
function rewriteNested(walk: Walk, step: Step, writes: unknown): unknown {
  if (!isShape(writes)) return writes
  const { delete: removed, deleteMany: removedMany, ...others } = writes
  const rewritten = Object.fromEntries(
    Object.entries(others).map(([word, value]) => [
      word,
      isAbsent(value) ? value : rewriteWrite(walk, step, { word, value }),
    ]),
  )
  return inPlace(writes, removeRelated(walk, step, rewritten, { removed, removedMany }))
}

/** Prisma runs the writes of a relation in the order they stand in: `{ deleteMany: {}, create }` replaces all rows. */
function inPlace(writes: Shape, rewritten: Shape): Shape {
  const words = Object.keys(writes).map((word) => (word in rewritten ? word : removedBy[word]))
  return Object.fromEntries(
    [...new Set(words)].flatMap((word) =>
      word !== undefined && word in rewritten ? [[word, rewritten[word]]] : [],
    ),
  )
}

/** What becomes of deletions where rows are deleted softly. */
const removedBy: Readonly<Record<string, string>> = { delete: 'update', deleteMany: 'updateMany' }

function rewriteWrite(walk: Walk, step: Step, { word, value }: { word: string; value: unknown }): unknown {
  const { target } = step
  switch (word) {
    case 'create':
      return eachOf(value, created)
    case 'createMany':
      return isShape(value) ? { ...value, data: eachOf(value['data'], created) } : value
    case 'connect':
    case 'set':
      return eachOf(value, existing)
    case 'connectOrCreate':
      return eachOf(value, (entry) => changed(entry, { where: existing, create: created }))
    case 'disconnect':
      return disconnected()
    case 'update':
      return step.toMany ? eachOf(value, updatedWhere) : updateOne(walk, step, value)
    case 'updateMany':
      return eachOf(value, updatedWhere)
    case 'upsert':
      return eachOf(value, upserted)
    default:
      return value
  }

  function created(data: unknown): unknown {
    return isShape(data) ? createData(walk, target, data, step) : data
  }

  function updated(data: unknown): unknown {
    return isShape(data) ? updateData(walk, target, data) : data
  }

  function existing(where: unknown): unknown {
    return isShape(where) ? rewriteWhere(walk, target, where) : where
  }

  function updatedWhere(entry: unknown): unknown {
    return changed(entry, { where: existing, data: updated })
  }

  /** A single related row needs no `where` of the caller's. */
  function upserted(entry: unknown): unknown {
    const wrapped = changed(entry, { where: existing, create: created, update: updated })
    const exists = walk.exists(target)
    return exists && isShape(wrapped) && wrapped['where'] === undefined
      ? { ...wrapped, where: exists }
      : wrapped
  }

  /** `true` clears a column of the row itself, or one of the related row, which then has to exist. */
  function disconnected(): unknown {
    if (value === true && !step.ownsKey) return walk.exists(target) ?? true
    return eachOf(value, existing)
  }
}

/** An object with some of its entries changed, those that it has. */
function changed(entry: unknown, changes: Readonly<Record<string, (value: unknown) => unknown>>): unknown {
  if (!isShape(entry)) return entry
  return Object.fromEntries(
    Object.entries(entry).map(([name, value]) => [
      name,
      Object.hasOwn(changes, name) ? changes[name]?.(value) : value,
    ]),
  )
}

/** Of a single related row, Prisma takes the data as it is, or with a `where` beside it. */
function updateOne(walk: Walk, { target }: Step, value: unknown): unknown {
  if (!isShape(value)) return value
  const { where, data } = isWrapped(value, nodeOf(walk, target).has)
    ? value
    : { where: undefined, data: value }
  const condition = rewriteWhere(walk, target, where)
  return {
    ...(condition !== undefined && { where: condition }),
    data: isShape(data) ? updateData(walk, target, data) : data,
  }
}

function isWrapped(value: Shape, has: (field: string) => boolean): boolean {
  const { where, data, ...rest } = value
  if (!isShape(data) || Object.keys(rest).length > 0) return false
  return where === undefined ? !has('data') : isShape(where)
}
