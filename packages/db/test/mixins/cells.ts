import type { FieldMetadata, Metadata, ModelMetadata } from '../../src/metadata/metadata.ts'
import { deletedField, library, type Row } from './world.ts'

/** One operation with something in one position of its arguments. */
export interface Cell {
  readonly model: string
  readonly operation: string
  readonly args: Readonly<Record<string, unknown>>
  /** Relations that the fluent API follows from the row. */
  readonly path?: readonly string[]
}

/** The text that a condition on a model compares. */
export const textOf: Readonly<Record<string, string>> = {
  Shelf: 'name',
  Account: 'name',
  Profile: 'bio',
  Article: 'title',
  Comment: 'text',
  Tag: 'name',
  Seat: 'note',
}

type Args = Readonly<Record<string, unknown>>

/** Every read of every model with every relation in every position, two relations deep. */
export function readCells(metadata: Metadata): Cell[] {
  return [...metadata.models.values()].flatMap((model) => [
    ...conditions(metadata, model, 2).flatMap((where, at) => reading(model, where, at)),
    ...selections(metadata, model, 2).map((args) => ({ model: model.name, operation: 'findMany', args })),
    ...addresses(metadata, model).flatMap((where) => addressed(metadata, model, where)),
    ...cursors(metadata, model),
  ])
}

/**
 * A write of many rows by rows of the same table, which Prisma cannot say on MySQL and MariaDB. A relation that is
 * null, it can, but not that it leads to no row that exists.
 */
function bySameTable({ model, operation, args }: Cell): boolean {
  return (
    /Many$/.test(operation) && new RegExp(ownRelations[model] ?? '^$').test(JSON.stringify(args['where']))
  )
}

const ownRelations: Readonly<Record<string, string>> = {
  Account: '"(boss|team)":',
  Comment: '"(parent|answers)":',
}

/** Every write of every model with every relation in every position, each of them to live rows and to deleted ones. */
export function writeCells(metadata: Metadata): Cell[] {
  const cells = [...metadata.models.values()].flatMap((model): Cell[] => {
    const { name } = model
    const text = textOf[name] as string
    const change = { [text]: 'Z' }
    const soft = deletedField[name] !== undefined
    return [
      ...addresses(metadata, model).flatMap((where) => [
        { model: name, operation: 'update', args: { where, data: change } },
        { model: name, operation: 'upsert', args: { where, create: newRow(name), update: change } },
        ...(soft ? [{ model: name, operation: 'delete', args: { where } }] : []),
      ]),
      ...conditions(metadata, model, 1).flatMap((where) => [
        { model: name, operation: 'updateMany', args: { where, data: change } },
        ...(soft ? [{ model: name, operation: 'deleteMany', args: { where } }] : []),
      ]),
      ...nestedWrites(metadata, model, 2).flatMap((data) =>
        starts(metadata, model).map((where) => ({ model: name, operation: 'update', args: { where, data } })),
      ),
      ...nestedWrites(metadata, model, 1, true).map((data) => ({
        model: name,
        operation: 'create',
        args: { data: { ...newRow(name), ...data } },
      })),
    ]
  })
  return metadata.provider === 'mysql' ? cells.filter((cell) => !bySameTable(cell)) : cells
}

function reading({ name, key: keys }: ModelMetadata, where: Args, at: number): Cell[] {
  const aggregate = { model: name, operation: 'aggregate', args: { where, _count: true } }
  const groups = { by: [textOf[name]], where, _count: true }
  const others: Cell[] = [
    { model: name, operation: 'count', args: { where } },
    aggregate,
    { model: name, operation: 'groupBy', args: groups },
    { model: name, operation: 'findFirst', args: { where, orderBy: keys.map((key) => ({ [key]: 'desc' })) } },
  ]
  return [{ model: name, operation: 'findMany', args: { where } }, others[at % others.length] as Cell]
}

/** Conditions with each relation in each position. */
function conditions(metadata: Metadata, model: ModelMetadata, depth: number): Args[] {
  const field = deletedField[model.name]
  const own: Args[] = [{}, { [textOf[model.name] as string]: 'A' }]
  const deleted: Args[] =
    field === undefined
      ? []
      : [
          { [field]: { not: null } },
          { NOT: { [field]: null } },
          { OR: [{ [field]: null }, { [field]: { not: null } }] },
        ]
  const related = relations(model).flatMap((relation) => relatedConditions(metadata, relation, depth))
  const [some = {}, other = {}] = related.slice(2)
  return [...own, ...deleted, ...related, { OR: [some, other] }, { AND: [some], NOT: [other] }, { NOT: some }]
}

function relatedConditions(metadata: Metadata, field: FieldMetadata, depth: number): Args[] {
  const target = metadata.models.get(field.type) as ModelMetadata
  const inner = { [textOf[target.name] as string]: 'A' }
  const deeper =
    depth > 1 ? relations(target).flatMap((relation) => relatedConditions(metadata, relation, depth - 1)) : []
  const words: unknown[] = field.list
    ? [
        { some: {} },
        { some: inner },
        { none: {} },
        { none: inner },
        { every: inner },
        { some: {}, every: inner },
      ]
    : [
        ...(field.required ? [] : [null, { is: null }, { isNot: null }]),
        inner,
        { is: inner },
        { isNot: inner },
        { is: inner, isNot: { id: 0 } },
      ]
  const through = deeper.map((where, at) => {
    if (!field.list) return at % 2 === 0 ? { is: where } : { isNot: where }
    return { [['some', 'none', 'every'][at % 3] as string]: where }
  })
  return [...words, ...through]
    .filter((word) => target.fields.has('id') || JSON.stringify(word)?.includes('"id":0') !== true)
    .map((word) => ({ [field.name]: word }))
}

/** Selections with each relation in each position. */
function selections(metadata: Metadata, model: ModelMetadata, depth: number): Args[] {
  const lists = relations(model).filter(({ list }) => list)
  const counts: Args[] =
    lists.length === 0
      ? []
      : [
          { include: { _count: true } },
          { select: { _count: { select: Object.fromEntries(lists.map(({ name }) => [name, true])) } } },
          ...lists.map(({ name, type }) => ({
            select: { _count: { select: { [name]: { where: { [textOf[type] as string]: 'A' } } } } },
          })),
        ]
  return [
    ...counts,
    ...relations(model).flatMap(({ name, type, list }) => {
      const target = metadata.models.get(type) as ModelMetadata
      const text = textOf[type] as string
      const field = deletedField[type]
      const deeper = depth > 1 ? selections(metadata, target, depth - 1) : []
      return [
        true,
        { select: { [text]: true } },
        ...(field === undefined ? [] : [{ omit: { [field]: true } }]),
        ...(list
          ? [{ where: { [text]: 'A' } }, { orderBy: [text, ...target.key].map(ascending), take: 5 }]
          : []),
        ...deeper,
      ].flatMap((value) => [{ include: { [name]: value } }, { select: { [name]: value } }])
    }),
  ]
}

function ascending(field: string): Args {
  return { [field]: 'asc' }
}

/** Reads of one row, and the fluent calls from it. */
function addressed(metadata: Metadata, model: ModelMetadata, where: Args): Cell[] {
  const args = { where }
  const one = { model: model.name, operation: 'findUnique', args }
  return [
    one,
    { ...one, operation: 'findUniqueOrThrow' },
    ...relations(model).flatMap(({ name, type, list }) => [
      { ...one, path: [name] },
      ...(list
        ? []
        : relations(metadata.models.get(type) as ModelMetadata).map((next) => ({
            ...one,
            path: [name, next.name],
          }))),
    ]),
  ]
}

function cursors(metadata: Metadata, model: ModelMetadata): Cell[] {
  const orderBy = model.key.map((name) => ({ [name]: 'asc' }))
  const field = deletedField[model.name]
  const live = rowsOf(model).filter((row) => field === undefined || row[field] === null)
  return live.flatMap((row) => [
    {
      model: model.name,
      operation: 'findMany',
      args: { cursor: primary(metadata, model, row), orderBy, take: 2 },
    },
  ])
}

/** Every unique key of every row there is: live, deleted, and both at once. */
function addresses(_: Metadata, model: ModelMetadata): Args[] {
  const keys = [model.key, ...model.uniques.map(({ fields }) => fields)].filter(
    (names) => !relations(model).some(({ relation }) => same(relation?.from, names)),
  )
  const found = keys.flatMap((names) =>
    rowsOf(model)
      .filter((row) => names.every((name) => row[name] !== null))
      .map((row) => unique(names, row)),
  )
  return [...new Map(found.map((where) => [JSON.stringify(where), where])).values()]
}

function same(one: readonly string[] | undefined, two: readonly string[]): boolean {
  return one?.join() === two.join()
}

function unique(names: readonly string[], row: Row): Args {
  const key = Object.fromEntries(names.map((name) => [name, row[name]]))
  return names.length === 1 ? key : { [names.join('_')]: key }
}

function primary(_: Metadata, { key }: ModelMetadata, row: Row): Args {
  return unique(key, row)
}

/** The rows that updates start from: a live one that has relations, the last one, and a deleted one. */
function starts(metadata: Metadata, model: ModelMetadata): Args[] {
  const field = deletedField[model.name]
  const rows = rowsOf(model)
  const deleted = field === undefined ? undefined : rows.find((row) => row[field] !== null)
  return [rows[0], rows.at(-1), deleted].flatMap((row) => (row ? [primary(metadata, model, row)] : []))
}

function nestedWrites(metadata: Metadata, model: ModelMetadata, depth: number, creating = false): Args[] {
  return relations(model).flatMap((field) => {
    const target = metadata.models.get(field.type) as ModelMetadata
    const text = textOf[target.name] as string
    const change = { [text]: 'Z' }
    const some = { [text]: 'A' }
    const soft = deletedField[target.name] !== undefined
    const required = isRequired(metadata, field)
    const rows = candidates(model, target)
    const keys = rows.map((row) => primary(metadata, target, row))
    const deeper = depth > 1 ? nestedWrites(metadata, target, depth - 1).filter((_, at) => at % 3 === 0) : []
    const created = newRow(target.name)
    const writes: Args[] = [
      { create: created },
      ...keys.flatMap((where) => [{ connect: where }, { connectOrCreate: { where, create: created } }]),
      ...(creating ? [] : field.list ? ofList() : ofOne()),
    ]
    return writes.map((write) => ({ [field.name]: write }))

    function ofList(): Args[] {
      return [
        ...keys.flatMap((where) => [
          { update: { where, data: change } },
          { upsert: { where, create: created, update: change } },
          ...(soft ? [{ delete: where }] : []),
          ...(required ? [] : [{ disconnect: where }, { set: [where] }]),
          ...deeper.map((data) => ({ update: { where, data } })).slice(0, 6),
        ]),
        ...(soft ? [{ delete: keys.slice(0, 1), update: { where: keys[0], data: change } }] : []),
        ...(required ? [] : [{ set: [] }]),
        // Of several compound keys Prisma sets rows that nobody named: a named limit.
        ...(required || target.key.length > 1 ? [] : [{ set: keys }]),
        { updateMany: { where: {}, data: change } },
        { updateMany: [{ where: some, data: change }] },
        ...(soft ? [{ deleteMany: {} }, { deleteMany: [some] }] : []),
      ]
    }

    function ofOne(): Args[] {
      return [
        { update: change },
        { update: { where: some, data: change } },
        { upsert: { create: created, update: change } },
        ...(field.required ? [] : [{ disconnect: true }, { disconnect: some }]),
        ...(field.required || !soft ? [] : [{ delete: true }, { delete: some }]),
        ...deeper.map((data) => ({ update: data })),
      ]
    }
  })
}

function isRequired(metadata: Metadata, field: FieldMetadata): boolean {
  const target = metadata.models.get(field.type) as ModelMetadata
  const back = [...target.fields.values()].find(
    (other) => other.relation?.name === field.relation?.name && other.relation?.ownsKey,
  )
  return back?.required === true
}

/** Live and deleted rows of the target, related to the first row of the model or not: one of each. */
function candidates(_: ModelMetadata, target: ModelMetadata): Row[] {
  const field = deletedField[target.name]
  const rows = rowsOf(target)
  const live = rows.filter((row) => field === undefined || row[field] === null)
  const deleted = rows.filter((row) => field !== undefined && row[field] !== null)
  return [live[0], live.at(-1), deleted[0], deleted.at(-1)].filter((row) => row !== undefined)
}

export function newRow(model: string): Args {
  const id = 100
  switch (model) {
    case 'Account':
      return { id, email: 'new', name: 'A' }
    case 'Article':
      return { id, title: 'new', author: { connect: { id: 2 } } }
    case 'Seat':
      return { row: id, number: 1, note: 'A' }
    default:
      return { id, [textOf[model] as string]: 'A' }
  }
}

function rowsOf({ name }: ModelMetadata): readonly Row[] {
  return library[name] ?? []
}

function relations({ fields }: ModelMetadata): FieldMetadata[] {
  return [...fields.values()].filter(({ relation }) => relation !== undefined)
}
