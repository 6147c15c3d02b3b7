import type { StandardSchemaV1 } from '@standard-schema/spec'
import { ValidationError } from './errors.ts'
import { toIssues } from './issues.ts'

/** A value that fits, or the error that says why not. */
export type Validated<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: ValidationError }

/**
 * Returns the input as the schema's output. The input itself is not changed.
 *
 * @param schema Any Standard Schema: Valibot, Zod, ArkType and others.
 * @throws ValidationError `VALIDATION_FAILED` with an issue for each part that is wrong, at most 100;
 *   `ASYNC_SCHEMA` when the schema can only be asked with `validateAsync`
 */
export function validate<S extends StandardSchemaV1>(
  schema: S,
  input: unknown,
): StandardSchemaV1.InferOutput<S> {
  return valueOrThrow(safeValidate(schema, input))
}

/** The same for a schema that has to wait, for a database for instance. */
export async function validateAsync<S extends StandardSchemaV1>(
  schema: S,
  input: unknown,
): Promise<StandardSchemaV1.InferOutput<S>> {
  return valueOrThrow(await safeValidateAsync(schema, input))
}

/** `validate` for those to whom a wrong input is an ordinary answer. @throws ValidationError `ASYNC_SCHEMA` */
export function safeValidate<S extends StandardSchemaV1>(
  schema: S,
  input: unknown,
): Validated<StandardSchemaV1.InferOutput<S>> {
  const result = ask(schema, input)
  if ('then' in result) {
    Promise.resolve(result).catch(() => {}) // nobody is going to look at it
    throw new ValidationError('ASYNC_SCHEMA', 'This schema is asynchronous: use validateAsync')
  }
  return validated(result)
}

/** `validateAsync` for those to whom a wrong input is an ordinary answer. */
export async function safeValidateAsync<S extends StandardSchemaV1>(
  schema: S,
  input: unknown,
): Promise<Validated<StandardSchemaV1.InferOutput<S>>> {
  return validated(await ask(schema, input))
}

function validated<T>(result: StandardSchemaV1.Result<T>): Validated<T> {
  if (result.issues === undefined) return { ok: true, value: result.value }
  const { issues, truncated } = toIssues(result.issues)
  const options = truncated ? { issues, params: { truncated } } : { issues }
  return { ok: false, error: new ValidationError('VALIDATION_FAILED', 'The input is not valid', options) }
}

function valueOrThrow<T>(result: Validated<T>): T {
  if (result.ok) return result.value
  throw result.error
}

/** Libraries walk an input by calling themselves, so one that is deep enough ends in a full stack. */
function ask<S extends StandardSchemaV1>(
  schema: S,
  input: unknown,
): ReturnType<StandardSchemaV1<unknown, StandardSchemaV1.InferOutput<S>>['~standard']['validate']> {
  try {
    return schema['~standard'].validate(input) as never
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause
    throw new ValidationError('TOO_DEEP', 'The input is nested too deeply, or too long', { cause })
  }
}
