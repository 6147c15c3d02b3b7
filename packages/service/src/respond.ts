import type { StandardSchemaV1 } from '@standard-schema/spec'
import { ServiceError } from './errors.ts'

/** A view that is less than the row needs the schema that makes it so. */
export type ResponseOption<Row, View> = [Row] extends [View]
  ? [View] extends [Row]
    ? { readonly response?: StandardSchemaV1<unknown, View> }
    : RequiredResponse<View>
  : RequiredResponse<View>

interface RequiredResponse<View> {
  /** What callers get to see of a row, as any Standard Schema. */
  readonly response: StandardSchemaV1<unknown, View>
}

type ResponseSchema<View> = StandardSchemaV1<unknown, View> | undefined
type Validated<View> = StandardSchemaV1.Result<View> | Promise<StandardSchemaV1.Result<View>>

/** Makes the function that turns a row into what callers see. @throws ServiceError `RESPONSE` when a row does not fit */
export function responder<Row, View>(schema: ResponseSchema<View>): (row: Row) => View | Promise<View> {
  if (schema === undefined) return (row) => row as never
  return function respond(row) {
    const result = schema['~standard'].validate(row)
    return isPending(result) ? Promise.resolve(result).then(viewOf) : viewOf(result)
  }
}

/** The same for many rows. A promise only where the schema makes one. */
export function listResponder<Row, View>(
  schema: ResponseSchema<View>,
): (rows: Row[]) => View[] | Promise<View[]> {
  if (schema === undefined) return (rows) => rows as never
  return function respondAll(rows) {
    const results: Validated<View>[] = []
    try {
      for (const row of rows) results.push(schema['~standard'].validate(row))
    } catch (error) {
      // Nobody will ask how the others end.
      Promise.all(results).catch(() => {})
      throw error
    }
    return results.some(isPending)
      ? Promise.all(results).then((all) => all.map(viewOf))
      : (results as StandardSchemaV1.Result<View>[]).map(viewOf)
  }
}

/** The same for schemas that are not async. @throws ServiceError `RESPONSE` for one that is, too */
export function syncResponder<Row, View>(schema: ResponseSchema<View>): (row: Row) => View {
  if (schema === undefined) return (row) => row as never
  return function respond(row) {
    const result = schema['~standard'].validate(row)
    if (!isPending(result)) return viewOf(result)
    Promise.resolve(result).catch(() => {})
    throw new ServiceError('RESPONSE', 'The response schema of a sync service is async')
  }
}

function isPending<T>(result: T | Promise<T>): result is Promise<T> {
  return typeof (result as { then?: unknown }).then === 'function'
}

function viewOf<View>(result: StandardSchemaV1.Result<View>): View {
  if (result.issues === undefined) return result.value
  const fields = result.issues.map(({ path = [] }) =>
    path.map((part) => String(typeof part === 'object' ? part.key : part)).join('.'),
  )
  throw new ServiceError('RESPONSE', `A row does not fit the response schema: ${fields.join(', ')}`)
}
