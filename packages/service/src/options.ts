import type { Actor, LocaleContext, RunOptions } from '@fastkit/contracts'
import { ServiceError } from './errors.ts'
import type { Operation } from './operation.ts'

/** The operations whose hooks can ask for the row as it was. */
export type PreviousOperation = 'update' | 'delete'

/** What both faces of a service can be told. */
export interface SharedOptions<Row, Key> {
  /** On whose behalf a call is made: asked once for each that has hooks. @default nobody */
  readonly actor?: () => Actor | undefined
  /** In which locale: asked once for each call that has hooks. @default none */
  readonly locale?: Pick<LocaleContext, 'current'>
  /** Hears of a committed hook that failed, where there is no `unitOfWork`, which reports them otherwise. @default nobody */
  readonly onEffectError?: (error: unknown) => void
  /** The operations for which `context.previous` is loaded, besides those of the class. @default none */
  readonly needsPrevious?: readonly PreviousOperation[]
  /**
   * The most rows that a bulk verb handles one by one, because of hooks, or of a repository without bulk verbs. From 1.
   *
   * @default 1000
   */
  readonly maxBatch?: number
  /** The key of a row, for the hooks of `updateMany` and `deleteMany`. @default its `id` */
  readonly keyOf?: (row: Row) => Key
  /**
   * How the service opens a transaction, when it is not within one: its isolation, its retries.
   *
   * @default as the unit of work does
   */
  readonly transaction?: RunOptions
}

/** What a call can be told. */
export interface CallOptions {
  /** Gives up before the write, and, within a transaction, after it: then it is rolled back. @default never */
  readonly signal?: AbortSignal | undefined
}

/** What a write of one row can be told. */
export interface WriteOptions extends CallOptions {
  /** The version the row was read in: in any other it is not changed, and the repository throws. @default whichever */
  readonly version?: number | undefined
}

/** How `createOnce` tells one request from another. */
export interface OnceOptions<Row, Create> extends CallOptions {
  /** A column with a unique constraint, which the input names: `requestId`. */
  readonly by: keyof Create & keyof Row & string
  /** Tells whether an input asks for the row that is there. @default any input does */
  readonly same?: (row: Row, input: Create) => boolean
}

/** What `createOnce` found or made. */
export interface Once<View> {
  readonly row: View
  /** Whether this call created it. */
  readonly created: boolean
}

/** What the engine needs of the options of either face. */
export interface EngineSettings extends Pick<SharedOptions<never, never>, 'actor' | 'locale'> {
  readonly needsPrevious: readonly Operation[]
  readonly maxBatch: number
  readonly keyOf: (row: never) => unknown
}

/**
 * Checks the options, and fills in the defaults.
 *
 * @param ofClass The `needsPrevious` of the class
 * @throws ServiceError `SERVICE_CONFIG`
 */
export function engineSettings<Row, Key>(
  options: Omit<SharedOptions<Row, Key>, 'transaction'>,
  ofClass: readonly PreviousOperation[],
): EngineSettings {
  const { actor, locale, maxBatch = 1000, keyOf = (row: { readonly id: unknown }) => row.id } = options
  if (!Number.isInteger(maxBatch) || maxBatch < 1) {
    throw new ServiceError('SERVICE_CONFIG', 'maxBatch is a whole number from 1')
  }
  const needsPrevious = [...ofClass, ...(options.needsPrevious ?? [])]
  const unknown = needsPrevious.find((operation) => operation !== 'update' && operation !== 'delete')
  if (unknown !== undefined) {
    throw new ServiceError('SERVICE_CONFIG', `needsPrevious knows update and delete, not ${String(unknown)}`)
  }
  return { needsPrevious, maxBatch, keyOf, ...(actor && { actor }), ...(locale && { locale }) }
}
