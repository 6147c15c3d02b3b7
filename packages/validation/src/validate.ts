import type { StandardSchemaV1 } from '@standard-schema/spec'
import { ValidationError } from './errors.ts'
import { toIssues } from './issues.ts'
import type { MessageOptions } from './messages.ts'

/** A value that fits, or the error that says why not. */
export type ValidationResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: ValidationError }

/**
 * Returns the input as the schema's output. The input itself is not changed.
 *
 * Use it for what comes from outside. An error that a schema throws itself passes through.
 *
 * @param schema Any Standard Schema: Valibot, Zod, ArkType and others.
 * @throws ValidationError `VALIDATION_FAILED` with an issue for each part that is wrong, at most 100; `TOO_DEEP` for an
 *   input that is nested too deeply to be walked; `ASYNC_SCHEMA` when the schema can only be asked with `validateAsync`
 */
export function validate<S extends StandardSchemaV1>(
  schema: S,
  input: unknown,
  options?: MessageOptions,
): StandardSchemaV1.InferOutput<S> {
  return valueOrThrow(safeValidate(schema, input, options), validate)
}

/** The same for a schema that may have to wait, for a database for instance. */
export async function validateAsync<S extends StandardSchemaV1>(
  schema: S,
  input: unknown,
  options?: MessageOptions,
): Promise<StandardSchemaV1.InferOutput<S>> {
  return valueOrThrow(await safeValidateAsync(schema, input, options), validateAsync)
}

/**
 * `validate` for those to whom a wrong input is an ordinary answer. The error has no stack, which costs more than the
 * validation.
 *
 * @throws ValidationError `ASYNC_SCHEMA`, `TOO_DEEP`
 */
export function safeValidate<S extends StandardSchemaV1>(
  schema: S,
  input: unknown,
  options?: MessageOptions,
): ValidationResult<StandardSchemaV1.InferOutput<S>> {
  const result = ask(schema, input)
  if ('then' in result) {
    Promise.resolve(result).catch(() => {}) // nobody is going to look at it
    if (isDeep(input)) throw tooDeep()
    throw new ValidationError('ASYNC_SCHEMA', 'This schema is asynchronous: use validateAsync')
  }
  return resultOf(result, schema, input, options)
}

/** `validateAsync` for those to whom a wrong input is an ordinary answer. @throws ValidationError `TOO_DEEP` */
export async function safeValidateAsync<S extends StandardSchemaV1>(
  schema: S,
  input: unknown,
  options?: MessageOptions,
): Promise<ValidationResult<StandardSchemaV1.InferOutput<S>>> {
  return safeValidateMaybeAsync(schema, input, options)
}

/** The same for `validated` alone, which is called for every request: a promise only where the schema makes one. */
export function safeValidateMaybeAsync<S extends StandardSchemaV1>(
  schema: S,
  input: unknown,
  options?: MessageOptions,
):
  | ValidationResult<StandardSchemaV1.InferOutput<S>>
  | Promise<ValidationResult<StandardSchemaV1.InferOutput<S>>> {
  const result = ask(schema, input)
  if (!('then' in result)) return resultOf(result, schema, input, options)
  return Promise.resolve(result)
    .catch(refuseDeep)
    .then((settled) => resultOf(settled, schema, input, options))
}

function resultOf<T>(
  result: StandardSchemaV1.Result<T>,
  schema: StandardSchemaV1,
  input: unknown,
  options: MessageOptions | undefined,
): ValidationResult<T> {
  if (result.issues === undefined) return { ok: true, value: result.value }
  const { vendor } = schema['~standard']
  const { issues, truncated } = toIssues(result.issues, { vendor, input, options })
  return { ok: false, error: failure(truncated ? { issues, params: { truncated } } : { issues }) }
}

/** Without a stack, where the engine lets itself be told so. */
function failure(options: ConstructorParameters<typeof ValidationError>[2]): ValidationError {
  const { stackTraceLimit } = Error
  setStackTraceLimit(0)
  try {
    return new ValidationError('VALIDATION_FAILED', 'The input is not valid', options)
  } finally {
    setStackTraceLimit(stackTraceLimit)
  }
}

function setStackTraceLimit(limit: number): void {
  try {
    Error.stackTraceLimit = limit
  } catch {
    // Frozen intrinsics.
  }
}

function valueOrThrow<T>(result: ValidationResult<T>, caller: (...input: never) => unknown): T {
  if (result.ok) return result.value
  Error.captureStackTrace?.(result.error, caller)
  throw result.error
}

function ask<S extends StandardSchemaV1>(
  schema: S,
  input: unknown,
): ReturnType<StandardSchemaV1<unknown, StandardSchemaV1.InferOutput<S>>['~standard']['validate']> {
  try {
    return schema['~standard'].validate(input) as never
  } catch (error) {
    return refuseDeep(error)
  }
}

/** Libraries walk an input by calling themselves, so one that is deep enough, or a cycle, ends in a full stack. */
function refuseDeep(error: unknown): never {
  const full = error instanceof Error && /call stack|too much recursion/i.test(error.message)
  if (!full) throw error
  throw tooDeep(error)
}

function tooDeep(cause?: unknown): ValidationError {
  return new ValidationError('TOO_DEEP', 'The input is nested too deeply, or too long', { cause })
}

/** Zod takes a full stack for a schema that has to wait, and says so. */
function isDeep(input: unknown): boolean {
  const seen = new Set<unknown>()
  let level = [input]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > 500) return true
    level = level.filter((value) => typeof value === 'object' && value !== null && !seen.has(value))
    for (const value of level) seen.add(value)
    level = level.flatMap((value) => Object.values(value as object))
  }
  return false
}
