import sql, { empty, join, raw, type Sql } from 'sql-template-tag'
import { DbError } from '../errors.ts'
import type { FieldMetadata, Metadata, ModelMetadata, Provider } from '../metadata/metadata.ts'
import type { Condition } from './condition.ts'
import type { CursorValue } from './cursor-value.ts'
import { modelOf } from './model-of.ts'
import { parseOrder, type SortStep } from './parse-order.ts'
import type { Scope } from './scope.ts'
import { and, type Compiling, column, type Place, quoted, tableAs } from './sql/compiling.ts'
import { conditionSql, isEverything } from './sql/condition.ts'
import { cursorValueSql, keysetSql } from './sql/keyset.ts'
import { orderBySql, orderOf } from './sql/order.ts'
import { fieldOf, liveSql, scopeSql } from './sql/source.ts'

export interface CountQueryOptions {
  readonly model: string
  /** Of the same model. Absent: every row. */
  readonly condition?: Condition
  /** The field that marks a row as deleted, by model. Related rows that are deleted never count. */
  readonly softDelete?: ReadonlyMap<string, string>
  /** Which rows of the model itself are meant, where it is deleted softly. @default 'live' */
  readonly visible?: 'live' | 'with' | 'only'
  /** What else every row shares, related rows included, where its model has these columns. */
  readonly scope?: Scope | undefined
  /** Where the text of a translated field is looked for, in turn. */
  readonly locales?: readonly string[]
}

export interface KeyQueryOptions extends CountQueryOptions {
  /** What `parseOrder` returned. Absent: by the key. */
  readonly orderBy?: readonly SortStep[]
  /** Absent: no limit. */
  readonly limit?: number
  readonly offset?: number
  /** The values of a row, as `findByKeys` returned them: only rows that come after it in the order. */
  readonly after?: readonly CursorValue[]
  /** Only rows that come before it, **nearest first**: the order is reversed. Not together with `after`. */
  readonly before?: readonly CursorValue[]
}

export interface SqlQuery {
  readonly sql: string
  readonly values: readonly unknown[]
}

/** A statement that returns keys, each field under its name, and the values of the order as `~0`, `~1`, …. */
export interface KeyQuery extends SqlQuery {
  readonly model: ModelMetadata
  readonly steps: readonly SortStep[]
  /** The keys come in reverse, for the rows before a cursor. */
  readonly reversed: boolean
}

/**
 * Compiles a filter and an order to one statement that returns the keys of the rows in question. Everything that
 * Prisma cannot say, or not on every database, can be said here; Prisma then reads the rows by their keys.
 *
 * @throws DbError `UNKNOWN_MODEL`, `FILTER_VALUE`, `PAGE_BOUNDS`
 */
export function keyQuery(metadata: Metadata, options: KeyQueryOptions): KeyQuery {
  const { compiling, root } = start(metadata, options)
  const { limit, offset, after, before } = options
  if (after && before) throw new DbError('FILTER_VALUE', 'Rows come after a cursor or before one, not both')
  const order = orderOf(compiling, root, {
    steps: options.orderBy ?? parseOrder(metadata, root.model.name),
    reverse: before !== undefined,
  })
  const cursor = after ?? before
  const where = [
    ...rootSql(compiling, root, options),
    ...(cursor ? [keysetSql(compiling, order.steps, cursor)] : []),
  ]
  const outputs = [
    ...root.model.key.map(
      (name) => sql`${column(compiling, root, fieldOf(root.model, name))} as ${quoted(compiling, name)}`,
    ),
    ...order.steps.map(
      (step, at) => sql`${cursorValueSql(compiling, step)} as ${quoted(compiling, `~${at}`)}`,
    ),
  ]
  const statement = sql`select ${join(outputs, ', ')} from ${tableAs(compiling, root.model, root.alias)}${joined(order.joins)} where ${and(where)} order by ${orderBySql(compiling, order.steps)}${pageSql(compiling.provider, { limit, offset })}`
  return {
    ...textOf(compiling.provider, statement),
    model: root.model,
    steps: order.steps.map(({ step }) => step),
    reversed: before !== undefined,
  }
}

/** Compiles a filter to one statement that returns the number of its rows as `count`, a bigint. */
export function countQuery(metadata: Metadata, options: CountQueryOptions): SqlQuery {
  const { compiling, root } = start(metadata, options)
  const where = and(rootSql(compiling, root, options))
  return textOf(
    compiling.provider,
    sql`select count(*) as count from ${tableAs(compiling, root.model, root.alias)} where ${where}`,
  )
}

function start(
  metadata: Metadata,
  { model, softDelete = new Map(), scope, locales = [] }: CountQueryOptions,
): { compiling: Compiling; root: Place } {
  let tables = 0
  const alias = () => `t${tables++}`
  const { provider, defaultSchema } = metadata
  const compiling = { metadata, provider, defaultSchema, softDelete, scope, locales, alias }
  return { compiling, root: { model: modelOf(metadata, model), alias: alias() } }
}

function rootSql(
  compiling: Compiling,
  root: Place,
  { condition, visible = 'live' }: CountQueryOptions,
): Sql[] {
  const live = visible === 'live' ? liveSql(compiling, root) : []
  const deleted = compiling.softDelete.get(root.model.name)
  const only =
    visible === 'only' && deleted !== undefined
      ? [sql`${column(compiling, root, fieldOf(root.model, deleted) as FieldMetadata)} is not null`]
      : []
  return [
    ...(condition && !isEverything(condition) ? [conditionSql(compiling, root, condition)] : []),
    ...live,
    ...only,
    ...scopeSql(compiling, root),
  ]
}

/** An offset needs a limit, and each database has a word of its own for none. */
function pageSql(
  provider: Provider,
  { limit, offset = 0 }: { limit: number | undefined; offset: number | undefined },
): Sql {
  for (const [name, value] of [
    ['limit', limit ?? 0],
    ['offset', offset],
  ] as const) {
    if (!Number.isSafeInteger(value) || value < 0) {
      throw new DbError('PAGE_BOUNDS', `"${name}" must be an integer from 0`, {
        params: { name, min: 0, max: Number.MAX_SAFE_INTEGER },
      })
    }
  }
  if (limit === undefined && offset === 0) return empty
  const none = { sqlite: '-1', postgresql: 'all', mysql: '18446744073709551615' }[provider]
  return raw(` limit ${limit ?? none} offset ${offset}`)
}

function joined(joins: readonly Sql[]): Sql {
  return joins.length === 0 ? empty : join(joins, '')
}

/** Parameters in one statement: what the databases allow, and the drivers. */
const maxParameters = { sqlite: 32_000, postgresql: 32_000, mysql: 65_000 }

function textOf(provider: Provider, statement: Sql): SqlQuery {
  const { values } = statement
  if (values.length > maxParameters[provider]) {
    throw new DbError(
      'FILTER_VALUE',
      `A filter holds at most ${maxParameters[provider]} values on this database`,
    )
  }
  return { sql: provider === 'postgresql' ? statement.text : statement.sql, values }
}
