import { translateDatabaseError } from '../../database-errors/translate-database-error.ts'
import { DbError } from '../../errors.ts'
import { fits } from '../../filter/value.ts'
import type { Metadata, ModelMetadata } from '../../metadata/metadata.ts'
import { executeBeside, type HookCall, queryBeside } from '../../prisma-internals.ts'
import type { Rewritten } from '../../rewrite/rewrite-call.ts'
import { isAbsent, isShape, type Shape } from '../../rewrite/shape.ts'
import { within } from '../../rewrite/where.ts'
import { type Beginning, severalStatements } from '../statements.ts'
import { mergeSql } from './merge-sql.ts'
import type { TextMerge } from './split-texts.ts'

/** What it takes to change texts besides the change itself. */
export interface Merging {
  readonly applying: Beginning & { readonly metadata: Metadata }
  readonly merges: readonly TextMerge[]
  readonly now: Date
  /** Runs the rest of the change. */
  send(on: HookCall, rewritten: Rewritten): Promise<unknown>
}

/** Rows written by one statement: SQLite takes 999 parameters in one of Prisma's. */
const batchSize = 400

/**
 * Merges texts into the rows that a call changes, and then runs the rest of it, in one transaction: the call's, else one
 * of its own. Rows are looked up first unless the call names one by its key.
 *
 * An upsert becomes an update or a create. Where another call creates the row in between, it is repeated once as an
 * update, outside of a transaction.
 *
 * @throws DbError `NOT_IN_BATCH`
 */
export async function mergeTexts(hooked: HookCall, rewritten: Rewritten, merging: Merging): Promise<unknown> {
  const attempt = () =>
    severalStatements(hooked, merging.applying, (on) => {
      if (rewritten.operation === 'update') return updateOne(on, rewritten, merging)
      return rewritten.operation === 'upsert'
        ? upsertOne(on, rewritten, merging)
        : updateMany(on, rewritten, merging)
    })
  try {
    return await attempt()
  } catch (error) {
    const again = rewritten.operation === 'upsert' && !hooked.__internalParams.transaction && isTaken(error)
    if (!again) throw error
    return attempt()
  }
}

async function updateOne(on: HookCall, rewritten: Rewritten, merging: Merging): Promise<unknown> {
  const model = modelOf(on, merging)
  const { where } = rewritten.args
  const row = namedRow(model, where) ?? (await findRow(on, model, where))
  if (row) await merge(on, [row], merging)
  return merging.send(on, touching(model, rewritten, merging))
}

async function upsertOne(on: HookCall, rewritten: Rewritten, merging: Merging): Promise<unknown> {
  const { create, update, where, ...rest } = rewritten.args
  const model = modelOf(on, merging)
  const row = await findRow(on, model, where)
  if (!row) return merging.send(on, { ...rewritten, operation: 'create', args: { ...rest, data: create } })
  await merge(on, [row], merging)
  const args = { ...rest, where, data: update }
  return merging.send(on, touching(model, { ...rewritten, operation: 'update', args }, merging))
}

async function updateMany(on: HookCall, rewritten: Rewritten, merging: Merging): Promise<unknown> {
  const model = modelOf(on, merging)
  const { limit, ...args } = rewritten.args
  const find = { where: args['where'], select: keyOf(model), ...(limit !== undefined && { take: limit }) }
  const rows = (await queryBeside({ model: model.name, operation: 'findMany', args: find }, on)) as Shape[]
  const results: unknown[] = []
  const returns = rewritten.operation === 'updateManyAndReturn'
  for (let at = 0; at < rows.length; at += batchSize) {
    const batch = rows.slice(at, at + batchSize)
    await merge(on, batch, merging)
    const where = within(args['where'], {}, [whereRows(model, batch)])
    const call = touching(model, { ...rewritten, args: { ...args, where } }, merging)
    results.push(isEmpty(call) ? await unchanged(call, batch) : await merging.send(on, call))
  }
  if (returns) return results.flat()
  return { count: (results as { readonly count: number }[]).reduce((sum, { count }) => sum + count, 0) }

  /** Where nothing but texts has changed, some databases say that nothing did. */
  async function unchanged(call: Rewritten, batch: readonly Shape[]): Promise<unknown> {
    if (!returns) return { count: batch.length }
    const { data: _, ...read } = call.args
    return merging.send(on, { ...call, operation: 'findMany', args: read })
  }
}

async function merge(on: HookCall, rows: readonly Shape[], { applying, merges }: Merging): Promise<void> {
  const model = applying.metadata.models.get(on.model ?? '') as ModelMetadata
  await executeBeside(applying.client, mergeSql(applying.metadata, model, { merges, rows }), on)
}

/** Prisma writes nothing, not even the date of the change, where the texts were all there was to change. */
function touching({ fields }: ModelMetadata, rewritten: Rewritten, { now }: Merging): Rewritten {
  if (!isEmpty(rewritten)) return rewritten
  const dates = [...fields.values()].filter(({ updatedAt }) => updatedAt).map(({ name }) => [name, now])
  return { ...rewritten, args: { ...rewritten.args, data: Object.fromEntries(dates) } }
}

function isEmpty({ args }: Rewritten): boolean {
  return Object.values(args['data'] as Shape).every(isAbsent)
}

/**
 * A condition that names one row by its key and says nothing else that SQL would not understand the same way. A row
 * that does not match is not changed by the merge either, and Prisma's update will say so.
 */
function namedRow({ key, fields }: ModelMetadata, where: unknown): Shape | undefined {
  if (!isShape(where)) return undefined
  const given = Object.entries(where).filter(([, value]) => value !== undefined)
  const plain = given.every(([name, value]) => {
    const field = fields.get(name)
    if (field?.kind !== 'scalar' || field.list) return false
    return value === null || (plainTypes.includes(field.type) && fits(field, value, false))
  })
  return plain && key.every((name) => (where[name] ?? null) !== null) ? Object.fromEntries(given) : undefined
}

const plainTypes: readonly string[] = ['String', 'Int', 'BigInt']

async function findRow(on: HookCall, model: ModelMetadata, where: unknown): Promise<Shape | null> {
  const args = { where, select: keyOf(model) }
  return (await queryBeside({ model: model.name, operation: 'findUnique', args }, on)) as Shape | null
}

function whereRows({ key }: ModelMetadata, rows: readonly Shape[]): Shape {
  const [only = ''] = key
  return key.length === 1 ? { [only]: { in: rows.map((row) => row[only]) } } : { OR: rows }
}

function keyOf({ key }: ModelMetadata): Readonly<Record<string, true>> {
  return Object.fromEntries(key.map((name) => [name, true]))
}

function modelOf({ model = '' }: HookCall, { applying }: Merging): ModelMetadata {
  return applying.metadata.models.get(model) as ModelMetadata
}

function isTaken(error: unknown): boolean {
  const translated = translateDatabaseError(error)
  return translated instanceof DbError && translated.code === 'UNIQUE_VIOLATION'
}
