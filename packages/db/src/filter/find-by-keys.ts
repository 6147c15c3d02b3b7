import type { FieldMetadata, ModelMetadata } from '../metadata/metadata.ts'
import type { Shape } from '../rewrite/shape.ts'
import { narrowed } from '../rewrite/where.ts'
import { type CursorValue, cursorValueOf } from './cursor-value.ts'
import type { KeyQuery } from './key-query.ts'
import type { SortStep } from './parse-order.ts'

export interface FindByKeysOptions {
  /** Prisma's `include`, `select` and `omit`. */
  readonly args?: Selection
  /** Prisma's own `where`: rows it does not match are missing, too. */
  readonly where?: object | undefined
  /** Reads the rows. @default the delegate's own `findMany`, with what extensions add to it */
  readonly findMany?: (args: object) => PromiseLike<readonly object[]>
}

export interface Selection {
  readonly select?: Readonly<Record<string, unknown>>
  readonly include?: Readonly<Record<string, unknown>>
  readonly omit?: Readonly<Record<string, unknown>>
}

export interface FoundByKeys {
  /** In the order that was asked for. A row that went between the two statements is missing. */
  readonly rows: readonly object[]
  /** What each of these rows is ordered by, for cursors. */
  readonly values: readonly (readonly CursorValue[])[]
  /** Beyond the limit, in the direction of the query, there are more keys. */
  readonly hasMore: boolean
  /** The same of the first and the last key. Undefined when there are no keys. */
  readonly first?: readonly CursorValue[]
  readonly last?: readonly CursorValue[]
}

/** SQLite takes 999 parameters in one statement of Prisma's. */
const batchSize = 500

/**
 * Runs a key query and reads its rows through Prisma, in whatever transaction the client is: two statements, and one
 * more for every further 500 rows.
 *
 * To learn whether there are more rows than `limit`, compile the query with a limit of one more and give the limit you
 * mean here: the key beyond it is not read.
 */
export async function findByKeys(
  client: object,
  query: KeyQuery,
  { limit, args = {}, where, findMany }: FindByKeysOptions & { readonly limit?: number } = {},
): Promise<FoundByKeys> {
  const found = await keysOf(client, query)
  const hasMore = limit !== undefined && found.length > limit
  const keys = hasMore ? found.slice(0, limit) : found
  if (query.reversed) keys.reverse()
  const [first, last] = [keys[0], keys.at(-1)]
  if (!first || !last) return { rows: [], values: [], hasMore }
  const { model } = query
  const delegate = (client as Record<string, Delegate>)[model.delegate]
  const read = findMany ?? ((request: object) => (delegate as Delegate).findMany(request))
  const { selection, extra } = withKey(model, args)
  const rows: object[] = []
  for (const batch of whereKeys(model, keys)) {
    rows.push(...(await read({ ...selection, where: where ? narrowed(where, {}, [batch as Shape]) : batch })))
  }
  const byKey = new Map(rows.map((row) => [identity(model, row as KeyRow, false), row]))
  const still = keys.filter((key) => byKey.has(identity(model, key, true)))
  return {
    rows: still.map((key) => without(byKey.get(identity(model, key, true)) as object, extra)),
    values: still.map((key) => sortValues(key, query.steps)),
    hasMore,
    first: sortValues(first, query.steps),
    last: sortValues(last, query.steps),
  }
}

/** The keys that a key query finds. */
export async function keysOf(client: object, query: KeyQuery): Promise<KeyRow[]> {
  const { $queryRawUnsafe: run } = client as RawClient
  return run.call(client, query.sql, ...query.values)
}

/** Prisma's `where` for so many keys at a time. None for no keys. */
export function whereKeys(model: ModelMetadata, keys: readonly KeyRow[]): object[] {
  return Array.from({ length: Math.ceil(keys.length / batchSize) }, (_, at) =>
    whereBatch(model, keys.slice(at * batchSize, (at + 1) * batchSize)),
  )
}

export type KeyRow = Readonly<Record<string, unknown>>

interface RawClient {
  $queryRawUnsafe(sql: string, ...values: readonly unknown[]): Promise<KeyRow[]>
}

interface Delegate {
  findMany(args: object): PromiseLike<readonly object[]>
}

function sortValues(key: KeyRow, steps: readonly SortStep[]): CursorValue[] {
  return steps.map((step, at) => cursorValueOf(step, key[`~${at}`]))
}

function whereBatch(model: ModelMetadata, keys: readonly KeyRow[]): object {
  const [only] = model.key
  const values = (key: KeyRow) => model.key.map((name) => [name, keyValue(model, name, key[name])])
  if (model.key.length === 1 && only !== undefined) {
    return { [only]: { in: keys.map((key) => keyValue(model, only, key[only])) } }
  }
  return { OR: keys.map((key) => Object.fromEntries(values(key))) }
}

/** A raw row holds what the database stores for an enum, Prisma's rows its name. */
function keyValue({ fields }: ModelMetadata, name: string, value: unknown): unknown {
  const { enumValues } = fields.get(name) as FieldMetadata
  return enumValues ? [...enumValues].find(([, stored]) => stored === value)?.[0] : value
}

/** Rows and keys meet as text: the one may hold a bigint where the other holds a number. */
function identity(model: ModelMetadata, row: KeyRow, stored: boolean): string {
  const values = model.key.map((name) => (stored ? keyValue(model, name, row[name]) : row[name]))
  const texts = values.map((value) => (value instanceof Date ? value.toISOString() : String(value)))
  return texts.length === 1 ? (texts[0] as string) : JSON.stringify(texts)
}

/** Adds the key to what is selected, and says what to take away again. */
function withKey(
  { key }: ModelMetadata,
  { select, include, omit }: Selection,
): { selection: Selection; extra: string[] } {
  if (select) {
    const extra = key.filter((name) => select[name] !== true)
    return { selection: { select: { ...select, ...flags(key, true) } }, extra }
  }
  const extra = key.filter((name) => omit?.[name] === true)
  return {
    selection: { ...(include && { include }), ...(omit && { omit: { ...omit, ...flags(extra, false) } }) },
    extra,
  }
}

function flags(names: readonly string[], value: boolean): Record<string, boolean> {
  return Object.fromEntries(names.map((name) => [name, value]))
}

function without(row: object, names: readonly string[]): object {
  if (names.length === 0) return row
  return Object.fromEntries(Object.entries(row).filter(([name]) => !names.includes(name)))
}
