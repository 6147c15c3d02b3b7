import { DbNull, isDbNull, isObjectEnumValue } from '@prisma/client/runtime/client'
import { delegateName } from './delegate-name.ts'
import { DbError } from './errors.ts'

/*
 * Everything of Prisma 7 that its documentation does not promise. Nothing else in this package may touch it;
 * `prisma-internals.test.ts` pins it, so that a new Prisma that differs fails there first.
 */

/** A column or relation, as the client itself knows it. */
export interface FieldInfo {
  readonly name: string
  readonly kind: 'scalar' | 'enum' | 'object' | 'unsupported'
  /** `Int`, `DateTime`, …, or the name of the enum or model. */
  readonly type: string
}

export interface ModelInfo {
  /** As in the schema, `InvoiceItem`. */
  readonly name: string
  readonly fields: ReadonlyMap<string, FieldInfo>
  /** The names an enum column accepts, by enum. */
  readonly enums: ReadonlyMap<string, readonly string[]>
}

/** What a query hook receives. */
export interface HookCall {
  /** As in the schema, `InvoiceItem`. Absent for raw statements. */
  readonly model?: string
  readonly operation: string
  readonly args: Readonly<Record<string, unknown>> | undefined
  readonly query: (args: object, params?: object) => Promise<unknown>
  readonly __internalParams: {
    readonly action: string
    readonly clientMethod: string
    /** `['select', 'books']` for the fluent `author.findUnique(…).books()`, whose call is one on the author. */
    readonly dataPath: readonly string[]
    /** Absent outside of a transaction. */
    readonly transaction?: TransactionHandle
  }
}

/** What tells Prisma which transaction a query belongs to: an interactive one, or a batch. */
export interface TransactionHandle {
  readonly kind: string
  readonly id: unknown
}

/** Whether a value is `Prisma.skip`, which means the same as leaving the argument out: an instance with nothing in it. */
export function isSkip(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return (
    typeof prototype === 'object' &&
    prototype !== null &&
    !Array.isArray(value) &&
    !(value instanceof Date || isObjectEnumValue(value)) &&
    Object.getPrototypeOf(prototype) !== null &&
    Object.keys(value).length === 0
  )
}

/** `Prisma.DbNull`: NULL in a JSON column, where plain `null` is no value at all. */
export const dbNull: unknown = DbNull
export { isDbNull }

/** Reads what a client knows of its models, by the name of their delegate (`client.invoiceItem`). */
export function modelsOf(client: object): ReadonlyMap<string, ModelInfo> {
  const model = (client as { _runtimeDataModel?: RuntimeDataModel })._runtimeDataModel
  if (typeof model?.models !== 'object' || typeof model.enums !== 'object') {
    throw new DbError('PRISMA_INTERNALS', 'This is not a Prisma 7 client: it carries no data model')
  }
  const enums = new Map(
    Object.entries(model.enums).map(([name, { values }]) => [name, values.map((value) => value.name)]),
  )
  return new Map(
    Object.entries(model.models).map(([name, { fields }]) => [
      delegateName(name),
      { name, fields: new Map(fields.map((field) => [field.name, field])), enums },
    ]),
  )
}

/** The fields that a client leaves out of every result, `new PrismaClient({ omit })`, by model. */
export function omittedOf(client: object): ReadonlyMap<string, ReadonlySet<string>> {
  const { _globalOmit: omit = {} } = client as { _globalOmit?: Record<string, Record<string, boolean>> }
  return new Map(
    [...modelsOf(client)].map(([key, { name }]) => {
      const fields = Object.entries(omit[key] ?? {}).filter(([, omitted]) => omitted)
      return [name, new Set(fields.map(([field]) => field))]
    }),
  )
}

/** The database a client was generated for: `sqlite`, `postgresql`, `mysql`. */
export function providerOf(client: object): string {
  const { _activeProvider: provider } = client as { _activeProvider?: unknown }
  if (typeof provider === 'string') return provider
  throw new DbError('PRISMA_INTERNALS', 'This is not a Prisma 7 client: it does not tell its database')
}

/** By which this package extends clients. */
const ownExtensions: ReadonlySet<string | undefined> = new Set([
  'fastkit-ambient',
  'fastkit-mixins',
  'fastkit-read-replicas',
])

/**
 * Whether an extension, other than those of this package, has a say in what a client does for an operation of a model,
 * or for SQL in its place: a hook, or a method of its own. True for a Prisma that keeps its extensions elsewhere.
 */
export function isHooked(client: object, delegate: string, operation: string): boolean {
  const { _extensions: extensions } = client as { _extensions?: Extensions }
  if (!extensions || !('head' in extensions)) return true
  for (let link = extensions.head; link; link = link.previous) {
    const { extension } = link
    if (!ownExtensions.has(extension.name) && hooks(extension, delegate, operation)) return true
  }
  return false
}

function hooks(
  { query = {}, model = {}, client = {} }: Extension,
  delegate: string,
  operation: string,
): boolean {
  const queries = [query[delegate], query['$allModels']]
  const methods = [model[delegate], model['$allModels']]
  return (
    [query['$allOperations'], query[operation], query[rawSql], client[rawSql]].some(isThere) ||
    queries.some((hooked) => isThere(hooked?.['$allOperations'])) ||
    [...queries, ...methods].some((members) => isThere(members?.[operation]))
  )
}

const rawSql = '$queryRawUnsafe'

function isThere(value: unknown): boolean {
  return value !== undefined
}

/** Continues a query as another operation of the same model, in the same transaction or batch. */
export function queryAs(
  operation: string,
  args: object,
  { query, __internalParams: params }: HookCall,
): Promise<unknown> {
  if (typeof params?.action !== 'string' || typeof params.clientMethod !== 'string') {
    throw new DbError('PRISMA_INTERNALS', 'This Prisma hands its query hooks no operation to replace')
  }
  const clientMethod = params.clientMethod.replace(/\.\w+$/, `.${operation}`)
  return query(args, { ...params, action: operation, clientMethod })
}

/**
 * Makes another query in the transaction of a query, of whatever model. Not in a batch, whose queries are counted.
 * Its operation must be one whose result Prisma hands on as it is: no `count`, `aggregate` or `groupBy`.
 */
export function queryBeside(
  { model, operation, args }: { readonly model: string; readonly operation: string; readonly args: object },
  { query, __internalParams: params }: HookCall,
): Promise<unknown> {
  const jsModelName = delegateName(model)
  return query(args, {
    ...params,
    model,
    jsModelName,
    action: operation,
    clientMethod: `${jsModelName}.${operation}`,
    dataPath: [],
    argsMapper: undefined,
    unpacker: undefined,
  })
}

/**
 * Runs SQL in the transaction of a query, and returns how many rows it changed. Hooks do not see it, so that it waits
 * for nothing that waits for the query.
 */
export function executeBeside(
  client: object,
  { sql, values }: { readonly sql: string; readonly values: readonly unknown[] },
  { __internalParams: { transaction } }: HookCall,
): Promise<number> {
  const hooked = client as RawInternals
  const direct: RawInternals = Object.create(hooked, {
    _request: { value: (params: object) => hooked._executeRequest(params) },
  })
  if (typeof hooked._executeRequest !== 'function' || typeof hooked.$executeRawInternal !== 'function') {
    throw new DbError('PRISMA_INTERNALS', 'This Prisma runs its raw statements in another way')
  }
  return direct.$executeRawInternal(transaction, '$executeRawUnsafe', [sql, ...values])
}

/** Continues a query of the fluent API with the rows it starts from, which Prisma otherwise cuts off the result. */
export async function queryWhole(
  args: object,
  { query, __internalParams: params }: HookCall,
): Promise<unknown> {
  return query(args, { ...params, dataPath: [] })
}

/** The relations that the fluent API followed: `['books']`. @throws DbError `PRISMA_INTERNALS` */
export function fluentPath({ __internalParams: { dataPath } }: HookCall): readonly string[] {
  if (Array.isArray(dataPath) && dataPath.every((word, at) => at % 2 === 1 || word === 'select')) {
    return dataPath.filter((_, at) => at % 2 === 1)
  }
  throw new DbError('PRISMA_INTERNALS', 'This Prisma does not tell its query hooks where a fluent call leads')
}

/** Continues a query inside a transaction that it was not made in. */
export function queryIn(
  transaction: TransactionHandle,
  { args = {}, query, __internalParams: params }: HookCall,
): Promise<unknown> {
  return query(args, { ...params, transaction })
}

/** Tells a transaction's client from the client itself, which alone can disconnect. */
export function isTransactionClient(client: object): boolean {
  return (client as { $disconnect?: unknown }).$disconnect === undefined
}

/** Makes the same call on another client of the same schema, outside of any transaction. */
export async function queryOn(client: object, call: HookCall): Promise<unknown> {
  const { model, operation, args } = call
  if (model === undefined) {
    const raw = (client as RawMethods)[operation] as RawMethods[string]
    // A raw statement in one string has its values beside it, one of a template brings them along.
    return await raw.apply(client, Array.isArray(args) ? args : [args])
  }
  const delegate = (client as Delegates)[delegateName(model)]
  const found = await (delegate as Delegates[string])[operation]?.(args)
  return fluentPath(call).reduce(member, found)
}

function member(value: unknown, name: string): unknown {
  return (value as Readonly<Record<string, unknown>> | null | undefined)?.[name] ?? null
}

/** A call of a client that has not been sent, since nobody has awaited it. */
export interface PendingCall {
  requestTransaction(transaction: TransactionHandle): PromiseLike<unknown>
}

/** Whether a value is such a call, as `$transaction([…])` takes them. */
export function isPendingCall(value: unknown): value is PendingCall {
  return (
    typeof value === 'object' &&
    value !== null &&
    (value as { [Symbol.toStringTag]?: unknown })[Symbol.toStringTag] === 'PrismaPromise' &&
    typeof (value as Partial<PendingCall>).requestTransaction === 'function'
  )
}

/** @throws DbError `PRISMA_INTERNALS` for anything but the handle of an interactive transaction */
export function checkHandle(handle: TransactionHandle | undefined): TransactionHandle {
  if (handle?.kind === 'itx' && typeof handle.id === 'string') return handle
  throw new DbError(
    'PRISMA_INTERNALS',
    'This Prisma does not tell its query hooks which transaction they run in',
  )
}

interface RuntimeDataModel {
  readonly models: Record<string, { readonly fields: readonly FieldInfo[] }>
  readonly enums: Record<string, { readonly values: readonly { readonly name: string }[] }>
}

interface Extensions {
  readonly head: ExtensionLink | undefined
}

interface ExtensionLink {
  readonly extension: Extension
  readonly previous: ExtensionLink | undefined
}

interface Extension {
  readonly name?: string
  readonly query?: Members
  readonly model?: Members
  readonly client?: Readonly<Record<string, unknown>>
}

/** By the name of a delegate, or `$allModels`; hooks of everything are functions. */
type Members = Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>

interface RawInternals {
  _executeRequest(params: object): Promise<number>
  $executeRawInternal(
    transaction: TransactionHandle | undefined,
    clientMethod: string,
    args: readonly unknown[],
  ): Promise<number>
}

type RawMethods = Readonly<Record<string, (...args: readonly unknown[]) => PromiseLike<unknown>>>

type Delegates = Readonly<Record<string, Readonly<Record<string, (args: unknown) => PromiseLike<unknown>>>>>
