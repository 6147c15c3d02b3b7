import type { StandardSchemaV1 } from '@standard-schema/spec'
import { ServiceError } from './errors.ts'

/** Makes the function that turns a row into what callers see. @throws ServiceError `RESPONSE` when a row does not fit */
export function responder<Row, Response>(
  schema: StandardSchemaV1<unknown, Response> | undefined,
): (row: Row) => Promise<Response> {
  if (schema === undefined) return async (row) => row as never
  return async function respond(row) {
    const result = await schema['~standard'].validate(row)
    if (result.issues === undefined) return result.value
    const fields = result.issues.map(({ path = [] }) =>
      path.map((part) => String(typeof part === 'object' ? part.key : part)).join('.'),
    )
    throw new ServiceError('RESPONSE', `A row does not fit the response schema: ${fields.join(', ')}`)
  }
}
