import type { StandardSchemaV1 } from '@standard-schema/spec'
import type { Context, Env, MiddlewareHandler, TypedResponse, ValidationTargets } from 'hono'
import { getCookie } from 'hono/cookie'
import type { ValidationFailure } from '../error-response.ts'
import { ValidationError } from '../errors.ts'
import { safeValidateMaybeAsync } from '../validate.ts'
import { isTooDeep, maxJsonDepth } from './json-depth.ts'
import { messageOptionsOf } from './with-messages.ts'

/** What a handler gets, and what a client has to send, for the parts of a request that were validated. */
export type ValidatedInput<Target extends keyof ValidationTargets, S extends StandardSchemaV1> = {
  in: { [K in Target]: StandardSchemaV1.InferInput<S> }
  out: { [K in Target]: StandardSchemaV1.InferOutput<S> }
}

/** Where the middleware says what it validates, for whoever documents the app, as @fastkit/http's `/openapi` does. */
const targetAndSchema = Symbol.for('fastkit.validated')

/**
 * Validates one part of the request with any Standard Schema; the handler reads the result by
 * `c.req.valid(target)`, and `hc` knows input, output and the 422.
 *
 * Throws a `ValidationError`, for the app's error handling: 422 for an input that breaks a rule, 400 for a body
 * that cannot be read or JSON of more than 64 levels, 415 for a body of another content type. Without any error
 * handling, Hono answers with the same envelope. Messages are in English, or as `withMessages` says.
 *
 * Names of headers are in small letters. A parameter or field that comes more than once is a list, as is a field whose name
 * ends in `[]`.
 */
export function validated<
  Target extends keyof ValidationTargets,
  S extends StandardSchemaV1,
  // biome-ignore lint/suspicious/noExplicitAny: Hono's own default, which fits every app
  E extends Env = any,
  P extends string = string,
>(
  target: Target,
  schema: S,
): MiddlewareHandler<
  E,
  P,
  ValidatedInput<Target, S>,
  Response & TypedResponse<ValidationFailure, 422, 'json'>
> {
  const read = readers[target]
  async function validated(c: Context, next: () => Promise<void>): Promise<void> {
    // Most inputs and schemas are synchronous, and an await costs a turn.
    const input = read(c)
    const validation = safeValidateMaybeAsync(
      schema,
      isLater(input) ? await input : input,
      messageOptionsOf(c),
    )
    const result = isLater(validation) ? await validation : validation
    if (!result.ok) throw result.error
    c.req.addValidatedData(target, result.value as object)
    await next()
  }
  return Object.assign(validated, { [targetAndSchema]: { target, schema } }) as never
}

/** No part of a request has a function in it. */
function isLater<T>(value: T | PromiseLike<T>): value is PromiseLike<T> {
  return typeof (value as Partial<PromiseLike<T>> | null)?.then === 'function'
}

/** How each part is read: query, parameters, headers and cookies as by Hono's `validator`, which looks at the content type even for them. */
const readers: Readonly<Record<keyof ValidationTargets, (c: Context) => unknown>> = {
  json: readJson,
  form: readForm,
  query: readQuery,
  param: (c) => c.req.param(),
  header: (c) => c.req.header(),
  cookie: (c) => getCookie(c),
}

function readQuery(c: Context): Record<string, string | string[]> {
  // Hono's has no prototype, which schemas expect of an object.
  const query: Record<string, string | string[]> = { ...c.req.queries() }
  for (const name of Object.keys(query)) {
    if (query[name]?.length === 1) query[name] = query[name][0] as string
  }
  return query
}

const jsonType = /^application\/([\w.-]+\+)?json$/
const formType = /^(multipart\/form-data|application\/x-www-form-urlencoded)$/

function readJson(c: Context): unknown {
  requireType(c, jsonType, 'The body must be JSON, with Content-Type: application/json')
  const parsed = takeParsed(c)
  return parsed ? parsed.value : parseJson(c)
}

/**
 * The value of a body that `bodyGuard` of @fastkit/http had to parse anyway. Taken once, so that nobody shares it, and
 * only where nobody has put another text in its place.
 */
function takeParsed({ req }: Context): { readonly value: unknown } | undefined {
  const { bodyCache } = req as { readonly bodyCache: KeptBodies }
  const parsed = bodyCache[parsedJson]
  const isSame = parsed !== undefined && parsed.text === bodyCache.text
  if (!isSame || req.text !== Object.getPrototypeOf(req).text) return undefined
  parsed.text = undefined
  return parsed
}

/** Where `bodyGuard` leaves the value, and the text it is the value of. */
const parsedJson = Symbol.for('fastkit.json')

interface KeptBodies {
  readonly text?: unknown
  readonly [parsedJson]?: { text: unknown; readonly value: unknown }
}

async function parseJson(c: Context): Promise<unknown> {
  try {
    const text = await c.req.text()
    if (!isTooDeep(text)) return JSON.parse(text)
  } catch (cause) {
    throw new ValidationError('MALFORMED_JSON', 'The body is not readable JSON', { cause })
  }
  throw new ValidationError('TOO_DEEP', `The body is nested deeper than ${maxJsonDepth} levels`)
}

async function readForm(c: Context): Promise<unknown> {
  requireType(c, formType, 'The body must be a form, with the Content-Type of one')
  try {
    await c.req.formData() // which is kept; alone, the next would keep the bytes as well
  } catch (cause) {
    throw new ValidationError('MALFORMED_FORM', 'The body is not a readable form', { cause })
  }
  return c.req.parseBody({ all: true })
}

/** JSON of any type would be read, and what is no form is an empty object to Hono: all of its fields would be missing. */
function requireType(c: Context, expected: RegExp, message: string): void {
  const header = c.req.header('content-type') ?? ''
  if (expected.test(header)) return // as it is mostly written
  const type = (header.split(';')[0] ?? '').trim().toLowerCase()
  if (!expected.test(type)) throw new ValidationError('UNSUPPORTED_MEDIA_TYPE', message)
}
