import { translateDatabaseError } from '../../database-errors/translate-database-error.ts'
import { DbError, type DbErrorCode } from '../../errors.ts'
import type { Metadata, ModelMetadata } from '../../metadata/metadata.ts'
import { executeBeside, type HookCall } from '../../prisma-internals.ts'
import type { Rewritten } from '../../rewrite/rewrite-call.ts'
import { isAbsent, type Shape } from '../../rewrite/shape.ts'
import { narrowed } from '../../rewrite/where.ts'
import { inCallTransaction, type TransactionSource } from '../call-transaction.ts'
import { mergeSql } from './merge-sql.ts'
import { findRow, findRows, plainRow, whereRows } from './merged-rows.ts'
import type { TextMerge } from './split-texts.ts'

/** What it takes to change texts besides the change itself. */
export interface Merging {
  readonly applying: TransactionSource & { readonly metadata: Metadata }
  readonly merges: readonly TextMerge[]
  readonly now: Date
  /** Runs the rest of the change. */
  send(on: HookCall, rewritten: Rewritten): Promise<unknown>
}

/** Rows written by one statement: SQLite takes 999 parameters in one of Prisma's. */
const batchSize = 400
/** How often a change is tried whose rows others change meanwhile. */
const maxAttempts = 5

/**
 * Merges texts into the rows that a call changes, and runs the rest of it, in one transaction: the call's, else one of
 * its own, which is repeated when another call came between. One statement more where the call names a row by columns;
 * any other condition is looked up first, and holds when the row is changed.
 *
 * An upsert becomes an update or a create.
 *
 * @throws DbError `NOT_IN_BATCH`; `WRITE_CONFLICT` in a transaction, when another changed some of many rows meanwhile
 */
export async function mergeTexts(hooked: HookCall, rewritten: Rewritten, merging: Merging): Promise<unknown> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await inCallTransaction(hooked, merging.applying, (on) => change(on, rewritten, merging))
    } catch (error) {
      const final = attempt === maxAttempts || hooked.__internalParams.transaction !== undefined
      if (final || !isOvertaken(error, rewritten)) throw error
    }
  }
}

function change(on: HookCall, rewritten: Rewritten, merging: Merging): Promise<unknown> {
  if (rewritten.operation === 'update') return updateOne(on, rewritten, merging)
  if (rewritten.operation === 'upsert') return upsertOne(on, rewritten, merging)
  return updateMany(on, rewritten, merging)
}

async function updateOne(on: HookCall, rewritten: Rewritten, merging: Merging): Promise<unknown> {
  const model = modelOf(on, merging)
  const { where } = rewritten.args
  const plain = plainRow(model, where)
  if (plain) {
    await merge(on, [plain], merging)
    return merging.send(on, touching(model, rewritten, merging))
  }
  const row = await findRow(on, model, where)
  return row ? updateFound(on, rewritten, { row, merging }) : merging.send(on, rewritten)
}

/** The texts come last, since the condition may be about them. */
async function updateFound(
  on: HookCall,
  rewritten: Rewritten,
  { row, merging }: { readonly row: Shape; readonly merging: Merging },
): Promise<unknown> {
  const { where, data: _, ...read } = rewritten.args
  const args = { ...rewritten.args, where: narrowed(where, {}, [row]) }
  const call = touching(modelOf(on, merging), { ...rewritten, args }, merging)
  if (!isEmpty(call)) await merging.send(on, call)
  await merge(on, [row], merging)
  return merging.send(on, reading(rewritten, 'findFirst', { ...read, where: row }))
}

async function upsertOne(on: HookCall, rewritten: Rewritten, merging: Merging): Promise<unknown> {
  const { create, update, where, ...rest } = rewritten.args
  const row = await findRow(on, modelOf(on, merging), where)
  return row
    ? updateOne(on, { ...rewritten, operation: 'update', args: { ...rest, where, data: update } }, merging)
    : merging.send(on, { ...rewritten, operation: 'create', args: { ...rest, data: create } })
}

async function updateMany(on: HookCall, rewritten: Rewritten, merging: Merging): Promise<unknown> {
  const model = modelOf(on, merging)
  const { limit, where, data, ...read } = rewritten.args
  const returns = rewritten.operation === 'updateManyAndReturn'
  const rows = await findRows(on, model, { where, limit })
  const found: unknown[] = []
  for (let at = 0; at < rows.length; at += batchSize) {
    const batch = rows.slice(at, at + batchSize)
    const these = whereRows(model, batch)
    const args = { data, where: narrowed(where, {}, [these]) }
    const call = touching(model, { ...rewritten, operation: 'updateMany', args }, merging)
    if (!isEmpty(call)) requireAll(await merging.send(on, call), batch)
    await merge(on, batch, merging)
    if (!returns) continue
    found.push(await merging.send(on, reading(rewritten, 'findMany', { ...read, where: these })))
  }
  return returns ? found.flat() : { count: rows.length }
}

function requireAll(changed: unknown, rows: readonly Shape[]): void {
  if ((changed as { readonly count: number }).count === rows.length) return
  throw new DbError('WRITE_CONFLICT', 'Another call changed rows whose texts were about to change')
}

async function merge(on: HookCall, rows: readonly Shape[], merging: Merging): Promise<void> {
  const { applying, merges } = merging
  const query = mergeSql(applying.metadata, modelOf(on, merging), { merges, rows })
  await executeBeside(applying.client, query, on)
}

/** Prisma writes nothing, not even the date of the change, where the texts were all there was to change. */
function touching({ fields }: ModelMetadata, rewritten: Rewritten, { now }: Merging): Rewritten {
  if (!isEmpty(rewritten)) return rewritten
  const dates = [...fields.values()].filter(({ updatedAt }) => updatedAt).map(({ name }) => [name, now])
  return { ...rewritten, args: { ...rewritten.args, data: Object.fromEntries(dates) } }
}

/** The rows as the call would have returned them, had its change been one. What it deletes has been seen to. */
function reading(rewritten: Rewritten, operation: string, args: Shape): Rewritten {
  return { ...rewritten, operation, args, deletes: new Set() }
}

function isEmpty({ args }: Rewritten): boolean {
  return Object.values(args['data'] as Shape).every(isAbsent)
}

function modelOf({ model = '' }: HookCall, { applying }: Merging): ModelMetadata {
  return applying.metadata.models.get(model) as ModelMetadata
}

/** Between the look for the rows and their change, another call made one of them or changed it. */
function isOvertaken(error: unknown, { operation }: Rewritten): boolean {
  const translated = translateDatabaseError(error)
  if (!(translated instanceof DbError)) return false
  return operation === 'upsert'
    ? upsertOvertaken.includes(translated.code)
    : translated === error && translated.code === 'WRITE_CONFLICT'
}

const upsertOvertaken: readonly DbErrorCode[] = ['UNIQUE_VIOLATION', 'NOT_FOUND']
